package energy.audit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.ghgande.j2mod.modbus.procimg.SimpleProcessImage;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import com.ghgande.j2mod.modbus.slave.ModbusSlave;
import com.ghgande.j2mod.modbus.slave.ModbusSlaveFactory;
import energy.audit.agent.config.AgentSettings;
import energy.audit.agent.config.ModbusYaml;
import energy.audit.agent.config.PollPlan;
import energy.audit.agent.gateway.Gateways;
import energy.audit.agent.poll.PollCycle;
import energy.audit.agent.time.ClockCondition.Leap;
import energy.audit.agent.time.ClockCondition.State;
import energy.audit.agent.time.ClockWatch;
import energy.audit.evidence.ChannelCounts;
import energy.audit.evidence.OpenedBatch;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.Gap;
import energy.audit.evidence.wire.GapCause;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens to readings when the machine's clock is wrong, is set, or repeats a second; the meter is a real Modbus slave. */
@ResourceLock(Resources.TIME_ZONE)
class ClocksTest {
    private static final int METER = FreePorts.of("clocks-meter");
    private static final int NOBODY = FreePorts.of("nobody");
    private static final Duration STEP = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private final SetClock clock = new SetClock("2026-03-01T10:00:00Z");
    private final SetMachineTime time = new SetMachineTime(clock);
    private final SimpleRegister low = new SimpleRegister(0);
    private ModbusSlave slave;
    private AgentHome home;
    private RunningAgent agent;
    private PollCycle poll;
    private Gateways gateways;
    private LivePolling polling;

    @BeforeEach
    void open() throws Exception {
        SimpleProcessImage image = new SimpleProcessImage(1);
        image.addRegister(new SimpleRegister(0));
        image.addRegister(low);
        image.addRegister(new SimpleRegister(0));
        image.addRegister(new SimpleRegister(0));
        slave = ModbusSlaveFactory.createTCPSlave(InetAddress.getLoopbackAddress(), METER, 2, false);
        slave.addProcessImage(1, image);
        slave.open();
        home = AgentDirectory.write(
                directory, "foundry-north-agent", NOBODY, SigningKey.generate(new SecureRandom()), "");
        AgentDirectory.modbus(home, METER, "10s");
        start();
    }

    private void start() throws IOException {
        AgentSettings settings = home.settings();
        PollPlan plan = ModbusYaml.read(home.modbusYaml());
        agent = RunningAgent.open(home, settings, AgentSettings::window, clock, time, System.err);
        poll = new PollCycle(plan, 1, clock, agent.journal().ingest());
        gateways =
                new Gateways(plan.gateways(), directory, clock, agent.journal().ingest());
        polling = new LivePolling(
                agent,
                plan,
                poll,
                gateways,
                new MappingInForce(home.deviceMapping(), agent.journal().service()),
                new ClockWatch(clock, time::monotonicNanos, settings.clockStepTolerance()));
    }

    @AfterEach
    void close() throws IOException {
        stop();
        ModbusSlaveFactory.close(slave);
    }

    private void stop() throws IOException {
        polling.close();
        poll.close();
        gateways.close();
        agent.close();
    }

    @Test
    void readingsOfAMachineThatDoesNotKnowTheTimeWaitAndArePlacedWhereTheyBelongAndMarked() throws Exception {
        clock.advance(Duration.ofDays(-400)); // no battery: the clock starts where it was left
        time.says(State.WAITING, 0, Leap.NONE);
        agent.look();
        Instant began = clock.instant();
        for (int i = 0; i < 5; i++) {
            poll(i);
        }
        assertThat(agent.log().nextSequence()).as("nothing is sealed").isEqualTo(1);
        assertThat(home.kept().resolve("held")).isNotEmptyFile();
        time.set(Duration.ofDays(400).plusSeconds(3));
        time.says(State.SYNCHRONISED, 20, Leap.NONE);
        poll(5);
        assertThat(home.kept().resolve("held")).doesNotExist();
        for (int i = 0; i < 5; i++) {
            Batch placed = batch(i + 1);
            Instant true_ = began.plus(Duration.ofDays(400)).plusSeconds(3).plus(STEP.multipliedBy(i));
            assertThat(counts(placed).counts()).containsExactly(i);
            assertThat(counts(placed).atMs()[0]).isBetween(true_.toEpochMilli() - 2, true_.toEpochMilli() + 2);
            assertThat(placed.getColumnsList()).allMatch(column -> column.getReanchored());
            assertThat(placed.getColumns(0).getErrorBoundMs())
                    .as("20 ms of the clock, 100 ppm of the wait, a millisecond of rounding")
                    .isBetween(21, 28);
            assertThat(placed.getGapsList()).isEmpty();
        }
        Batch live = batch(6);
        assertThat(live.getColumns(0).getReanchored()).isFalse();
        assertThat(live.getClock().getSynchronised()).isTrue();
        assertThat(live.getClock().getErrorBoundMs()).isEqualTo(20);
        assertThat(live.getGapsList())
                .as("the clock was set before anything was sealed: no entry")
                .noneMatch(gap -> gap.getCause() == GapCause.CLOCK_STEP);
        assertOrder();
        assertThat(service()).contains("READINGS_HELD", "READINGS_PLACED polls=5 placed=true");
    }

