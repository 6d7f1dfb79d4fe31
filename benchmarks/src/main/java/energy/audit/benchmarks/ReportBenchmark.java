package energy.audit.benchmarks;

import energy.audit.db.Migration;
import energy.audit.db.Roles;
import energy.audit.evidence.SigningKey;
import energy.audit.verifier.VerifyCommand;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The heap that a report takes: quarter-hour readings of many meters go through the real door into a real PostgreSQL, then
 * a program with a small heap issues the report with the backend's code, and the auditor's program judges it.
 */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Heap and time of a report over many meters, in a program with a small heap.",
        footer = {"", "Example: ./energy-audit bench report --meters 50 --days 365 --heap 256"})
final class ReportBenchmark implements Callable<Integer> {
    private static final LocalDate FIRST = LocalDate.of(2025, 1, 1);
    private static final String DATABASE = "bench";

    @Option(names = "--meters", defaultValue = "50", description = "Meters (default ${DEFAULT-VALUE}).")
    int meters;

    @Option(names = "--days", defaultValue = "365", description = "Days of quarter hours (default ${DEFAULT-VALUE}).")
    int days;

    @Option(
            names = "--heap",
            defaultValue = "256",
            description = "Most heap of the program that issues the report, MB (default ${DEFAULT-VALUE}).")
    int heapMegabytes;

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("energy-audit-bench-");
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            return measure(server, folder);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private int measure(EmbeddedPostgres server, Path folder) throws Exception {
        String url = "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + DATABASE;
        try (Connection superuser = server.getPostgresDatabase().getConnection()) {
            Roles.create(superuser, DATABASE, ReportBackend.PASSWORD, ReportBackend.PASSWORD);
        }
        Migration.migrate(url, Roles.OWNER, ReportBackend.PASSWORD);
        SigningKey logKey = SigningKey.generate(new SecureRandom());
        Path seed = folder.resolve("log-key");
        Files.writeString(seed, Base64.getEncoder().encodeToString(logKey.seed()));

        LocalDate last = FIRST.plusDays(days - 1L);
        ManyMeters plant = new ManyMeters(
                new ReportBackend(url, Roles.APPLICATION, logKey, Clock.systemUTC()),
                meters,
                SigningKey.generate(new SecureRandom()));
        long start = System.nanoTime();
        plant.open(FIRST.minusDays(1));
        long readings = plant.log(FIRST, last.plusDays(1));
        System.out.printf(
                Locale.ROOT,
                "%d meters, %d days, %,d readings through the door in %.0f s%n",
                meters,
                days,
                readings,
                (System.nanoTime() - start) / 1e9);
        boolean good = true;
        for (String format : List.of("pdf", "csv")) {
            Path file = folder.resolve("report." + (format.equals("pdf") ? "pdf" : "zip"));
            good &= issue(url, seed, format, last, file) && judged(file);
        }
        return good ? 0 : 1;
    }

    private boolean issue(String url, Path seed, String format, LocalDate last, Path file)
            throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heapMegabytes + "m",
                        "-Djava.awt.headless=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OneReport.class.getName(),
                        url,
                        Roles.APPLICATION,
                        seed.toString(),
                        format,
                        FIRST.toString(),
                        last.toString(),
                        file.toString())
                .redirectError(file.resolveSibling("errors").toFile())
                .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = child.waitFor();
        System.out.print(format + ": " + (exit == 0 ? said : "the program ended with " + exit + "\n"));
        if (exit != 0) {
            System.err.print(Files.readString(file.resolveSibling("errors")));
        }
        return exit == 0;
    }

    private static boolean judged(Path file) {
        StringWriter said = new StringWriter();
        int exit = new CommandLine(new VerifyCommand())
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(file.toString());
        System.out.println("     "
                + said.toString()
                        .lines()
                        .filter(line -> line.contains("VALID"))
                        .findFirst()
                        .orElse("the verifier ended with " + exit));
        return exit == 0;
    }
}
