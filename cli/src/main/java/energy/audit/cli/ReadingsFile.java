package energy.audit.cli;

import energy.audit.analysis.register.RegisterReading;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A CSV of register readings: {@code timestamp,register[,quality]}. Registers may have decimals; they become whole counts
 * of the smallest step in the file, so that nothing is rounded. Rows with quality bad, missing or the like, or without
 * a register, are gaps; a boundary reading of any quality but good makes its interval estimated.
 */
final class ReadingsFile {
    private static final Set<String> NO_READING =
            Set.of("bad", "missing", "invalid", "gap", "error", "fault", "rejected", "nan", "null");
    private static final Set<String> SOUND = Set.of("", "good", "ok", "valid", "measured", "actual", "0", "192");
    private static final int MOST_DECIMALS = 9;

    private final List<RegisterReading> readings;
    private final Set<Instant> doubtful;
    private final int decimals;

    private ReadingsFile(List<RegisterReading> readings, Set<Instant> doubtful, int decimals) {
        this.readings = readings;
        this.doubtful = doubtful;
        this.decimals = decimals;
    }

    private record Row(int number, Instant at, BigDecimal register, boolean sound) {}

    /** @param zone for timestamps without offset */
    static ReadingsFile read(Path file, ZoneId zone) {
        List<Row> rows = rows(file, zone);
        if (rows.isEmpty()) {
            throw Refused.input(
                    file.toString(), "has no register reading", "Give rows like 2026-01-01T00:00:00Z,1234.5");
        }
        int decimals = rows.stream()
                .mapToInt(row -> Math.max(0, row.register().scale()))
                .max()
                .orElse(0);
        List<RegisterReading> readings = new ArrayList<>();
        Set<Instant> doubtful = new HashSet<>();
        for (Row row : rows) {
            readings.add(new RegisterReading(row.at(), counts(file, row, decimals)));
            if (!row.sound()) {
                doubtful.add(row.at());
            }
        }
        readings.sort(Comparator.comparing(RegisterReading::at));
        return new ReadingsFile(readings, doubtful, decimals);
    }

    private static long counts(Path file, Row row, int decimals) {
        BigDecimal counts = row.register().movePointRight(decimals);
        if (decimals > MOST_DECIMALS || counts.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE / 2)) > 0) {
            throw Refused.input(
                    file + ", row " + row.number() + ", column register",
                    "'" + row.register() + "' beside " + decimals + " decimals elsewhere does not fit a register",
                    "Registers have at most " + MOST_DECIMALS + " decimals and 18 digits.");
        }
        return counts.longValueExact();
    }

    private static List<Row> rows(Path file, ZoneId zone) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (MalformedInputException e) {
            throw Refused.input(file.toString(), "is not UTF-8 text", "Save it as CSV in UTF-8.");
        } catch (IOException e) {
            throw Refused.input(file.toString(), "cannot be read: " + e, "Check the name.");
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replace("\ufeff", "").trim();
            boolean header = i == 0 && line.toLowerCase(java.util.Locale.ROOT).startsWith("timestamp");
            if (!line.isEmpty() && !header) {
                row(file, i + 1, line.split(",", -1), zone, rows);
            }
        }
        return rows;
    }

    private static void row(Path file, int number, String[] cells, ZoneId zone, List<Row> rows) {
        if (cells.length < 2 || cells.length > 3) {
            throw Refused.input(
                    file + ", row " + number,
                    "has " + cells.length + " columns",
                    "Write timestamp,register[,quality].");
        }
        Instant at = instant(file, number, cells[0].trim(), zone);
        String register = cells[1].trim();
        String quality = cells.length == 3 ? cells[2].trim().toLowerCase(java.util.Locale.ROOT) : "";
        if (register.isEmpty() || NO_READING.contains(quality)) {
            return;
        }
        try {
            rows.add(new Row(number, at, new BigDecimal(register), SOUND.contains(quality)));
        } catch (NumberFormatException e) {
            throw Refused.input(
                    file + ", row " + number + ", column register",
                    "'" + register + "' is no number",
                    "Write digits with a decimal point; leave it empty where there is no reading.");
        }
    }

    private static Instant instant(Path file, int number, String text, ZoneId zone) {
        try {
            return OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
        } catch (DateTimeException withoutOffset) {
            try {
                return LocalDateTime.parse(text.replace(' ', 'T')).atZone(zone).toInstant();
            } catch (DateTimeException e) {
                throw Refused.input(
                        file + ", row " + number + ", column timestamp",
                        "'" + text + "' is no ISO 8601 time",
                        "Write 2026-01-01T00:00:00Z or 2026-01-01T00:00:00 in the zone given.");
            }
        }
    }

    /** Whether a reading of that instant has a quality other than good, such as estimated. */
    boolean doubtful(Instant at) {
        return doubtful.contains(at);
    }

    List<RegisterReading> readings() {
        return readings;
    }

    /** Whole counts for a value in the register's unit. */
    long counts(BigDecimal value) {
        return value.movePointRight(decimals).longValueExact();
    }

    /** Whole counts for a limit in the register's unit, at least one. */
    long countsRoundedUp(BigDecimal value) {
        return Math.max(
                1,
                value.movePointRight(decimals)
                        .setScale(0, java.math.RoundingMode.CEILING)
                        .longValue());
    }

    /** The value of whole counts in the register's unit, exact. */
    BigDecimal value(long counts) {
        return BigDecimal.valueOf(counts, decimals);
    }

    /** The median distance between readings. */
    Duration typicalDistance() {
        long[] distances = new long[Math.max(1, readings.size() - 1)];
        for (int i = 1; i < readings.size(); i++) {
            distances[i - 1] = Duration.between(
                            readings.get(i - 1).at(), readings.get(i).at())
                    .toMillis();
        }
        Arrays.sort(distances);
        return Duration.ofMillis(distances[distances.length / 2]);
    }
}