    @Test
    void heldReadingsAreNotLostWhenTheAgentIsStartedAgainOnTheSameMachine() throws Exception {
        time.says(State.WAITING, 0, Leap.NONE);
        agent.look();
        poll(0);
        poll(1);
        stop();
        time.pass(Duration.ofMinutes(1));
        start();
        agent.look();
        poll(2);
        time.set(Duration.ofHours(1));
        time.says(State.SYNCHRONISED, 20, Leap.NONE);
        poll(3);
        assertThat(counts(batch(1)).counts()).containsExactly(0);
        assertThat(counts(batch(1)).atMs()[0])
                .isEqualTo(Instant.parse("2026-03-01T11:00:00Z").toEpochMilli());
        assertThat(counts(batch(2)).counts()).containsExactly(1);
        assertThat(counts(batch(3)).counts()).containsExactly(2);
        assertThat(batch(3).getGaps(0).getCause()).isEqualTo(GapCause.AGENT_STOPPED);
        assertThat(counts(batch(4)).counts()).containsExactly(3);
        assertThat(agent.log().nextSequence()).isEqualTo(5);
        assertOrder();
    }

    @Test
    void heldReadingsOfAMachineThatWasSwitchedOffAreSealedAsStampedAndSaidToBeUnsynchronised() throws Exception {
        time.says(State.WAITING, 0, Leap.NONE);
        agent.look();
        poll(0);
        stop();
        time.restarted("second");
        clock.advance(Duration.ofMinutes(5));
        time.says(State.SYNCHRONISED, 20, Leap.NONE);
        start();
        agent.look();
        poll(1);
        assertThat(counts(batch(1)).counts()).containsExactly(0);
        assertThat(batch(1).getClock().getSynchronised()).isFalse();
        assertThat(batch(1).getClock().getErrorBoundMs()).isZero();
        assertThat(batch(1).getColumns(0).getReanchored()).isFalse();
        assertThat(batch(2).getClock().getSynchronised()).isTrue();
    }

    @Test
    void heldReadingsWithAStampThatIsCertainlyWrongBecomeASignedGapAndACopyStays() throws Exception {
        time.says(State.SYNCHRONISED, 20, Leap.NONE);
        agent.look();
        poll(0);
        stop();
        time.restarted("second");
        clock.advance(Duration.ofDays(-9000));
        time.says(State.WAITING, 0, Leap.NONE);
        start();
        agent.look();
        poll(1);
        stop();
        time.restarted("third");
        clock.advance(Duration.ofDays(9000).plusMinutes(10));
        time.says(State.SYNCHRONISED, 20, Leap.NONE);
        start();
        agent.look();
        poll(2);
        Batch unplaced = batch(2);
        assertThat(unplaced.getColumnsCount()).isZero();
        assertThat(unplaced.getGaps(0).getCause()).isEqualTo(GapCause.CLOCK_STEP);
        assertThat(unplaced.getGaps(0).getDetail()).contains("cannot be placed");
        assertThat(counts(batch(3)).counts()).containsExactly(2);
        assertThat(home.kept().resolve("damaged"))
                .isDirectoryContaining(file -> file.getFileName().toString().startsWith("held-"));
        assertThat(service()).contains("ERROR ERR READINGS_UNPLACED");
    }

    @Test
    void nobodySettingTheClockIsWaitedForOnlySoLong() throws Exception {
        time.says(State.WAITING, 0, Leap.NONE);
        agent.look();
        for (int i = 0; i <= 90; i++) {
            poll(i);
        }
        assertThat(agent.log().nextSequence()).as("after a quarter hour").isEqualTo(92);
        for (int i = 0; i <= 90; i++) {
            assertThat(counts(batch(i + 1)).counts()).containsExactly(i);
            assertThat(batch(i + 1).getClock().getSynchronised()).isFalse();
            assertThat(batch(i + 1).getColumns(0).getReanchored()).isFalse();
        }
        assertOrder();
    }

    @Test
    void aMachineWhoseClockNobodySetsDoesNotWait() throws Exception {
        time.says(State.UNDISCIPLINED, 0, Leap.NONE);
        agent.look();
        poll(0);
        assertThat(batch(1).getClock().getSynchronised()).isFalse();
        assertThat(batch(1).getClock().getErrorBoundMs()).isZero();
        assertThat(batch(1).getClock().getSource()).isEqualTo("test");
    }

