package energy.audit.agent.poll;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.agent.FreePorts;
import energy.audit.agent.SetClock;
import energy.audit.agent.config.Area;
import energy.audit.agent.config.Bus;
import energy.audit.agent.config.Bus.SerialLine;
import energy.audit.agent.config.Bus.Transport;
import energy.audit.agent.config.Device;
import energy.audit.agent.config.PollPlan;
import energy.audit.agent.config.Register;
import energy.audit.agent.config.RegisterType;
import energy.audit.agent.config.WordOrder;
import energy.audit.agent.journal.Journal;
import energy.audit.agent.poll.Reading.Measured;
import energy.audit.agent.poll.Reading.Missing;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.Gap;
import energy.audit.evidence.wire.GapCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PollCycleTest {
    private static final int PORT = FreePorts.of("poll cycle");
    private static final int DEAD_UNIT = 9;
    private static final int REFUSING_UNIT = 8;

    @TempDir
    Path directory;

    private final SetClock clock = new SetClock("2026-03-01T10:00:10.020Z");
    private Journal journal;
    private RawDevice plant;
    private volatile boolean refusing = true;
    private volatile boolean silent;

    @BeforeEach
    void openPlant() throws IOException {
        journal = Journal.in(directory, clock, System.err);
        plant = new RawDevice(PORT, 12, (request, out, closing) -> {
            int unit = request[6];
            int start = (request[8] & 0xFF) << 8 | request[9] & 0xFF;
            int quantity = request[11];
            if (unit == DEAD_UNIT || silent) {
                return;
            }
            boolean refused = unit == REFUSING_UNIT && refusing;
            if (refused || start <= 90 && start + quantity > 90) {
                out.write(new byte[] {request[0], request[1], 0, 0, 0, 3, request[6], (byte) 0x83, 2});
                return;
            }
            int[] registers = new int[quantity];
            for (int i = 0; i < quantity; i++) {
                registers[i] = unit * 1000 + start + i;
            }
            out.write(RawDevice.tcpAnswer(request, registers));
        });
    }

    @AfterEach
    void closePlant() throws IOException {
        plant.close();
        journal.close();
    }

    @Test
    void everyChannelHasAResultInTheOrderOfTheFileStampedWithTheBoundary() throws InterruptedException {
        try (PollCycle poll = poll(device(1, 0, 1), device(2, 0, 7))) {
            Instant boundary = Instant.parse("2026-03-01T10:00:10Z");
            List<Reading> readings = poll.run(boundary).readings();
            assertThat(readings)
                    .containsExactly(
                            new Measured("s.d1.0", boundary.toEpochMilli(), 1000),
                            new Measured("s.d1.1", boundary.toEpochMilli(), 1001),
                            new Measured("s.d2.0", boundary.toEpochMilli(), 2000),
                            new Measured("s.d2.7", boundary.toEpochMilli(), 2007));
        }
    }

    @Test
    void anAnswerThatComesLongAfterTheBoundaryIsStampedWithItsOwnInstant() throws InterruptedException {
        clock.advance(Duration.ofSeconds(3));
        try (PollCycle poll = poll(device(1, 0))) {
            Reading reading =
                    poll.run(Instant.parse("2026-03-01T10:00:10Z")).readings().get(0);
            assertThat(((Measured) reading).atMs()).isEqualTo(clock.millis());
        }
    }

    @Test
    void aDeadDeviceIsACauseAndCostsItsNeighboursLittle() throws InterruptedException, IOException {
        try (PollCycle poll = poll(device(DEAD_UNIT, 0, 40, 80), device(1, 0))) {
            List<Integer> asked = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                int before = deadRequests();
                long start = System.nanoTime();
                List<Reading> readings = poll.run(
                                Instant.parse("2026-03-01T10:00:10Z").plusSeconds(10L * i))
                        .readings();
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(900));
                assertThat(readings.subList(0, 3))
                        .allSatisfy(reading ->
                                assertThat(((Missing) reading).cause()).isEqualTo(GapCause.REQUEST_TIMEOUT));
                assertThat(readings.get(3)).isInstanceOf(Measured.class);
                asked.add(deadRequests() - before);
                clock.advance(Duration.ofSeconds(10));
            }
            // one request per attempt although three are due; pauses of 1, 2, 4, 6 intervals
            assertThat(asked).containsExactly(1, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0);
        }
        assertThat(Files.readString(directory.resolve("ingest.log")))
                .contains("ERROR ERR REGISTER_READ_FAILURE cause=REQUEST_TIMEOUT device=d9 unit=9 register=0x0000");
    }

    @Test
    void aSilentDeviceIsAskedAtEveryQuarterHourWhateverItsPause() throws InterruptedException {
        try (PollCycle poll = poll(device(DEAD_UNIT, 0))) {
            Instant boundary = Instant.parse("2026-03-01T10:13:00Z");
            for (int i = 0; i < 12; i++) {
                poll.run(boundary.plusSeconds(10L * i));
            }
            int before = deadRequests();
            poll.run(Instant.parse("2026-03-01T10:15:00Z"));
            assertThat(deadRequests()).isEqualTo(before + 1);
        }
    }

    @Test
    void aRefusedAddressCostsOnlyItsOwnChannelAndTheSplitIsLearnt() throws InterruptedException {
        try (PollCycle poll = poll(device(1, 86, 88, 90, 92))) {
            List<Reading> first =
                    poll.run(Instant.parse("2026-03-01T10:00:10Z")).readings();
            assertThat(first)
                    .filteredOn(Missing.class::isInstance)
                    .singleElement()
                    .satisfies(reading -> {
                        assertThat(reading.channel()).isEqualTo("s.d1.90");
                        assertThat(((Missing) reading).cause()).isEqualTo(GapCause.ILLEGAL_ADDRESS);
                    });
            int before = plant.requests().size();
            poll.run(Instant.parse("2026-03-01T10:00:20Z"));
            assertThat(plant.requests().size() - before).isEqualTo(3); // 86+88, 90, 92
        }
    }

    @Test
    void aDeviceThatRefusesAltogetherForAWhileIsReadInWholeRequestsAgainAfterwards() throws InterruptedException {
        try (PollCycle poll = poll(device(REFUSING_UNIT, 0, 1, 2, 3))) {
            poll.run(Instant.parse("2026-03-01T10:00:10Z"));
            int before = plant.requests().size();
            poll.run(Instant.parse("2026-03-01T10:00:20Z"));
            assertThat(plant.requests().size() - before)
                    .as("not taken apart each time")
                    .isEqualTo(1);
            refusing = false;
            assertThat(poll.run(Instant.parse("2026-03-01T10:00:30Z")).readings())
                    .allMatch(Measured.class::isInstance);
            assertThat(plant.requests().size() - before).isEqualTo(2);
        }
    }

    @Test
    void aDeviceWithOneWrongAddressComesBackFromSilenceWithoutAPause() throws InterruptedException {
        try (PollCycle poll = poll(device(1, 88, 90))) {
            poll.run(Instant.parse("2026-03-01T10:00:10Z"));
            silent = true;
            poll.run(Instant.parse("2026-03-01T10:00:20Z"));
            silent = false;
            for (int second = 30; second < 60; second += 10) {
                assertThat(poll.run(Instant.parse("2026-03-01T10:00:" + second + "Z"))
                                .readings()
                                .get(0))
                        .isInstanceOf(Measured.class);
            }
        }
    }

    @Test
    void aPlantThatIsAwayIsLoggedOnceAndReadAgainAsSoonAsItIsBack() throws InterruptedException, IOException {
        plant.close();
        try (PollCycle poll = poll(device(1, 0), device(2, 0))) {
            for (int i = 0; i < 3; i++) {
                assertThat(poll.run(Instant.parse("2026-03-01T10:00:10Z").plusSeconds(10L * i))
                                .readings())
                        .allSatisfy(r -> assertThat(((Missing) r).cause()).isEqualTo(GapCause.CONNECTION_REFUSED));
            }
            openPlant();
            assertThat(poll.run(Instant.parse("2026-03-01T10:00:40Z")).readings())
                    .allMatch(Measured.class::isInstance);
        }
        assertThat(Files.readString(directory.resolve("ingest.log")))
                .contains("ERROR ERR CONNECTION_REFUSED endpoint=127.0.0.1:" + PORT + " bus=plant attempt=1");
    }

    @Test
    void whatIsMissingIsMissingInTheColumnAndHasASignedGapWithItsCause() throws InterruptedException {
        try (PollCycle poll = poll(device(1, 0), device(DEAD_UNIT, 0))) {
            Instant boundary = Instant.parse("2026-03-01T10:00:10Z");
            Batch.Builder batch = Batch.newBuilder();
            Stamper.write(poll.run(boundary), boundary.plusSeconds(10), batch);
            assertThat(batch.getAxesList()).hasSize(1);
            assertThat(batch.getColumns(0).getFirstCount()).isEqualTo(1000);
            assertThat(batch.getColumns(1).getMissingList()).containsExactly(0);
            Gap gap = batch.getGaps(0);
            assertThat(gap.getChannel()).isEqualTo("s.d9.0");
            assertThat(gap.getFromMs()).isEqualTo(boundary.toEpochMilli());
            assertThat(gap.getToMs()).isEqualTo(boundary.toEpochMilli() + 10_000);
            assertThat(gap.getCause()).isEqualTo(GapCause.REQUEST_TIMEOUT);
        }
    }

    @Test
    void aSentinelIsNotImplementedAndNotAReading() throws InterruptedException {
        Register sentinel =
                new Register("s.d1.x", Area.HOLDING, 5, RegisterType.UINT16, WordOrder.BIG, OptionalLong.of(1005));
        try (PollCycle poll = poll(new Device("d1", 1, List.of(sentinel)))) {
            Reading reading =
                    poll.run(Instant.parse("2026-03-01T10:00:10Z")).readings().get(0);
            assertThat(((Missing) reading).cause()).isEqualTo(GapCause.NOT_IMPLEMENTED);
        }
    }

    private int deadRequests() {
        return (int) plant.requests().stream().filter(r -> r[6] == DEAD_UNIT).count();
    }

    private static Device device(int unit, int... addresses) {
        List<Register> registers = new ArrayList<>();
        for (int address : addresses) {
            registers.add(new Register(
                    "s.d" + unit + "." + address,
                    Area.HOLDING,
                    address,
                    RegisterType.UINT16,
                    WordOrder.BIG,
                    OptionalLong.empty()));
        }
        return new Device("d" + unit, unit, registers);
    }

    private PollCycle poll(Device... devices) {
        Bus bus = new Bus("plant", Transport.TCP, "127.0.0.1", PORT, SerialLine.NONE, 4, List.of(devices));
        PollPlan plan = new PollPlan(
                "t", "s", Duration.ofSeconds(10), Duration.ofMillis(200), Duration.ofSeconds(1), List.of(bus));
        return new PollCycle(plan, 2, clock, journal.ingest());
    }
}
