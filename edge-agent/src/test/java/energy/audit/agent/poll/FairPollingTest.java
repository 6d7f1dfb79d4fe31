package energy.audit.agent.poll;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.agent.SetClock;
import energy.audit.agent.config.ModbusYaml;
import energy.audit.agent.config.PollPlan;
import energy.audit.agent.journal.Journal;
import energy.audit.agent.poll.Reading.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FairPollingTest {
    private static final int DEAD = 4;
    private static final Instant START = Instant.parse("2026-03-01T10:00:10Z");

    @TempDir
    Path directory;

    private final SetClock clock = new SetClock(START.toString());

    @Test
    void aDeadDeviceCostsItsNeighboursAtMostATenthOfTheCycle() throws Exception {
        List<Integer> asked = new ArrayList<>();
        try (Journal journal = Journal.in(directory.resolve("logs"), clock, System.err);
                RawDevice line = new RawDevice(26070, 12, (request, out, closing) -> {
                    asked.add((int) request[6]);
                    if (request[6] != DEAD) {
                        out.write(RawDevice.tcpAnswer(request, 1));
                    }
                });
                PollCycle poll = new PollCycle(plan(26070, 10, "1s", ""), 1, clock, journal.ingest())) {
            PollPlan plan = plan(26070, 10, "1s", "");
            assertThat(plan.requestTimeout()).as("the default").isEqualTo(Duration.ofMillis(100));
            int cycles = 60;
            for (int i = 0; i < cycles; i++) {
                int before = asked.size();
                List<Reading> readings = poll.run(START.plusSeconds(i)).readings();
                assertThat(readings).filteredOn(Measured.class::isInstance).hasSize(9);
                List<Integer> order = asked.subList(before, asked.size());
                assertThat(order.stream().filter(unit -> unit == DEAD).count())
                        .as("at most one timeout of a tenth of the cycle")
                        .isLessThanOrEqualTo(1);
                if (i > 0 && order.contains(DEAD)) {
                    assertThat(order.get(order.size() - 1))
                            .as("once it is known, nobody waits for it")
                            .isEqualTo(DEAD);
                }
                clock.advance(Duration.ofSeconds(1));
            }
            long spent = asked.stream().filter(unit -> unit == DEAD).count()
                    * plan.requestTimeout().toMillis();
            assertThat(spent).isLessThanOrEqualTo(cycles * 1000L / 10 / 5);
        }
    }

    @Test
    void anAnswerThatIsGarbledOnceIsAskedForAgainInTheSameCycleWhereRetriesAreGiven() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (Journal journal = Journal.in(directory.resolve("logs"), clock, System.err);
                RawDevice line = new RawDevice(26071, 12, (request, out, closing) -> {
                    if (requests.incrementAndGet() > 1) {
                        out.write(RawDevice.tcpAnswer(request, 42));
                    }
                });
                PollCycle poll =
                        new PollCycle(plan(26071, 1, "1s", "        retries: 1\n"), 1, clock, journal.ingest())) {
            assertThat(poll.run(START).readings()).singleElement().isInstanceOf(Measured.class);
            assertThat(requests).hasValue(2);
        }
    }

    @Test
    void theDevicesOfAGatewayAreSharedOutOverItsConnectionsAndComeBackInTheOrderOfTheFile() throws Exception {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        java.util.concurrent.CyclicBarrier together = new java.util.concurrent.CyclicBarrier(3);
        try (Journal journal = Journal.in(directory.resolve("logs"), clock, System.err);
                RawDevice gateway = new RawDevice(26072, 12, (request, out, closing) -> {
                    try {
                        // goes on only if three requests are under way at the same time
                        together.await(3, java.util.concurrent.TimeUnit.SECONDS);
                    } catch (java.util.concurrent.BrokenBarrierException | java.util.concurrent.TimeoutException e) {
                        return;
                    }
                    threads.add(Integer.toString(System.identityHashCode(Thread.currentThread())));
                    out.write(RawDevice.tcpAnswer(request, request[6]));
                });
                PollCycle poll =
                        new PollCycle(plan(26072, 6, "10s", "", "    connections: 3\n"), 8, clock, journal.ingest())) {
            List<Reading> readings = poll.run(START).readings();
            assertThat(readings).allMatch(Measured.class::isInstance);
            assertThat(readings)
                    .extracting(reading -> ((Measured) reading).count())
                    .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
            assertThat(threads).hasSize(3);
        }
    }

    @Test
    void thePunctualityOfTheLastCyclesIsSummedUp() {
        PollTimes times = new PollTimes();
        assertThat(times.summary().cycles()).isZero();
        for (int i = 1; i <= 2000; i++) {
            times.add(i == 2000 ? 1500 : 2, i % 100);
        }
        PollTimes.Summary summary = times.summary();
        assertThat(summary.cycles()).isEqualTo(2000);
        assertThat(summary.overruns()).isOne();
        assertThat(summary.jitterMs()).isEqualTo(new PollTimes.Spread(2, 2, 1500));
        assertThat(summary.cycleMs().max()).isEqualTo(99);
    }

    private PollPlan plan(int port, int devices, String interval, String... more) throws IOException {
        StringBuilder yaml = new StringBuilder("version: 1\ntenant: t\nsite: s\npolling-interval: " + interval
                + "\nbuses:\n  - id: plant\n    host: 127.0.0.1\n    port: " + port + "\n");
        yaml.append(more.length > 1 ? more[1] : "").append("    devices:\n");
        for (int unit = 1; unit <= devices; unit++) {
            yaml.append("      - id: d" + unit + "\n        unit: " + unit + "\n" + more[0]
                    + "        registers: [{channel: s.d" + unit + ".x, address: 0}]\n");
        }
        Path file = directory.resolve("modbus.yaml");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, yaml.toString());
        return ModbusYaml.read(file);
    }
}
