package energy.audit.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "polling",
        mixinStandardHelpOptions = true,
        description = {
            "5,000 points each second from 100 simulated devices, by the agent's polling on one core with a heap of 128 MB.",
            "With --whole by the whole agent, as its systemd unit starts it: every batch signed and fsync'd to its segments.",
            "",
            "Example: ./energy-audit bench polling --whole --seconds 30"
        })
final class PollingBenchmark implements Callable<Integer> {
    @Option(names = "--seconds", defaultValue = "30", description = "how long to measure (${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--devices", defaultValue = "100", description = "(${DEFAULT-VALUE})")
    private int devices;

    @Option(names = "--registers", defaultValue = "50", description = "of each device (${DEFAULT-VALUE})")
    private int registers;

    @Option(names = "--answer-ms", defaultValue = "20", description = "of the devices (${DEFAULT-VALUE})")
    private int answerMs;

    @Option(names = "--port", defaultValue = "27000", description = "first port of the devices (${DEFAULT-VALUE})")
    private int port;

    @Option(names = "--whole", description = "the whole agent, without a broker: all is signed and kept on the disk")
    private boolean whole;

    @Override
    public Integer call() throws IOException, InterruptedException {
        String load = Files.readString(Path.of("/proc/loadavg")).strip();
        if (whole) {
            return wholeAgent(load);
        }
        Reader.Result r;
        try (Reader.Devices simulated = Reader.Devices.start(port, devices, answerMs, 0)) {
            r = Reader.run(
                    Reader.java(List.of("-Xmx128m"), AgentLoop.class, port, devices, registers, seconds, 1000, 500));
        }
        System.out.println("load before: " + load);
        System.out.printf(
                Locale.ROOT,
                "points each cycle %d of %d%ncycles %d at 1 s%ncycle median %.1f ms, p99 %.1f ms%n"
                        + "begins late p99 %.0f ms%nprocessor %.1f %% of one core%nmemory %d MB (heap at most 128)%n",
                r.registers() / Math.max(1, r.cycles()),
                devices * registers,
                r.cycles(),
                r.medianMs(),
                r.p99Ms(),
                r.lateP99Ms(),
                100.0 * r.cpuMs() / (r.cycles() * 1000.0),
                r.memoryKb() / 1024);
        return r.registers() == r.cycles() * devices * registers && r.p99Ms() < 1000 ? 0 : 1;
    }

    private int wholeAgent(String load) throws IOException, InterruptedException {
        WholeAgent.Result r;
        try (Reader.Devices simulated = Reader.Devices.start(port, devices, answerMs, 0);
                WholeAgent agent = WholeAgent.write(port, devices, registers)) {
            r = agent.run(seconds);
        }
        System.out.println("load before: " + load);
        System.out.printf(
                Locale.ROOT,
                "batches signed and fsync'd %d in %d s (its start included), each of %d points; %d MB on the disk%n"
                        + "readings missing or late: %d%n"
                        + "cycle median %d ms, p99 %d ms, overruns %d%nbegins late p99 %d ms%n"
                        + "processor %.1f %% of one core%nmemory %d MB (%s)%n",
                r.batches(),
                seconds,
                devices * registers,
                r.keptBytes() >> 20,
                r.missing(),
                r.cycleMedianMs(),
                r.cycleP99Ms(),
                r.overruns(),
                r.lateP99Ms(),
                100.0 * r.cpuMs() / (seconds * 1000.0),
                r.memoryKb() / 1024,
                String.join(" ", WholeAgent.OPTIONS));
        return r.batches() > 0 && r.missing() == 0 && r.overruns() == 0 ? 0 : 1;
    }
}
