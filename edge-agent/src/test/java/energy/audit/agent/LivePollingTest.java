package energy.audit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import energy.audit.agent.commission.CommissioningRecord;
import energy.audit.agent.config.AgentSettings;
import energy.audit.agent.config.ModbusYaml;
import energy.audit.agent.config.PollPlan;
import energy.audit.agent.gateway.Gateways;
import energy.audit.agent.poll.PollCycle;
import energy.audit.agent.time.ClockWatch;
import energy.audit.evidence.Commissioning;
import energy.audit.evidence.OpenedBatch;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.AgentHealth;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.Gap;
import energy.audit.evidence.wire.GapCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop's decisions, boundary by boundary, on a clock that the test sets; nobody listens on the plant's port. */
class LivePollingTest {
    private static final int NOBODY = FreePorts.of("nobody");
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    Path directory;

    private final SetClock clock = new SetClock(START.toString());
    private final AtomicLong monotonicNanos = new AtomicLong();
    private AgentHome home;
    private RunningAgent agent;
    private PollCycle poll;
    private Gateways gateways;
    private LivePolling polling;

    @BeforeEach
    void start() throws IOException {
        SigningKey logKey = SigningKey.generate(new SecureRandom());
        home = AgentDirectory.write(
                directory,
                "foundry-north-agent",
                NOBODY,
                logKey,
                "buffer.max-bytes=65536\nbuffer.segment-bytes=4096\nbuffer.thin-at=0.5");
        AgentDirectory.modbus(home, NOBODY, "10s");
        open();
    }

    private void open() throws IOException {
        AgentSettings settings = home.settings();
        PollPlan plan = ModbusYaml.read(home.modbusYaml());
        agent = RunningAgent.open(home, settings, AgentSettings::window, clock, System.err);
        poll = new PollCycle(plan, 1, clock, agent.journal().ingest());
        polling = new LivePolling(
                agent,
                plan,
                poll,
                gateways = new Gateways(
                        plan.gateways(), directory, clock, agent.journal().ingest()),
                new MappingInForce(home.deviceMapping(), agent.journal().service()),
                new ClockWatch(clock, monotonicNanos::get, settings.clockStepTolerance()));
    }

    @AfterEach
    void stop() throws IOException {
        poll.close();
        gateways.close();
        agent.close();
    }

    @Test
    void onAFilledDiskItThinsThenStopsSaysSoSignedAndGoesOnWhenThereIsRoom() throws Exception {
        Instant boundary = START;
        while (!service().contains("BUFFER_THINNED")) {
            pass(Duration.ofSeconds(10));
            polling.cycle(boundary = boundary.plusSeconds(10));
        }
        long thinnedFrom = agent.log().nextSequence();
        for (int quarter = 0; quarter < 4; quarter++) {
            for (int i = 0; i < 90; i++) {
                pass(Duration.ofSeconds(10));
                polling.cycle(boundary = boundary.plusSeconds(10));
            }
        }
        assertThat(agent.log().nextSequence()).as("one batch a quarter hour").isEqualTo(thinnedFrom + 4);
        Gap thinned = batch(thinnedFrom + 1).getGaps(0);
        assertThat(thinned.getCause()).isEqualTo(GapCause.BUFFER_FULL);
        assertThat(thinned.getDetail()).contains("quarter-hour");
        assertThat(Duration.ofMillis(thinned.getToMs() - thinned.getFromMs())).isEqualTo(Duration.ofMillis(899_999));

        while (!service().contains(" BUFFER_FULL ")) {
            pass(Duration.ofMinutes(15));
            boundary = Instant.ofEpochMilli(Math.floorDiv(boundary.toEpochMilli(), 900_000) * 900_000 + 900_000);
            polling.cycle(boundary);
        }
        assertThat(service().lines().filter(line -> line.contains(" BUFFER_FULL ")))
                .allMatch(line -> line.endsWith(" next=restore_the_connection_to_the_backend"));
        long last = agent.log().nextSequence() - 1;
        assertThat(batch(last).getColumnsCount()).isZero();
        assertThat(batch(last).getGaps(0).getDetail()).isEqualTo("readings end here until there is room");
        Instant full = boundary;
        pass(Duration.ofHours(1));
        polling.cycle(boundary.plus(Duration.ofHours(1)));
        assertThat(agent.log().nextSequence())
                .as("nothing is kept, nothing is given up")
                .isEqualTo(last + 1);
        assertThat(agent.log().waitingBatches()).isEqualTo((int) last);

        for (long sequence = 1; sequence <= last; sequence++) {
            agent.log().receipted(sequence);
        }
        pass(Duration.ofHours(1));
        polling.cycle(boundary.plus(Duration.ofHours(2)));
        Gap gap = batch(last + 1).getGaps(0);
        assertThat(gap.getCause()).isEqualTo(GapCause.BUFFER_FULL);
        assertThat(gap.getFromMs()).isEqualTo(full.toEpochMilli() + 1);
        assertThat(gap.getToMs()).isEqualTo(full.toEpochMilli() + 7_200_000);
        assertThat(service()).contains("INFO  BUFFER_FREE");
    }

