package energy.audit.agent;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.ghgande.j2mod.modbus.procimg.SimpleProcessImage;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import com.ghgande.j2mod.modbus.slave.ModbusSlave;
import com.ghgande.j2mod.modbus.slave.ModbusSlaveFactory;
import energy.audit.agent.backend.TestBackend;
import energy.audit.agent.backend.TestBroker;
import energy.audit.agent.config.AgentSettings;
import energy.audit.evidence.ChannelCounts;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.Gap;
import energy.audit.evidence.wire.GapCause;
import energy.audit.evidence.wire.Receipt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole agent against a real Modbus slave, a real broker and a backend that signs real receipts. */
class AgentIT {
    private static final int MQTT = FreePorts.of("broker");
    private static final int MODBUS = FreePorts.of("meter");

    @TempDir
    Path directory;

    private final SigningKey logKey = SigningKey.generate(new SecureRandom());
    private ModbusSlave slave;
    private TestBroker broker;
    private TestBackend backend;
    private AgentHome home;

    @BeforeEach
    void openWorld() throws Exception {
        SimpleProcessImage image = new SimpleProcessImage(1);
        for (int word : new int[] {0x0001, 0x86A0, 1500, 0}) {
            image.addRegister(new SimpleRegister(word));
        }
        slave = ModbusSlaveFactory.createTCPSlave(InetAddress.getLoopbackAddress(), MODBUS, 3, false);
        slave.addProcessImage(1, image);
        slave.open();
        broker = new TestBroker(directory.resolve("broker"), MQTT);
        backend = new TestBackend(MQTT, logKey);
        home = AgentDirectory.write(
                directory.resolve("agent"), "foundry-north-agent", MQTT, logKey, "forward.receipt-timeout-seconds=1");
        AgentDirectory.modbus(home, MODBUS, "1s");
    }

    @AfterEach
    void closeWorld() {
        backend.close();
        broker.close();
        ModbusSlaveFactory.close(slave);
    }

    @Test
    void readingsArriveSignedInOrderAndAreGivenUpOnlyOnReceipts() throws Exception {
        try (LiveAgent agent = new LiveAgent(home)) {
            await().atMost(30, SECONDS).until(() -> backend.logSize() >= 4);
            agent.stop();
        }
        TreeMap<Long, Batch> batches = backend.batches();
        assertThat(batches.firstKey()).isEqualTo(1);
        assertThat(batches.lastKey()).isEqualTo(batches.size());
        Batch second = batch(2);
        assertThat(second.getAxes(0).getFirstMs() % 1000).isZero();
        assertThat(second.getColumns(0).getFirstCount()).isEqualTo(100_000);
        assertThat(second.getColumns(1).getFirstCount()).isEqualTo(1500);
        assertThat(second.getMappingSha256().size()).isEqualTo(32);
        assertThat(batches.lastEntry().getValue().getWitnessed().getSize()).isPositive();
        assertThat(Files.readString(home.logs().resolve("ingest.log")))
                .contains("BATCH_RECEIPTED sequence=1 outcome=STORED");
        var status = new ObjectMapper().readTree(home.status().toFile());
        assertThat(status.path("sequence").asLong()).isEqualTo(batches.lastKey());
        assertThat(status.path("receipts").asLong()).isPositive();
    }

    @Test
    void whileTheBackendIsSilentBatchesAreKeptAndSentAgainUntilReceipted() throws Exception {
        backend.stayingSilent(true);
        try (LiveAgent agent = new LiveAgent(home)) {
            await().atMost(30, SECONDS).until(() -> backend.publishes().size() >= 5);
            assertThat(backend.logSize()).isZero();
            backend.stayingSilent(false);
            await().atMost(30, SECONDS).until(() -> backend.logSize() >= 5 && status("keptBatches") <= 1);
            agent.stop();
        }
        assertThat(backend.batches().firstKey()).isEqualTo(1);
        List<String> publishes = backend.publishes();
        assertThat(publishes.stream().distinct().count())
                .as("each publish has its own n: %s", publishes)
                .isEqualTo(publishes.size());
        assertThat(publishes.stream().map(each -> Integer.parseInt(each.substring(each.indexOf('/') + 1))))
                .as("n counts the publishes; two on their way may change places")
                .containsExactlyInAnyOrderElementsOf(java.util.stream.IntStream.rangeClosed(1, publishes.size())
                        .boxed()
                        .toList());
    }

