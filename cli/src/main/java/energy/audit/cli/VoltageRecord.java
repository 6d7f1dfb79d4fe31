package energy.audit.cli;

import energy.audit.analysis.powerquality.ComtradeConfiguration;
import energy.audit.analysis.powerquality.ComtradeRecord;
import energy.audit.analysis.powerquality.RmsSeries;
import energy.audit.analysis.powerquality.UnreadableRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * RMS voltages of the phases of a record.
 *
 * @param start what second 0 of the phases is on the recorder's clock; empty where times are bare seconds
 */
record VoltageRecord(List<RmsSeries> phases, double nominal, double frequency, Optional<LocalDateTime> start) {
    /** A channel below this share of the highest is a neutral, not a phase. */
    private static final double NEUTRAL = 0.2;

    static VoltageRecord ofComtrade(
            Path file, Optional<Double> nominal, Optional<Double> frequency, Consumer<String> notes) {
        try {
            ComtradeConfiguration configuration =
                    ComtradeConfiguration.parse(new String(bytes(file), StandardCharsets.ISO_8859_1));
            List<RmsSeries> phases =
                    ComtradeRecord.of(configuration, bytes(data(file))).voltages();
            if (phases.stream().allMatch(phase -> phase.volts().length == 0)) {
                throw Refused.input(
                        file.toString(),
                        phases.isEmpty()
                                ? "has no voltage channel (unit V or kV)"
                                : "is shorter than one cycle, so it has no RMS voltage",
                        "Its channels are: "
                                + String.join(
                                        ", ",
                                        configuration.analogs().stream()
                                                .map(a -> a.name() + " in " + a.unit())
                                                .toList())
                                + ".");
            }
            double highest =
                    phases.stream().mapToDouble(VoltageRecord::first).max().orElseThrow();
            List<RmsSeries> live = phases.stream()
                    .filter(phase -> first(phase) >= NEUTRAL * highest)
                    .toList();
            double reference = nominal.orElseGet(() -> {
                double found =
                        median(live.stream().mapToDouble(VoltageRecord::first).toArray());
                notes.accept("note: --nominal is not given; " + found + " V are taken from the first cycle of " + file);
                return found;
            });
            return new VoltageRecord(
                    nominal.isPresent() ? phases : live,
                    reference,
                    frequency.orElse(configuration.frequency()),
                    Optional.of(configuration.start()));
        } catch (UnreadableRecord e) {
            throw Refused.input(file.toString(), e.reason(), "Check that .cfg and .dat belong together.");
        }
    }

    private static double first(RmsSeries phase) {
        return phase.volts().length == 0 ? 0 : phase.volts()[0];
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static Path data(Path configuration) {
        String name = configuration.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        Path lower = configuration.resolveSibling(stem + ".dat");
        return Files.exists(lower) ? lower : configuration.resolveSibling(stem + ".DAT");
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw Refused.input(
                    file.toString(), "cannot be read: " + e, "A COMTRADE record is a .cfg with its .dat beside it.");
        }
    }

    static VoltageRecord ofRms(Path file, double nominal, double frequency) {
        Csv csv = Csv.read(file);
        if (csv.header().size() < 2 || csv.rows().isEmpty()) {
            throw Refused.input(
                    file.toString(),
                    "has no voltages",
                    "Give a header like time,L1,L2,L3 and a row for each half cycle.");
        }
        boolean bare = isNumber(csv.rows().get(0).cells().get(0));
        LocalDateTime start = bare ? LocalDateTime.MIN : moment(csv, 0);
        double[] seconds = new double[csv.rows().size()];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = bare
                    ? number(csv, i, 0)
                    : Duration.between(start, moment(csv, i)).toNanos() / 1e9;
            if (i > 0 && !(seconds[i] > seconds[i - 1])) {
                throw Refused.input(
                        where(csv, i, 0), "the time is not after that of the row before", "Sort the rows by time.");
            }
        }
        List<RmsSeries> phases = new ArrayList<>();
        for (int column = 1; column < csv.header().size(); column++) {
            double[] volts = new double[seconds.length];
            for (int i = 0; i < volts.length; i++) {
                volts[i] = number(csv, i, column);
            }
            phases.add(new RmsSeries(csv.header().get(column), seconds, volts));
        }
        return new VoltageRecord(phases, nominal, frequency, bare ? Optional.empty() : Optional.of(start));
    }

    private static boolean isNumber(String cell) {
        return cell.trim().matches("[-+]?\\d*\\.?\\d+([eE][-+]?\\d+)?");
    }

    private static double number(Csv csv, int row, int column) {
        String cell = csv.rows().get(row).cells().get(column).trim();
        if (!isNumber(cell)) {
            throw Refused.input(where(csv, row, column), "'" + cell + "' is no number", "Write digits with a point.");
        }
        return Double.parseDouble(cell);
    }

    private static LocalDateTime moment(Csv csv, int row) {
        String cell = csv.rows().get(row).cells().get(0);
        return Moment.of(cell)
                .orElseThrow(() -> Refused.input(
                        where(csv, row, 0),
                        "'" + cell.trim() + "' is neither seconds nor ISO 8601 time",
                        "Write 0.01."))
                .start();
    }

    private static String where(Csv csv, int row, int column) {
        return csv.file() + ", row " + csv.rows().get(row).line() + ", column "
                + csv.header().get(column);
    }

    /** On the recorder's clock, to the microsecond; bare seconds where it has none. */
    String time(double seconds) {
        return start.map(at -> at.plusNanos(Math.round(seconds * 1e6) * 1000).toString())
                .orElseGet(() -> Double.toString(seconds));
    }
}
