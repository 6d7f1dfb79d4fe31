package energy.audit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import energy.audit.evidence.Checkpoint;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.VerificationKey;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.TenantId;
import energy.audit.log.TenantLog;
import energy.audit.tenancy.Tenancy;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.Archive;
import org.junit.jupiter.api.Test;

/**
 * The walls between tenants where they stand: inside the server, with its own data source, transactions and Hibernate,
 * on a second node beside the running one. Everything here runs in the server.
 */
@ArquillianTest
@SuppressWarnings("NullAway.Init") // the server fills the fields
class InsideTheServerIT {
    private static final TenantId CASTINGS = TenantId.of("demo-castings");
    private static final TenantId FOODS = TenantId.of("harbor-foods");
    private static final List<String> OF_TENANTS = List.of("reading", "log_entry", "site");

    @Inject
    private Tenancy tenancy;

    @Inject
    private TenantLog log;

    @Resource(lookup = "java:jboss/datasources/EnergyAuditDS")
    private DataSource dataSource;

    @Deployment
    static Archive<?> product() {
        return SecondNode.productWith(InsideTheServerIT.class);
    }

    @Test
    void insideATenantNativeSqlThroughTheServersDataSourceSeesItsReadings() {
        assertThat(tenancy.within(CASTINGS, () -> count("select count(*) from reading")))
                .isPositive();
        assertThat(tenancy.within(CASTINGS, () -> count("select count(*) from log_entry")))
                .isPositive();
        assertThat(tenancy.within(
                        CASTINGS, () -> count("select count(*) from reading where tenant_id <> 'demo-castings'")))
                .isZero();
    }

    @Test
    void withoutATenantTheSameDataSourceShowsNoRowOfAnybody() {
        for (String table : OF_TENANTS) {
            assertThat(count("select count(*) from " + table))
                    .as(table + " without a transaction")
                    .isZero();
            assertThat(tenancy.outside(() -> count("select count(*) from " + table)))
                    .as(table + " in a transaction of no tenant")
                    .isZero();
        }
    }

    @Test
    void aTenantsBindingEndsWithItsTransactionThoughTheConnectionGoesBackToThePool() {
        for (int again = 0; again < 50; again++) {
            assertThat(tenancy.within(CASTINGS, () -> count("select count(*) from site")))
                    .isEqualTo(2);
            assertThat(count("select count(*) from site")).isZero();
        }
    }

    @Test
    void oneTenantSeesNothingOfAnotherByNativeSqlThoughItNamesIt() {
        for (String table : OF_TENANTS) {
            assertThat(tenancy.within(
                            FOODS, () -> count("select count(*) from " + table + " where tenant_id = 'demo-castings'")))
                    .as(table)
                    .isZero();
        }
        assertThat(tenancy.within(FOODS, () -> count("select count(*) from reading")))
                .as("its own readings are there")
                .isPositive();
    }

    @Test
    void oneTenantSeesNothingOfAnotherThroughHibernate() {
        assertThat(sitesOf(CASTINGS)).containsExactly("cold-store", "foundry-north");
        assertThat(sitesOf(FOODS)).containsExactly("harbor-bakery");
        assertThat(tenancy.within(
                        FOODS,
                        () -> tenancy.entities()
                                .createNativeQuery(
                                        "select site_id from site where tenant_id = 'demo-castings'", String.class)
                                .getResultList()))
                .isEmpty();
    }

    @Test
    void aRowOfAnotherTenantCannotBeWrittenInsideATenant() {
        assertThatThrownBy(() -> tenancy.within(
                        FOODS,
                        () -> tenancy.run("write for somebody else", connection -> {
                            try (Statement insert = connection.createStatement()) {
                                insert.executeUpdate("insert into site (tenant_id, site_id, name, zone, log_index)"
                                        + " values ('demo-castings', 'annexe', 'Annexe', 'Europe/Berlin', 0)");
                            }
                        })))
                .hasMessageContaining("row-level security");
        assertThat(sitesOf(CASTINGS)).containsExactly("cold-store", "foundry-north");
    }

    @Test
    void aSecondTenantInOneTransactionIsRefused() {
        AtomicBoolean entered = new AtomicBoolean();
        Refusal refusal = catchThrowableOfType(
                Refusal.class, () -> tenancy.within(CASTINGS, () -> tenancy.within(FOODS, () -> entered.set(true))));
        assertThat(refusal.code()).isEqualTo("SECOND_TENANT");
        assertThat(refusal).hasMessageContaining("bound to demo-castings");
        assertThat(entered).isFalse();
        assertThat(tenancy.isBound()).as("bound after the refusal").isFalse();
    }

    @Test
    void aDoorOutsideATenantThrowsBeforeAnySql() {
        AtomicBoolean asked = new AtomicBoolean();
        List<ThrowingCallable> doors = List.of(
                () -> tenancy.run("look", connection -> asked.set(true)),
                () -> tenancy.entities(),
                () -> log.checkpoint(),
                () -> log.size());
        for (ThrowingCallable door : doors) {
            assertThat(catchThrowableOfType(Refusal.class, door).code()).isEqualTo("NO_TENANT");
        }
        assertThat(asked).as("a connection was handed out").isFalse();
    }

    @Test
    void theCheckpointReadInsideVerifiesWithTheLogsKeyAndWithNoOther() throws MalformedEvidence, IOException {
        String note = tenancy.within(CASTINGS, log::checkpoint);
        String keyName = Checkpoint.keyNameOf(log.installation());
        Checkpoint checkpoint = Checkpoint.open(note, keyName, pinnedKey());
        assertThat(checkpoint.origin()).isEqualTo(Checkpoint.originOf(log.installation(), "demo-castings"));
        assertThat(tenancy.within(CASTINGS, () -> log.root(new LogSize(checkpoint.size()))))
                .isEqualTo(checkpoint.root());
        assertThat(log.verificationKey().raw()).isEqualTo(pinnedKey().raw());

        VerificationKey stranger = SigningKey.generate(new SecureRandom()).verificationKey();
        assertThatThrownBy(() -> Checkpoint.open(note, keyName, stranger)).isInstanceOf(MalformedEvidence.class);
    }

    /** The log's public key as the stack gave it to the agents, not as this server tells it. */
    private static VerificationKey pinnedKey() throws IOException {
        Path agents = Path.of(System.getProperty("energy.audit.keys.dir")).resolveSibling("agents");
        Path pinned = agents.resolve("foundry-north-agent").resolve("log-key.pub");
        return VerificationKey.of(
                Base64.getDecoder().decode(Files.readString(pinned).strip()));
    }

    private List<String> sitesOf(TenantId tenant) {
        return tenancy.within(
                tenant,
                () -> tenancy.entities()
                        .createQuery("select s.id from SiteRow s order by s.id", String.class)
                        .getResultList());
    }

    private long count(String query) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            if (!rows.next()) {
                throw new IllegalStateException("no row from " + query);
            }
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot run " + query, e);
        }
    }
}
