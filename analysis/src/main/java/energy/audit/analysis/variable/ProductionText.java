package energy.audit.analysis.variable;

import energy.audit.analysis.table.BadRows;
import energy.audit.analysis.table.BadTable;
import energy.audit.analysis.table.RowFault;
import energy.audit.analysis.table.TableRow;
import energy.audit.analysis.table.TableText;
import energy.audit.analysis.table.TimeText;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Figures of another system, as {@code variable,unit,from,to,value}. Plain days are the site's, {@code to} included; an empty
 * value takes one back.
 */
public final class ProductionText {
    private static final List<String> COLUMNS = List.of("variable", "unit", "from", "to", "value");

    private ProductionText() {}

    /** @param line of the text, the head being 1 @param value as written; empty: taken back */
    public record Row(int line, String variable, String unit, Instant from, Instant to, Optional<String> value) {}

    /**
     * @param zone of times without an offset, and of days
     * @throws BadRows naming every row whose times cannot be read
     */
    public static List<Row> read(String csv, ZoneId zone) throws BadRows {
        List<TableRow> table;
        try {
            table = TableText.read(csv, COLUMNS, TemperatureText.MOST_ROWS);
        } catch (BadTable e) {
            throw new BadRows(List.of(new RowFault(e.line(), e.column(), e.why())));
        }
        List<Row> rows = new ArrayList<>();
        List<RowFault> faults = new ArrayList<>();
        for (TableRow row : table) {
            Optional<Instant> from = time(row, "from", zone, false, faults);
            Optional<Instant> to = time(row, "to", zone, true, faults);
            if (from.isPresent() && to.isPresent()) {
                rows.add(new Row(
                        row.line(),
                        row.text("variable"),
                        row.text("unit"),
                        from.get(),
                        to.get(),
                        Optional.of(row.text("value")).filter(text -> !text.isEmpty())));
            }
        }
        if (!faults.isEmpty()) {
            throw new BadRows(faults);
        }
        return rows;
    }

    private static Optional<Instant> time(
            TableRow row, String column, ZoneId zone, boolean afterDay, List<RowFault> faults) {
        String text = row.text(column);
        try {
            return Optional.of(
                    TimeText.isDay(text)
                            ? TimeText.day(text)
                                    .plusDays(afterDay ? 1 : 0)
                                    .atStartOfDay(zone)
                                    .toInstant()
                            : TimeText.instant(text, zone));
        } catch (IllegalArgumentException e) {
            faults.add(new RowFault(row.line(), column, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }
}
