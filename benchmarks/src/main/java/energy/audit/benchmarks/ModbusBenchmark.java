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
        name = "modbus",
        mixinStandardHelpOptions = true,
        description = {
            "The agent's polling beside a plain libmodbus loop on the same simulated devices, each on one core: registers a",
            "second, cycle times, processor, memory, with answers after 1, 20 and 200 ms, and with a tenth of the devices dead.",
            "Needs gcc and libmodbus: apt-get install gcc libmodbus-dev pkg-config",
            "",
            "Example: ./energy-audit bench modbus --seconds 10"
        })
final class ModbusBenchmark implements Callable<Integer> {
    private static final int TIMEOUT_MS = 500;

    @Option(names = "--seconds", defaultValue = "10", description = "of each measurement (${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--devices", defaultValue = "50", description = "(${DEFAULT-VALUE})")
    private int devices;

    @Option(names = "--registers", defaultValue = "50", description = "of each device (${DEFAULT-VALUE})")
    private int registers;

    @Option(names = "--port", defaultValue = "27200", description = "first port of the devices (${DEFAULT-VALUE})")
    private int port;

    private static boolean built(Path source, Path program) throws InterruptedException {
        try {
            return new ProcessBuilder(
                                    "gcc",
                                    "-O2",
                                    "-I/usr/include/modbus",
                                    "-o",
                                    program.toString(),
                                    source.toString(),
                                    "-lmodbus")
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            System.err.println("gcc cannot be run: " + e.getMessage());
            return false;
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("energy.audit.home", "."));
        Path program = Files.createTempDirectory("libmodbus-loop").resolve("loop");
        if (!built(home.resolve("benchmarks/src/main/c/loop.c"), program)) {
            System.err.println("ERR the libmodbus loop cannot be built. Install: apt-get install gcc libmodbus-dev");
            return 2;
        }
        System.out.println(
                "load before: " + Files.readString(Path.of("/proc/loadavg")).strip());
        System.out.println(devices + " devices of " + registers + " registers, time-out " + TIMEOUT_MS + " ms, "
                + seconds + " s each");
        System.out.printf(
                Locale.ROOT,
                "%-9s %-5s %-10s %12s %11s %10s %9s %8s%n",
                "answer",
                "dead",
                "program",
                "registers/s",
                "cycle ms",
                "p99 ms",
                "cpu %",
                "MB");
        for (int answerMs : new int[] {1, 20, 200}) {
            for (int dead = 0; dead <= 1; dead++) {
                try (Reader.Devices simulated = Reader.Devices.start(port, devices, answerMs, dead)) {
                    Object[] arguments = {port, devices, registers, seconds, 0, TIMEOUT_MS};
                    row(
                            answerMs,
                            dead,
                            "agent",
                            Reader.run(Reader.java(List.of("-Xmx128m"), AgentLoop.class, arguments)));
                    List<String> command = new java.util.ArrayList<>(List.of(program.toString()));
                    for (Object argument : arguments) {
                        command.add(argument.toString());
                    }
                    row(answerMs, dead, "libmodbus", Reader.run(command));
                }
            }
        }
        return 0;
    }

    private static void row(int answerMs, int dead, String program, Reader.Result r) {
        double wallMs = Math.max(1, r.wallMs());
        System.out.printf(
                Locale.ROOT,
                "%-9s %-5s %-10s %12.0f %11.1f %10.1f %9.1f %8d%n",
                answerMs + " ms",
                dead * 10 + " %",
                program,
                r.registers() * 1000.0 / wallMs,
                r.medianMs(),
                r.p99Ms(),
                100.0 * r.cpuMs() / wallMs,
                r.memoryKb() / 1024);
    }
}
