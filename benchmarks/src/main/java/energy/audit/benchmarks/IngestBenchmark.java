package energy.audit.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import energy.audit.evidence.BatchSealer;
import energy.audit.evidence.Hash;
import energy.audit.evidence.SealedBatch;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.ClockState;
import energy.audit.evidence.wire.Column;
import energy.audit.evidence.wire.TimeAxis;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Readings a second through the whole door (sealed batch over MQTT, verified, fsync'd, committed, receipt back at the
 * sender) beside a plain {@code COPY} of the same rows into the same table of the same server, one after the other.
 */
@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        description =
                "Readings a second through the whole door, beside a plain COPY of the same rows into the same table.",
        footer = {"", "Example: ./energy-audit bench ingest --readings 1000000"})
final class IngestBenchmark implements Callable<Integer> {
    private static final String TENANT = "demo-castings";
    private static final String SITE = "cold-store";
    private static final String AGENT = "cold-store-logger";
    private static final int COPY_ROWS_PER_TRANSACTION = 10_000;

    @Option(
            names = "--readings",
            defaultValue = "600000",
            description = "Readings in each measured run (default ${DEFAULT-VALUE}).")
    int readings;

    @Option(
            names = "--instants",
            defaultValue = "96",
            description = "Instants of each channel in a batch (default ${DEFAULT-VALUE}: a day of quarter hours).")
    int instantsPerBatch;