    @Test
    void aRestartGoesOnWithTheNextNumberAndSignsTheGap() throws Exception {
        try (LiveAgent agent = new LiveAgent(home)) {
            await().atMost(30, SECONDS).until(() -> backend.logSize() >= 2);
            agent.stop();
        }
        long last = new SegmentView(home).lastSequence();
        Instant stoppedAt = Instant.now(Clock.systemUTC());
        await().pollDelay(2, SECONDS).until(() -> true);
        try (LiveAgent agent = new LiveAgent(home)) {
            await().atMost(30, SECONDS).until(() -> backend.batches().containsKey(last + 2));
            agent.stop();
        }
        Batch first = batch(last + 1);
        assertThat(first.getGapsList()).hasSize(1);
        Gap gap = first.getGaps(0);
        assertThat(gap.getCause()).isEqualTo(GapCause.AGENT_STOPPED);
        assertThat(gap.getChannel()).isEmpty();
        assertThat(gap.getFromMs()).isLessThanOrEqualTo(stoppedAt.toEpochMilli());
        assertThat(gap.getToMs()).isEqualTo(first.getAxes(0).getFirstMs());
        assertThat(batch(last + 2).getGapsList()).isEmpty();
    }

    @Test
    void theBrokerMayBeAwayAtTheStartAndLater() throws Exception {
        backend.close();
        broker.close();
        try (LiveAgent agent = new LiveAgent(home)) {
            await().atMost(30, SECONDS).until(() -> Files.exists(home.status()) && status("sequence") >= 2);
            broker = new TestBroker(directory.resolve("broker"), MQTT);
            backend = new TestBackend(MQTT, logKey);
            await().atMost(40, SECONDS).until(() -> backend.logSize() >= 3);
            backend.close();
            broker.close();
            long before = status("sequence");
            await().atMost(30, SECONDS).until(() -> status("sequence") >= before + 2);
            broker = new TestBroker(directory.resolve("broker"), MQTT);
            TestBackend fresh = new TestBackend(MQTT, logKey);
            backend = fresh;
            fresh.stayingSilent(true);
            await().atMost(40, SECONDS).until(() -> fresh.publishes().size() >= 2);
            agent.stop();
        }
    }

    @Test
    void aForgedReceiptFreesNothingAndTheProofIsKept() throws Exception {
        backend.forge(receipt -> receipt.toBuilder()
                .setLogIndex(receipt.getLogIndex())
                .clearInclusion()
                .setAdmittedAtMs(receipt.getAdmittedAtMs() + 1)
                .build());
        try (LiveAgent agent = new LiveAgent(home)) {
            await().atMost(30, SECONDS).until(() -> backend.publishes().size() >= 3 && status("receipts") >= 3);
            assertThat(status("keptBatches")).isGreaterThanOrEqualTo(2);
            backend.forge(receipt -> receipt);
            await().atMost(30, SECONDS).until(() -> status("keptBatches") <= 1);
            agent.stop();
        }
        assertThat(Files.readString(home.logs().resolve("ingest.log")))
                .contains("ERROR ERR RECEIPT_REFUSED sequence=1 reason=BAD_PROOF");
        assertThat(home.alarms())
                .isDirectoryContaining(file -> file.getFileName().toString().contains("1-BAD_PROOF"));
    }

    @Test
    void aLogThatWasCutFreesNothingMoreAndTheProofIsKept() throws Exception {
        assertRewrittenLogIsFoundOut(-9, "SHRUNK");
    }

    @Test
    void aLogThatShowsAnotherHistoryFreesNothingMoreAndTheProofIsKept() throws Exception {
        assertRewrittenLogIsFoundOut(-1, "FORK");
    }

    /** @param beside so far from the size that the agent had checked the rewritten log ends before its next batch */
    private void assertRewrittenLogIsFoundOut(int beside, String reason) throws Exception {
        backend.rewriteLog(10); // of other agents, before this one had seen any head
        try (LiveAgent agent = new LiveAgent(home)) {
            await().atMost(30, SECONDS).until(() -> backend.logSize() >= 13 && status("logSize") >= 13);
            backend.rewriteLog(status("logSize") + beside);
            await().atMost(30, SECONDS).until(() -> Files.isDirectory(home.alarms()) && proofs().contains(reason));
            long kept = status("keptBatches");
            long head = status("logSize");
            await().atMost(30, SECONDS).until(() -> status("keptBatches") >= kept + 2);
            // a receipt from before may still have been on its way; nothing of the rewritten log is accepted
            assertThat(status("logSize")).isBetween(head, head + 1);
            agent.stop();
        }
        assertThat(Files.readString(home.logs().resolve("ingest.log")))
                .contains("ERROR ERR RECEIPT_REFUSED")
                .contains("reason=" + reason);
    }

    private String proofs() throws java.io.IOException {
        try (var files = Files.list(home.alarms())) {
            return files.map(file -> file.getFileName().toString()).collect(java.util.stream.Collectors.joining(" "));
        }
    }

    @Test
    void aReceiptOfAnotherKeyIsRefused() throws Exception {
        SigningKey stranger = SigningKey.generate(new SecureRandom());
        backend.close();
        backend = new TestBackend(MQTT, stranger);
        try (LiveAgent agent = new LiveAgent(home)) {
            await().atMost(30, SECONDS).until(() -> status("receipts") >= 2);
            assertThat(status("keptBatches")).isGreaterThanOrEqualTo(2);
            assertThat(status("logSize")).isZero();
            agent.stop();
        }
        assertThat(Files.readString(home.logs().resolve("ingest.log"))).contains("ERROR ERR RECEIPT_UNREADABLE");
    }

