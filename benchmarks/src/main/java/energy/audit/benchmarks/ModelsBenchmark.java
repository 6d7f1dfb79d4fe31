package energy.audit.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import energy.audit.analysis.register.Boundaries;
import energy.audit.analysis.register.Consumption;
import energy.audit.analysis.register.RegisterProfile;
import energy.audit.analysis.register.RegisterTimeline;
import energy.audit.analysis.regression.Coefficient;
import energy.audit.analysis.regression.LinearFit;
import energy.audit.analysis.regression.Series;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Regressions over a year of hours beside numpy, and a year of quarter hours from raw registers; one core each. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description =
                "Models of 8,760 hours and 4 variables beside numpy on the same data; a year of quarter hours from "
                        + "raw registers for many channels. One core each.",
        footer = {"", "Example: ./energy-audit bench models --models 1000 --channels 1000"})
final class ModelsBenchmark implements Callable<Integer> {
    private static final int ROWS = 8760;
    private static final int VARIABLES = 4;
    private static final double SAME = 1e-8;
    private static final long MODULUS = 1L << 32;

    @Option(names = "--models", defaultValue = "1000", description = "Models fitted (default ${DEFAULT-VALUE}).")
    int models;

    @Option(names = "--channels", defaultValue = "1000", description = "Channels of a year (default ${DEFAULT-VALUE}).")
    int channels;

    @Option(
            names = "--sets",
            defaultValue = "20",
            description = "Different data sets, fitted in turn (default ${DEFAULT-VALUE}).")
    int sets;

