package energy.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.House;
import energy.audit.evidence.Checkpoint;
import energy.audit.evidence.Merkle;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Promise;
import energy.audit.kernel.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of their own append at once; one is killed, and connections are cut, in the middle. */
class SeveralNodesAppendIT {
    private static final int ROUNDS = 150;
    private static final List<String> TENANTS = List.of("acme", "bolt", "cast");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final House house = new House();

    @Test
    @Promise("log.R2")
    void threeServersOneKilledAndConnectionsCutKeepOneOrderWithoutHolesForEachTenant() throws Exception {
        TENANTS.forEach(house::tenant);
        List<Process> nodes = List.of(node("one"), node("two"), node("killed"));
        try {
            awaitEntries(120);
            int cut = cutConnections();
            assertThat(cut).isPositive();
            awaitEntries(300);
            nodes.get(2).destroyForcibly().waitFor();
            for (Process node : nodes.subList(0, 2)) {
                assertThat(node.waitFor(4, TimeUnit.MINUTES)).isTrue();
                assertThat(node.exitValue()).isZero();
            }
        } finally {
            nodes.forEach(Process::destroyForcibly);
        }
        List<String> said = new ArrayList<>();
        for (String node : List.of("one", "two", "killed")) {
            said.addAll(Files.readAllLines(folder.resolve(node)));
        }
        assertThat(said.stream().filter(line -> line.startsWith("failed")))
                .as("only the cut connections failed")
                .hasSizeLessThanOrEqualTo(3 * 6)
                .isNotEmpty();
        for (String tenant : TENANTS) {
            house.in(TenantId.of(tenant), () -> check(tenant, said));
        }
    }

    private void check(String tenant, List<String> said) {
        assertThat(house.log.check()).as("fsck of " + tenant).isEmpty();
        long size = house.log.size().entries();
        Map<Long, String> told = new TreeMap<>();
        for (String line : said) {
            String[] parts = line.split(" ", 4);
            if (parts[0].equals("entry") && parts[1].equals(tenant)) {
                assertThat(told.put(Long.parseLong(parts[2]), parts[3]))
                        .as("index " + parts[2] + " of " + tenant + " was given once")
                        .isNull();
            }
        }
        assertThat(told).hasSizeGreaterThan(100);
        LogProofs proofs = house.log.proofs(LogSize.NEWEST);
        told.forEach(
                (index, text) -> assertThat(new String(house.log.entry(index).payload(), StandardCharsets.UTF_8))
                        .isEqualTo(text));
        long heads = said.stream()
                .filter(line -> line.startsWith("head " + tenant + " "))
                .peek(line -> {
                    Checkpoint head = opened(line.split(" ", 3)[2].replace('|', '\n'));
                    assertThat(Merkle.consistent(
                                    head.size(), size, head.root(), proofs.root(), proofs.consistency(head.size())))
                            .as("the head of size " + head.size() + " is continued by the log of size " + size)
                            .isTrue();
                })
                .count();
        assertThat(heads).isGreaterThan(30);
        // no more than was told, the first entry, and at most what the killed server had just committed
        assertThat(size).isBetween(told.size() + 1L, told.size() + 1L + 3 * 5);
    }

    private Checkpoint opened(String note) {
        try {
            return Checkpoint.open(note, house.logKey.name(), house.logKey.key().verificationKey());
        } catch (energy.audit.evidence.MalformedEvidence e) {
            throw new AssertionError("a checkpoint that was committed does not open: " + note, e);
        }
    }

    private Process node(String name) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                AppendingNode.class.getName(),
                house.database.url(),
                name,
                HexFormat.of().formatHex(house.logKey.key().seed()),
                Integer.toString(ROUNDS)));
        line.addAll(TENANTS);
        return new ProcessBuilder(line)
                .redirectOutput(folder.resolve(name).toFile())
                .redirectError(folder.resolve(name + ".errors").toFile())
                .start();
    }

    private void awaitEntries(int count) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (entries() < count) {
            assertThat(System.nanoTime()).as("the servers append").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private long entries() throws Exception {
        try (Connection connection = house.database.superuser().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from log_entry")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** What a failing network does: the database ends the sessions of the backend, in whatever they are doing. */
    private int cutConnections() throws Exception {
        int cut = 0;
        for (int round = 0; round < 2; round++) {
            try (Connection connection = house.database.superuser().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where usename = 'energy_audit_app' and datname = current_database()")) {
                while (rows.next()) {
                    cut++;
                }
            }
        }
        return cut;
    }
}
