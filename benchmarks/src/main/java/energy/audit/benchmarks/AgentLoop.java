package energy.audit.benchmarks;

import energy.audit.agent.config.Area;
import energy.audit.agent.config.Bus;
import energy.audit.agent.config.Device;
import energy.audit.agent.config.PollPlan;
import energy.audit.agent.config.Register;
import energy.audit.agent.config.RegisterType;
import energy.audit.agent.config.WordOrder;
import energy.audit.agent.journal.Journal;
import energy.audit.agent.poll.PollCycle;
import energy.audit.agent.poll.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The agent's own polling in a process of its own. Arguments: first port, devices, registers of each, seconds, interval in
 * ms (0: one cycle after the other), request time-out in ms. Prints what {@code loop.c} prints: cycles, registers, median
 * and 99th percentile of a cycle in ms, 99th percentile of its lateness in ms, processor time in ms, most memory in kB,
 * wall time in ms.
 */
final class AgentLoop {
    private AgentLoop() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Logger.getLogger("").setLevel(Level.OFF);
        int devices = Integer.parseInt(arguments[1]);
        int registers = Integer.parseInt(arguments[2]);
        long intervalMs = Long.parseLong(arguments[4]);
        PollPlan plan = plan(
                Integer.parseInt(arguments[0]),
                devices,
                registers,
                Duration.ofMillis(Math.max(1000, intervalMs)),
                Duration.ofMillis(Long.parseLong(arguments[5])));
        Path directory = Files.createTempDirectory("agent-loop");
        Clock clock = Clock.systemUTC();
        List<Long> took = new ArrayList<>();
        List<Long> late = new ArrayList<>();
        long read = 0;
        long began;
        long ended;
        try (Journal journal = Journal.in(directory, clock, System.err);
                PollCycle poll = new PollCycle(plan, 256, clock, journal.ingest())) {
            poll.run(Instant.ofEpochMilli(clock.millis())); // connects
            began = System.nanoTime();
            long end = began + Long.parseLong(arguments[3]) * 1_000_000_000L;
            while (System.nanoTime() - end < 0) {
                long boundary = clock.millis();
                if (intervalMs > 0) {
                    boundary = (boundary / intervalMs + 1) * intervalMs;
                    while (clock.millis() < boundary) {
                        LockSupport.parkNanos((boundary - clock.millis()) * 1_000_000);
                    }
                    late.add(clock.millis() - boundary);
                }
                long start = System.nanoTime();
                read += poll.run(Instant.ofEpochMilli(boundary)).readings().stream()
                        .filter(Reading.Measured.class::isInstance)
                        .count();
                took.add((System.nanoTime() - start) / 1000);
            }
            ended = System.nanoTime();
        }
        long cpuMs =
                ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
        String memory = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .findFirst()
                .orElseThrow()
                .replaceAll("\\D", "");
        System.out.println(took.size() + " " + read + " " + at(took, 0.5) / 1000.0 + " " + at(took, 0.99) / 1000.0 + " "
                + at(late, 0.99) + " " + cpuMs + " " + memory
                + " " + (ended - began) / 1_000_000.0);
    }

    private static long at(List<Long> values, double share) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(sorted.size() * share) - 1);
    }

    private static PollPlan plan(int port, int devices, int registers, Duration interval, Duration timeout) {
        List<Bus> buses = new ArrayList<>();
        for (int d = 0; d < devices; d++) {
            List<Register> map = new ArrayList<>();
            for (int r = 0; r < registers; r++) {
                map.add(new Register(
                        "s.d" + d + ".r" + r,
                        Area.HOLDING,
                        r,
                        RegisterType.UINT16,
                        WordOrder.BIG,
                        OptionalLong.empty()));
            }
            buses.add(new Bus(
                    "b" + d,
                    Bus.Transport.TCP,
                    "127.0.0.1",
                    port + d,
                    Bus.SerialLine.NONE,
                    0,
                    List.of(new Device("d" + d, 1, map))));
        }
        return new PollPlan("t", "s", interval, timeout, Duration.ofSeconds(1), buses);
    }
}