    private final Random random = new Random(8760);

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<List<Series>> data = new ArrayList<>();
        for (int i = 0; i < sets; i++) {
            data.add(year());
        }
        List<LinearFit> fits = new ArrayList<>();
        for (List<Series> set : data) {
            fits.add(fit(set));
        }
        double sum = 0;
        double others = 0;
        long start = System.nanoTime();
        for (int i = -models; i < models; i++) { // both sides fit everything once before the clock starts
            if (i == 0) {
                start = System.nanoTime();
                sum = 0;
                others = 0;
            }
            LinearFit fit = fit(data.get(Math.floorMod(i, sets)));
            sum += fit.rSquared();
            others += fit.leverage()[0] + fit.durbinWatson() + fit.autocorrelationLag1();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "models      %d of %d rows x %d variables, all statistics, doubled precision: %.1f s, %.1f a second (mean R² %.4f, check %.6f)%n",
                models,
                ROWS,
                VARIABLES,
                seconds,
                models / seconds,
                sum / models,
                others / models);
        Registers registers = Registers.random(sets, random);
        Optional<JsonNode> numpy = numpy(data, registers);
        boolean same = numpy.isEmpty() || report(numpy.get(), fits, seconds);
        return registers(registers, numpy) && same ? 0 : 1;
    }

    /** @param counts a year of quarter hours for each channel, with a rollover */
    private record Registers(List<Instant> boundaries, long[] at, long[][] counts) {
        static Registers random(int sets, Random random) {
            List<Instant> boundaries = Boundaries.of(
                    Instant.parse("2025-01-01T00:00:00Z"),
                    Instant.parse("2026-01-01T00:00:00Z"),
                    Boundaries.Step.QUARTER_HOUR,
                    ZoneOffset.UTC);
            long[] at = boundaries.stream().mapToLong(Instant::toEpochMilli).toArray();
            long[][] counts = new long[sets][at.length];
            for (long[] channel : counts) {
                long count = MODULUS - 1 - random.nextInt(1 << 20);
                for (int i = 0; i < channel.length; i++) {
                    count = (count + random.nextInt(400)) % MODULUS;
                    channel[i] = count;
                }
            }
            return new Registers(boundaries, at, counts);
        }
    }

    private boolean report(JsonNode numpy, List<LinearFit> fits, double seconds) {
        double theirs = numpy.path("seconds").asDouble();
        double apart = 0;
        for (int i = 0; i < fits.size(); i++) {
            List<Coefficient> all =
                    new ArrayList<>(List.of(fits.get(i).intercept().orElseThrow()));
            all.addAll(fits.get(i).slopes());
            for (int j = 0; j < all.size(); j++) {
                double other = numpy.path("coefficients").path(i).path(j).asDouble();
                apart = Math.max(apart, Math.abs(all.get(j).estimate() / other - 1));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "numpy %s  the same data and statistics (no p, no VIF), double precision: %.1f s, %.1f a second%n"
                        + "ratio       ours : numpy = %.3f; coefficients differ by %.1e at most%n",
                numpy.path("numpy").asText(),
                theirs,
                models / theirs,
                theirs / seconds,
                apart);
        if (apart > SAME) {
            System.err.println("the coefficients differ by more than " + SAME + ": one of the two is wrong");
        }
        return apart <= SAME;
    }

    /** Energy and four variables of the size they have in a plant, with noise. */
    private List<Series> year() {
        double[][] columns = new double[VARIABLES + 1][ROWS];
        for (int i = 0; i < ROWS; i++) {
            columns[1][i] = 12 + 10 * Math.sin(2 * Math.PI * i / ROWS) + 3 * random.nextGaussian();
            columns[2][i] = Math.max(0, 18 - columns[1][i]);
            columns[3][i] = 40 * random.nextDouble();
            columns[4][i] = 1000 + 300 * random.nextGaussian();
            columns[0][i] = 120
                    + 0.8 * columns[1][i]
                    + 6 * columns[2][i]
                    + 11 * columns[3][i]
                    + 0.05 * columns[4][i]
                    + 25 * random.nextGaussian();
        }
        List<Series> year = new ArrayList<>();
        for (int j = 0; j <= VARIABLES; j++) {
            year.add(Series.of("column " + j, columns[j]));
        }
        return year;
    }

    private static LinearFit fit(List<Series> set) {
        return LinearFit.of(set.get(0), set.subList(1, set.size()), true);
    }

    private Optional<JsonNode> numpy(List<List<Series>> data, Registers registers)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("energy-audit-models");
        Path file = folder.resolve("data");
        Path script = folder.resolve("models.py");
        try {
            try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
                for (List<Series> set : data) {
                    for (Series column : set) {
                        for (double value : column.values()) {
                            out.writeDouble(value);
                        }
                    }
                }
                out.writeLong(registers.at().length);
                for (int i = 0; i < 2; i++) {
                    for (long at : registers.at()) {
                        out.writeLong(at);
                    }
                }
                for (long[] channel : registers.counts()) {
                    for (long count : channel) {
                        out.writeLong(count);
                    }
                }
            }
            try (InputStream in = Objects.requireNonNull(ModelsBenchmark.class.getResourceAsStream("models.py"))) {
                Files.copy(in, script);
            }
            return run(script, file);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(script);
            Files.deleteIfExists(folder);
        }
    }

    private Optional<JsonNode> run(Path script, Path file) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                "python3",
                script.toString(),
                file.toString(),
                "" + sets,
                "" + ROWS,
                "" + VARIABLES,
                "" + models,
                "" + channels);
        for (String threads : List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")) {
            builder.environment().put(threads, "1");
        }
        try {
            Process process = builder.redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() == 0) {
                return Optional.of(new ObjectMapper().readTree(said));
            }
            System.err.println("no comparison: python3 said: " + said.strip());
        } catch (IOException e) {
            System.err.println("no comparison: python3 could not be run: " + e.getMessage());
        }
        System.err.println("Install Python with numpy (Debian: apt-get install python3-numpy) and measure again.");
        return Optional.empty();
    }

    private boolean registers(Registers registers, Optional<JsonNode> numpy) {
        RegisterProfile profile = RegisterProfile.of(MODULUS, 4000);
        long[] totals = new long[sets];
        long intervals = 0;
        long start = System.nanoTime();
        for (int i = -channels / 2; i < channels; i++) {
            if (i == 0) {
                start = System.nanoTime();
                intervals = 0;
            }
            int channel = Math.floorMod(i, sets);
            Consumption year = RegisterTimeline.of(
                            profile, registers.at(), registers.counts()[channel], List.of())
                    .over(registers.boundaries());
            intervals += year.intervals().size();
            totals[channel] = year.total().orElseThrow();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "registers   %d channels x a year of quarter hours, each with a rollover: %d intervals in %.1f s, %.0f a second%n",
                channels,
                intervals,
                seconds,
                intervals / seconds);
        if (numpy.isEmpty()) {
            return true;
        }
        double theirs = numpy.get().path("registerSeconds").asDouble();
        System.out.printf(
                Locale.ROOT,
                "numpy       the same totals (no events, coverage or interpolation): %.1f s, %.0f a second%n"
                        + "ratio       ours : numpy = %.3f%n",
                theirs,
                intervals / theirs,
                theirs / seconds);
        for (int i = 0; i < sets; i++) {
            if (numpy.get().path("totals").path(i).asLong() != totals[i]) {
                System.err.println("channel " + i + ": our total is " + totals[i] + ", numpy's "
                        + numpy.get().path("totals").path(i) + ": one of the two is wrong");
                return false;
            }
        }
        return true;
    }
}
