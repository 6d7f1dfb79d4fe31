package energy.audit.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationIT {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void anEmptyDatabaseIsBroughtToTheCurrentSchemaAndASecondRunDoesNothing(@TempDir Path dir) throws Exception {
        TestDatabase database = TestDatabase.empty();
        Path password = Files.writeString(dir.resolve("owner.password"), "owner\n");

        int first = run("--url", database.url(), "--user", Roles.OWNER, "--password-file", password.toString());
        assertThat(first).as(printed()).isZero();
        assertThat(printed()).contains("applied V0001 tenancy", "applied V0005 reading");

        out.reset();
        int second = run("--url", database.url(), "--password-file", password.toString());
        assertThat(second).isZero();
        assertThat(printed()).contains("nothing to do").doesNotContain("applied");
    }

    @Test
    void aWrongPasswordIsToldWithTheDatabaseAndTheNextStep() {
        TestDatabase database = TestDatabase.empty();
        assertThatThrownBy(() -> Migration.migrate(database.url().replace("127.0.0.1", "127.0.0.1"), "nobody", "x"))
                .isInstanceOf(MigrationRefused.class)
                .hasMessageContaining("nobody")
                .hasMessageContaining("Check address, user and password");
    }

    @Test
    void wrongUseExitsWithTwoAndShowsAnExample() {
        assertThat(run("--database", "x")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--database", "Example:");
    }

    @Test
    void theTestDatabaseIsDurableAsInProduction() throws Exception {
        try (var connection = TestDatabase.migrated().application().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "select current_setting('fsync'), current_setting('synchronous_commit')")) {
            row.next();
            assertThat(row.getString(1) + " " + row.getString(2)).isEqualTo("on on");
        }
    }

    private int run(String... args) {
        return Migration.run(
                args,
                Map.of(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }
}
