package energy.audit.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PostgresIT {
    @SuppressWarnings("NullAway.Init")
    private Installation installation;

    @SuppressWarnings("NullAway.Init")
    private Postgres postgres;

    @BeforeAll
    void startDatabase(@TempDir Path folder) throws InterruptedException {
        installation = TestInstallation.in(folder.resolve("with space"));
        postgres = new Postgres(installation);
        postgres.start();
    }

    @AfterAll
    void stopDatabase() {
        postgres.stop();
    }

    private Connection as(String role, String secret) throws SQLException {
        return DriverManager.getConnection(
                Postgres.url(installation.ports()), role, installation.secrets().of(secret));
    }

    private static String single(Connection c, String sql) throws SQLException {
        try (Statement s = c.createStatement();
                ResultSet r = s.executeQuery(sql)) {
            assertThat(r.next()).isTrue();
            return r.getString(1);
        }
    }

    @Test
    void acknowledgedCommitsAreOnTheDisk() throws Exception {
        try (Connection c = as(Postgres.APP, "db.app.password")) {
            assertThat(single(c, "show fsync")).isEqualTo("on");
            assertThat(single(c, "show synchronous_commit")).isEqualTo("on");
            assertThat(single(c, "show full_page_writes")).isEqualTo("on");
            assertThat(single(c, "show data_checksums")).isEqualTo("on");
        }
    }

    @Test
    void theApplicationOwnsNothingAndCannotStepAroundRowSecurity() throws Exception {
        try (Connection c = as(Postgres.APP, "db.app.password")) {
            assertThat(single(
                            c,
                            "select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb "
                                    + "from pg_roles where rolname = current_user"))
                    .isEqualTo("f");
            try (Statement s = c.createStatement()) {
                assertThatThrownBy(() -> s.execute("create table public.mine (x int)"))
                        .hasMessageContaining("permission denied");
            }
        }
    }

    @Test
    void itListensOnLoopbackOnly() throws Exception {
        for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(card.getInetAddresses())) {
                if (!address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> new java.net.Socket(
                                            address, installation.ports().postgres())
                                    .close())
                            .as(address.toString())
                            .isInstanceOf(java.io.IOException.class);
                }
            }
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        assertThatThrownBy(() -> DriverManager.getConnection(Postgres.url(installation.ports()), Postgres.APP, "guess"))
                .hasMessageContaining("password authentication failed");
    }
}