    @Test
    void aQuarantinedBatchIsSetAsideAndTheNextOnesGoOn() throws Exception {
        backend.forge(receipt -> receipt.getSequence() == 1
                ? Receipt.newBuilder()
                        .setTenant(receipt.getTenant())
                        .setAgent(receipt.getAgent())
                        .setSequence(1)
                        .setBatchSha256(receipt.getBatchSha256())
                        .setOutcome(energy.audit.evidence.wire.Outcome.QUARANTINED)
                        .setReason("no such agent")
                        .build()
                : receipt);
        try (LiveAgent agent = new LiveAgent(home)) {
            await().atMost(30, SECONDS).until(() -> backend.logSize() >= 3 && status("quarantined") == 1);
            agent.stop();
        }
        assertThat(home.directory().resolve("refused/1.reason.txt")).hasContent("no such agent");
        assertThat(Files.readString(home.logs().resolve("ingest.log")))
                .contains("ERROR ERR BATCH_QUARANTINED sequence=1");
    }

    @Test
    void aLoggersMemoryIsImportedADayAtATimeAndGoesOnAfterAnInterruption() throws Exception {
        Path csv = directory.resolve("history.csv");
        StringBuilder text =
                new StringBuilder("timestamp,foundry-north.main.active-energy-import,foundry-north.gas.gas-volume\n");
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        for (int i = 0; i < 40 * 96; i++) {
            text.append(at.plusSeconds(900L * i))
                    .append(',')
                    .append(1000 + i)
                    .append(',')
                    .append(i % 7 == 0 ? "" : 50 + i)
                    .append('\n');
        }
        Files.writeString(csv, text);
        AgentHome logger = AgentDirectory.write(directory.resolve("logger"), "foundry-north-logger", MQTT, logKey, "");
        CountDownLatch stop = new CountDownLatch(1);
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        backend.forge(receipt -> {
            if (receipt.getSequence() == 12) {
                stop.countDown();
            }
            return receipt;
        });
        assertThat(backfill(logger, csv, first, stop)).isFalse();
        backend.forge(receipt -> receipt);
        ByteArrayOutputStream second = new ByteArrayOutputStream();
        assertThat(backfill(logger, csv, second, new CountDownLatch(1))).isTrue();
        assertThat(first.toString(StandardCharsets.UTF_8)).contains("backfill foundry-north 0/40 days");
        assertThat(second.toString(StandardCharsets.UTF_8)).contains("backfill foundry-north 40/40 days");
        TreeMap<Long, Batch> batches = backend.batches();
        assertThat(batches).hasSize(40);
        ChannelCounts gas = opened(batch(40), 1);
        assertThat(gas.atMs().length + gas.missingAtMs().length).isEqualTo(96);
        assertThat(batch(40).getAxes(0).getFirstMs())
                .isEqualTo(Instant.parse("2026-02-09T00:00:00Z").toEpochMilli());
        assertThat(batch(40).getWitnessed().getSize()).isGreaterThan(25);
        assertThat(backfill(logger, csv, new ByteArrayOutputStream(), new CountDownLatch(1)))
                .as("again: nothing to do")
                .isTrue();
        assertThat(backend.batches()).hasSize(40);
    }

    private Batch batch(long sequence) {
        return Objects.requireNonNull(backend.batches().get(sequence), "batch " + sequence);
    }

    private static ChannelCounts opened(Batch batch, int column) throws Exception {
        SigningKey any = SigningKey.generate(new SecureRandom());
        byte[] bytes = new energy.audit.evidence.BatchSealer(any).seal(batch).bytes();
        return energy.audit.evidence.OpenedBatch.parse(bytes).channels().get(column);
    }

    private static boolean backfill(AgentHome logger, Path csv, ByteArrayOutputStream out, CountDownLatch stop)
            throws Exception {
        try (RunningAgent agent = RunningAgent.open(
                logger, logger.settings(), AgentSettings::backfillWindow, Clock.systemUTC(), System.err)) {
            agent.start();
            return new Backfill(
                            agent,
                            csv,
                            Optional.empty(),
                            new PrintStream(out, true, StandardCharsets.UTF_8),
                            true,
                            stop)
                    .run();
        }
    }

    private long status(String field) throws IOException {
        return Files.exists(home.status())
                ? new ObjectMapper()
                        .readTree(home.status().toFile())
                        .path(field)
                        .asLong()
                : 0;
    }

    private record SegmentView(AgentHome home) {
        long lastSequence() throws IOException {
            return energy.audit.agent.keep.SegmentCheck.of(
                            home.kept(), home.key().verificationKey())
                    .headSequence();
        }
    }
}