    @Test
    void aClockThatWasSetForwardOrBackIsAnEntryOfItsOwn() throws Exception {
        pass(Duration.ofSeconds(10));
        polling.cycle(START.plusSeconds(10));
        clock.advance(Duration.ofMinutes(10));
        pass(Duration.ofSeconds(10));
        polling.cycle(START.plusSeconds(620));
        Gap forward = batch(2).getGaps(0);
        assertThat(forward.getCause()).isEqualTo(GapCause.CLOCK_STEP);
        assertThat(forward.getFromMs()).isEqualTo(START.toEpochMilli() + 10_001);
        assertThat(forward.getDetail()).contains("PT10M");
        clock.advance(Duration.ofMinutes(-5));
        pass(Duration.ofSeconds(10));
        polling.cycle(START.plusSeconds(330));
        Gap back = batch(3).getGaps(0);
        assertThat(back.getCause()).isEqualTo(GapCause.CLOCK_STEP);
        assertThat(back.getDetail()).contains("twice");
        pass(Duration.ofSeconds(10));
        polling.cycle(START.plusSeconds(340));
        assertThat(batch(4).getGapsList()).noneMatch(gap -> gap.getChannel().isEmpty());
        assertThat(service()).contains("ERROR ERR CLOCK_STEP by=PT10M").contains("ERROR ERR CLOCK_STEP by=PT-5M");
        assertThat(service().lines().filter(line -> line.contains("CLOCK_STEP")))
                .allMatch(line -> line.endsWith(" next=check_time_source"));
    }

    @Test
    void eachBatchTellsHowTheAgentAndItsDevicesAre() throws Exception {
        polling.cycle(START.plusSeconds(10));
        pass(Duration.ofSeconds(10));
        polling.cycle(START.plusSeconds(20));
        AgentHealth health = batch(2).getHealth();
        assertThat(health.getPollIntervalMs()).isEqualTo(10_000);
        assertThat(health.getKeptBatches()).isEqualTo(1);
        assertThat(health.getOldestKeptMs()).isEqualTo(START.plusSeconds(10).toEpochMilli());
        assertThat(health.getBufferMaxBytes()).isEqualTo(65_536);
        assertThat(health.getDiskFreeBytes()).isPositive();
        assertThat(health.getDevices(0).getDevice()).isEqualTo("main");
        assertThat(health.getDevices(0).getNoConnection()).isEqualTo(2);
        assertThat(health.getDevices(0).getLastCause()).isEqualTo("CONNECTION_REFUSED");
    }