    @ParameterizedTest
    @CsvSource({"PT3S", "PT-3S", "PT7M", "PT-7M", "PT-0.8S"})
    void aStepIsSignedWithItsSizeAlsoWhenNoPollIsMissedAndSequenceKeepsTheOrder(Duration by) throws Exception {
        time.says(State.SYNCHRONISED, 20, Leap.NONE);
        agent.look();
        poll(0);
        poll(1);
        time.set(by);
        for (int i = 2; i < 6; i++) {
            poll(i);
        }
        long marked = 0;
        List<Long> order = new ArrayList<>();
        for (long sequence = 1; sequence < agent.log().nextSequence(); sequence++) {
            for (Gap gap : batch(sequence).getGapsList()) {
                assertThat(gap.getCause()).isEqualTo(GapCause.CLOCK_STEP);
                assertThat(gap.getStepMs()).isEqualTo(by.toMillis());
                assertThat(gap.getLeapSecond()).isFalse();
                assertThat(gap.getToMs()).isGreaterThan(gap.getFromMs());
                marked++;
            }
            order.add(counts(batch(sequence)).counts()[0]);
        }
        assertThat(marked).isEqualTo(1);
        assertThat(order)
                .as("what was read later has the higher sequence")
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(batch(agent.log().nextSequence() - 1).getClock().getSteps()).isEqualTo(1);
    }

    @Test
    void aLeapSecondRepeatsASecondOfTheClockAndNoReading() throws Exception {
        clock.advance(Duration.between(clock.instant(), Instant.parse("2026-06-30T23:59:30Z")));
        time.says(State.SYNCHRONISED, 20, Leap.INSERTED);
        agent.look();
        stop();
        start(); // the watch begins here
        agent.look();
        poll(0); // :30
        poll(1); // :40
        poll(2); // :50
        assertThat(batch(3).getClock().getLeapSeconds()).isEqualTo(1);
        time.set(Duration.ofSeconds(-1)); // the kernel repeats 23:59:59
        time.pass(Duration.ofSeconds(1));
        poll(3); // 00:00:00
        time.says(State.SYNCHRONISED, 20, Leap.NONE);
        poll(4);
        assertThat(agent.log().nextSequence()).isEqualTo(6);
        Gap leap = batch(4).getGaps(0);
        assertThat(leap.getLeapSecond()).isTrue();
        assertThat(leap.getStepMs()).isEqualTo(-1000);
        assertThat(leap.getDetail()).contains("leap second");
        assertThat(counts(batch(4)).atMs())
                .containsExactly(Instant.parse("2026-07-01T00:00:00Z").toEpochMilli());
        assertThat(batch(5).getGapsList()).isEmpty();
        assertOrder();
    }

    @Test
    void aSmearedLeapSecondIsNoStep() throws Exception {
        time.says(State.SYNCHRONISED, 20, Leap.NONE);
        agent.look();
        for (int i = 0; i < 400; i++) {
            time.set(Duration.ofNanos(-115_740)); // a second over 24 hours, for each ten seconds
            poll(i);
        }
        assertThat(service()).doesNotContain("CLOCK_STEP");
        assertOrder();
    }

    @ParameterizedTest
    @CsvSource({"2026-03-29T00:59:30Z", "2026-10-25T00:59:30Z"})
    void summerTimeComesAndGoesAndReadingsGoOn(Instant from) throws Exception {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
        try {
            clock.advance(Duration.between(clock.instant(), from));
            stop();
            start();
            for (int i = 0; i < 6; i++) {
                poll(i);
                assertThat(counts(batch(i + 1)).atMs())
                        .containsExactly(from.plus(STEP.multipliedBy(i)).toEpochMilli());
                assertThat(batch(i + 1).getGapsList()).isEmpty();
            }
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void theStatusShowsWhatIsKnownAboutTheClock() throws Exception {
        time.says(State.SYNCHRONISED, 20, Leap.NONE);
        agent.look();
        time.pass(Duration.ofHours(1));
        stop();
        var status = new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(home.status().toFile())
                .path("clock");
        start();
        assertThat(status.path("synchronised").asBoolean()).isTrue();
        assertThat(status.path("errorBoundMs").asInt()).isEqualTo(380);
        assertThat(status.path("sinceSyncMs").asInt()).isEqualTo(3_600_000);
    }

    /** One poll at the boundary of now, with a register that counts the polls; then time goes on. */
    private void poll(int number) throws InterruptedException {
        low.setValue(number);
        polling.cycle(Instant.ofEpochMilli(Math.floorDiv(clock.millis(), STEP.toMillis()) * STEP.toMillis()));
        time.pass(STEP);
    }

    /** Sequence order is time order, and no reading is there twice. */
    private void assertOrder() throws Exception {
        List<Long> counts = new ArrayList<>();
        List<Long> atMs = new ArrayList<>();
        for (long sequence = 1; sequence < agent.log().nextSequence(); sequence++) {
            ChannelCounts read = counts(batch(sequence));
            counts.add(read.counts()[0]);
            atMs.add(read.atMs()[0]);
        }
        assertThat(counts).isSorted().doesNotHaveDuplicates();
        assertThat(atMs).isSorted().doesNotHaveDuplicates();
    }

    private String service() throws IOException {
        return Files.readString(home.logs().resolve("service.log"));
    }

    private OpenedBatch opened(long sequence) throws Exception {
        return OpenedBatch.parse(agent.log().bytes(sequence).orElseThrow());
    }

    private Batch batch(long sequence) throws Exception {
        return opened(sequence).body();
    }

    private ChannelCounts counts(Batch batch) throws Exception {
        return opened(batch.getSequence()).channels().get(0);
    }
}
