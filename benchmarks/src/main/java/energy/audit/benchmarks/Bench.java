package energy.audit.benchmarks;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry of {@code ./energy-audit bench}. */
@Command(
        name = "bench",
        description = "Benchmarks. Each starts what it needs, measures, and stops it again.",
        mixinStandardHelpOptions = true,
        subcommands = {
            IngestBenchmark.class,
            PollingBenchmark.class,
            ModbusBenchmark.class,
            ModelsBenchmark.class,
            ReportBenchmark.class
        },
        footer = {"", "Example: ./energy-audit bench ingest"})
public final class Bench implements Runnable {
    public static void main(String[] arguments) {
        System.exit(
                new CommandLine(new Bench()).setExitCodeExceptionMapper(e -> 1).execute(arguments));
    }

    @Override
    public void run() {
        System.out.println("ingest   readings a second through the whole door, beside a plain COPY of the same rows");
        System.out.println("report   heap and time of a signed report over a year of 50 meters");
        System.out.println("polling  5,000 points a second from 100 simulated devices on one core");
        System.out.println("modbus   the agent's polling beside a plain libmodbus loop on the same devices");
        System.out.println(
                "models   regressions and register intervals a second, beside numpy on the same data, one core each");
    }
}