    @Test
    void howPunctualItWasStandsInTheServiceLogOnceAnHour() throws Exception {
        for (int minute = 0; minute < 121; minute += 10) {
            polling.cycle(START.plusSeconds(60L * minute));
            pass(Duration.ofMinutes(10));
        }
        assertThat(service().lines().filter(line -> line.contains(" POLL_TIMES ")))
                .hasSize(3)
                .last()
                .asString()
                .containsPattern(
                        "cycles=13 overruns=\\d+ jitter_ms=\\d+/\\d+/\\d+ cycle_ms=\\d+/\\d+/\\d+ interval_ms=10000");
    }

    @Test
    void aChangedMappingTakesEffectWithoutARestartAndAWrongOneDoesNot() throws Exception {
        polling.cycle(START.plusSeconds(10));
        ByteString before = batch(1).getMappingSha256();
        String mapping = Files.readString(home.deviceMapping());
        Files.writeString(home.deviceMapping(), mapping + "not json");
        polling.cycle(START.plusSeconds(20));
        assertThat(batch(1).getMapping().toStringUtf8()).isEqualTo(mapping);
        assertThat(batch(2).getMappingSha256()).isEqualTo(before);
        assertThat(batch(2).getMapping()).isEmpty();
        assertThat(service()).contains("ERROR ERR MAPPING_REFUSED");
        Files.writeString(home.deviceMapping(), mapping.replace("0.001", "0.01"));
        polling.cycle(START.plusSeconds(30));
        assertThat(batch(3).getMappingSha256()).isNotEqualTo(before);
        assertThat(batch(3).getMapping().toStringUtf8()).isEqualTo(mapping.replace("0.001", "0.01"));
        assertThat(service()).contains("INFO  MAPPING_CHANGED");
    }

    @Test
    void aCommissioningRecordIsCarriedByTheNextBatchOnceAndABrokenOneIsNamedAndPutAside() throws Exception {
        CommissioningRecord.write(
                home.commissioning().resolve("a.json"),
                new ObjectMapper().createObjectNode().put("unit", 3),
                home.key());
        Files.writeString(home.commissioning().resolve("b.json"), "{\"record\":\"{}\"}");
        polling.cycle(START.plusSeconds(10));
        polling.cycle(START.plusSeconds(20));
        assertThat(batch(1).getCommissioningList()).singleElement().satisfies(signed -> {
            assertThat(signed.getRecord().toStringUtf8()).isEqualTo("{\"unit\":3}");
            assertThat(Commissioning.isSignedBy(signed, home.key().verificationKey()))
                    .isTrue();
        });
        assertThat(batch(2).getCommissioningList()).isEmpty();
        assertThat(home.commissioning().resolve("logged/a.json")).exists();
        assertThat(home.commissioning().resolve("refused/b.json")).exists();
        assertThat(service()).contains("ERR COMMISSIONING_REFUSED", "file=b.json", "COMMISSIONING_LOGGED");
    }

    @Test
    void aSecondAgentOnTheSameDirectoryIsRefused() {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> RunningAgent.open(home, home.settings(), AgentSettings::window, clock, System.err))
                .hasMessageContaining("another agent runs on this directory");
    }

    @Test
    void aDirectoryWhoseSequenceWasLostIsRefusedBecauseNumbersWouldBeUsedTwice() throws IOException {
        stop();
        Files.writeString(home.witness(), "energy-audit/test/demo-castings\n5\n" + "ab".repeat(32) + "\n");
        org.assertj.core.api.Assertions.assertThatThrownBy(this::open)
                .hasMessageContaining("sequence of this agent is lost");
        Files.delete(home.witness());
        open(); // and closed again after the test
    }

    private void pass(Duration time) {
        clock.advance(time);
        monotonicNanos.addAndGet(time.toNanos());
    }

    private String service() throws IOException {
        return Files.readString(home.logs().resolve("service.log"));
    }

    private Batch batch(long sequence) throws Exception {
        return OpenedBatch.parse(agent.log().bytes(sequence).orElseThrow()).body();
    }
}
