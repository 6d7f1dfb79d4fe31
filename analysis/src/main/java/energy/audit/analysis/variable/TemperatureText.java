package energy.audit.analysis.variable;

import energy.audit.analysis.table.BadRows;
import energy.audit.analysis.table.BadTable;
import energy.audit.analysis.table.RowFault;
import energy.audit.analysis.table.TableRow;
import energy.audit.analysis.table.TableText;
import energy.audit.analysis.table.TimeText;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Temperatures as weather services hand them out: {@code timestamp,temperature} with means of an hour, or
 * {@code date,temperature} with means of a day of the site; degC. An empty temperature takes a value back.
 */
public final class TemperatureText {
    public static final int MOST_ROWS = 100_000;

    /** Lowest and highest air temperature at the ground that anybody has measured lie inside (WMO: -89.2, 56.7 degC). */
    private static final BigDecimal LOWEST = BigDecimal.valueOf(-90);

    private static final BigDecimal HIGHEST = BigDecimal.valueOf(60);

    private TemperatureText() {}

    /** What a timestamp says of its hour. Services differ: ten-minute values of the German one stamp the end. */
    public enum Stamp {
        START,
        END;

        /** @throws IllegalArgumentException for another word */
        public static Stamp of(String text) {
            return switch (text) {
                case "start" -> START;
                case "end" -> END;
                default -> throw new IllegalArgumentException("'" + text + "' is neither start nor end");
            };
        }

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param line of the text, the head being 1 @param degrees degC; empty: taken back */
    public record Row(int line, Instant from, Instant to, Optional<BigDecimal> degrees) {}

    /**
     * @param zone of times without an offset, and of days
     * @throws BadRows naming every row that cannot be read
     */
    public static List<Row> read(String csv, ZoneId zone, Stamp stamp) throws BadRows {
        List<TableRow> table;
        boolean daily = csv.lines()
                .findFirst()
                .map(head -> List.of(
                                head.replace("\ufeff", "").replace("\"", "").split("\\s*,\\s*"))
                        .contains("date"))
                .orElse(false);
        String time = daily ? "date" : "timestamp";
        try {
            table = TableText.read(csv, List.of(time, "temperature"), MOST_ROWS);
        } catch (BadTable e) {
            throw new BadRows(List.of(new RowFault(e.line(), e.column(), e.why())));
        }
        List<Row> rows = new ArrayList<>();
        List<RowFault> faults = new ArrayList<>();
        for (TableRow row : table) {
            Optional<String> notMeasured = fault(row.text("temperature"));
            notMeasured.ifPresent(why -> faults.add(new RowFault(row.line(), "temperature", why)));
            try {
                Row read = daily ? day(row, zone) : hour(row, zone, stamp);
                if (notMeasured.isEmpty()) {
                    rows.add(new Row(row.line(), read.from(), read.to(), degrees(row)));
                }
            } catch (IllegalArgumentException e) {
                faults.add(new RowFault(row.line(), time, String.valueOf(e.getMessage())));
            }
        }
        if (!faults.isEmpty()) {
            throw new BadRows(faults);
        }
        return rows;
    }

    /** Why a text is no temperature; an empty text takes a value back. */
    public static Optional<String> fault(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.matches("[+-]?\\d{1,3}(\\.\\d{1,15})?")) {
            return Optional.of("'" + text + "' is no decimal number with a point; leave it empty where there is none");
        }
        BigDecimal degrees = new BigDecimal(text);
        return degrees.compareTo(LOWEST) < 0 || degrees.compareTo(HIGHEST) > 0
                ? Optional.of("'" + text + "' lies outside -90 to 60 degrees Celsius; is it Fahrenheit, or a mark for a"
                        + " missing value?")
                : Optional.empty();
    }

    private static Optional<BigDecimal> degrees(TableRow row) {
        String text = row.text("temperature");
        return text.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(text));
    }

    private static Row day(TableRow row, ZoneId zone) {
        LocalDate day = TimeText.day(row.text("date"));
        return new Row(
                row.line(),
                day.atStartOfDay(zone).toInstant(),
                day.plusDays(1).atStartOfDay(zone).toInstant(),
                Optional.empty());
    }

    private static Row hour(TableRow row, ZoneId zone, Stamp stamp) {
        Instant at = TimeText.instant(row.text("timestamp"), zone);
        Duration hour = Duration.ofHours(1);
        return stamp == Stamp.START
                ? new Row(row.line(), at, at.plus(hour), Optional.empty())
                : new Row(row.line(), at.minus(hour), at, Optional.empty());
    }
}
