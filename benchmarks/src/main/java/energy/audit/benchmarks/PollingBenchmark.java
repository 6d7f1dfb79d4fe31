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
            "",
            "Example: ./energy-audit bench polling --seconds 30"
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

    @Override
    public Integer call() throws IOException, InterruptedException {
        String load = Files.readString(Path.of("/proc/loadavg")).strip();
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
}