    @Option(
            names = "--in-flight",
            defaultValue = "64",
            description = "Batches under way at once (default ${DEFAULT-VALUE}).")
    int inFlight;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "Rounds; the table shows each (default ${DEFAULT-VALUE}).")
    int rounds;

    private final Random random = new Random(20261123);
    private final ObjectMapper json = new ObjectMapper();

    @Override
    public Integer call() throws Exception {
        Path top = Path.of(System.getProperty("energy.audit.home", "."))
                .toAbsolutePath()
                .normalize();
        System.err.println("starting a stack for the benchmark (own data, ports + " + TemporaryStack.PORT_OFFSET + ")");
        try (TemporaryStack stack = TemporaryStack.start(top)) {
            List<String> channels = counterChannels(stack.data().resolve("plant/config/" + SITE + "/metering.json"));
            SigningKey key = SigningKey.ofSeed(Base64.getDecoder()
                    .decode(Files.readString(stack.data().resolve("loggers/" + SITE + "/agent.key"))
                            .trim()));
            int batches = Math.max(1, readings / (channels.size() * instantsPerBatch));
            long perRound = (long) batches * channels.size() * instantsPerBatch;
            System.out.printf(
                    Locale.ROOT,
                    "%d batches of %d readings a round, %d under way; COPY commits every %d rows; fsync and synchronous_commit on%n",
                    batches,
                    channels.size() * instantsPerBatch,
                    inFlight,
                    COPY_ROWS_PER_TRANSACTION);
            System.out.println("round   door readings/s   COPY rows/s   door : COPY");
            // far above the logger's own sequence, after a made-up predecessor
            Hash previous = Hash.sha256("bench".getBytes(StandardCharsets.UTF_8));
            long sequence = 1_000_000_000L;
            // from 2024 on: no other agent has readings there
            Instant start = Instant.parse("2024-01-01T00:00:00Z");
            for (int round = 1; round <= rounds; round++) {
                List<SealedBatch> sealed = new ArrayList<>();
                for (int b = 0; b < batches; b++) {
                    SealedBatch batch = seal(key, sequence++, previous, channels, start);
                    previous = batch.hash();
                    sealed.add(batch);
                    start = start.plusSeconds(900L * instantsPerBatch);
                }
                double door = perRound / secondsThroughTheDoor(stack, sealed);
                double copy = perRound / secondsOfCopy(stack, perRound);
                System.out.printf(Locale.ROOT, "%5d %17.0f %13.0f %13.3f%n", round, door, copy, door / copy);
            }
        }
        return 0;
    }

    private double secondsThroughTheDoor(TemporaryStack stack, List<SealedBatch> sealed) throws Exception {
        try (LoggerConnection connection =
                LoggerConnection.open(stack.data().resolve("loggers/" + SITE), TENANT, AGENT)) {
            long began = System.nanoTime();
            connection.sendAndAwaitReceipts(sealed, inFlight);
            return (System.nanoTime() - began) / 1e9;
        }
    }

    /** Copies the rows that just came through the door into the same table, for a tenant of its own, and removes them. */
    private double secondsOfCopy(TemporaryStack stack, long rows) throws Exception {
        try (Connection c = superuser(stack)) {
            List<String> lines = new ArrayList<>();
            String columns = "channel_no, at, count, log_index";
            try (Statement s = c.createStatement();
                    ResultSet r = s.executeQuery("select " + columns + " from reading where tenant_id = '" + TENANT
                            + "' and at < timestamptz '2025-01-01' order by log_index desc, channel_no, at limit "
                            + rows)) {
                while (r.next()) {
                    lines.add("bench-copy\t" + r.getString(1) + '\t' + r.getString(2) + '\t' + r.getString(3) + '\t'
                            + r.getString(4) + '\n');
                }
            }
            if (lines.size() != rows) {
                throw new IOException(
                        "the door stored " + lines.size() + " of the " + rows + " readings that were sent");
            }
            c.setAutoCommit(false);
            // the text is made before the clock starts: COPY is given every advantage
            List<byte[]> chunks = new ArrayList<>();
            for (int from = 0; from < lines.size(); from += COPY_ROWS_PER_TRANSACTION) {
                chunks.add(String.join(
                                "", lines.subList(from, Math.min(lines.size(), from + COPY_ROWS_PER_TRANSACTION)))
                        .getBytes(StandardCharsets.UTF_8));
            }
            CopyManager copy = c.unwrap(PGConnection.class).getCopyAPI();
            long began = System.nanoTime();
            for (byte[] chunk : chunks) {
                copy.copyIn("copy reading (tenant_id, " + columns + ") from stdin", new ByteArrayInputStream(chunk));
                c.commit();
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            try (Statement s = c.createStatement()) {
                // readings are final by trigger; these are no readings
                s.execute("set local session_replication_role = replica");
                s.executeUpdate("delete from reading where tenant_id = 'bench-copy'");
            }
            c.commit();
            return seconds;
        }
    }

    private static Connection superuser(TemporaryStack stack) throws SQLException, IOException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + (15432 + TemporaryStack.PORT_OFFSET) + "/energy_audit",
                "postgres",
                stack.secret("postgres.superuser.password"));
    }

    private SealedBatch seal(SigningKey key, long sequence, Hash previous, List<String> channels, Instant start) {
        Batch.Builder batch = Batch.newBuilder()
                .setTenant(TENANT)
                .setAgent(AGENT)
                .setSite(SITE)
                .setSequence(sequence)
                .setPreviousSha256(ByteString.copyFrom(previous.bytes()))
                .setClock(ClockState.newBuilder()
                        .setSynchronised(true)
                        .setErrorBoundMs(50)
                        .setBootId(ByteString.copyFrom(new byte[16]))
                        .setSealedAtMs(start.toEpochMilli()));
        addColumns(batch, channels, start);
        return new BatchSealer(key).seal(batch.build());
    }

    private List<String> counterChannels(Path metering) throws IOException {
        List<String> channels = new ArrayList<>();
        for (JsonNode meter : json.readTree(metering.toFile()).path("meters")) {
            for (JsonNode channel : meter.path("channels")) {
                channels.add(channel.path("id").asText());
            }
        }
        if (channels.isEmpty()) {
            throw new IOException(metering + " names no channel");
        }
        return channels;
    }

    /** Columns of growing counters, as a logger has them. */
    private void addColumns(Batch.Builder batch, List<String> channels, Instant start) {
        TimeAxis.Builder axis = TimeAxis.newBuilder().setFirstMs(start.toEpochMilli());
        for (int i = 1; i < instantsPerBatch; i++) {
            axis.addDeltaMs(900_000);
        }
        batch.addAxes(axis);
        for (String channel : channels) {
            Column.Builder column =
                    Column.newBuilder().setChannel(channel).setAxis(0).setFirstCount(random.nextInt(1_000_000));
            for (int i = 1; i < instantsPerBatch; i++) {
                column.addDeltaCount(random.nextInt(1_000));
            }
            batch.addColumns(column);
        }
    }
}
