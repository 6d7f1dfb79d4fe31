package energy.audit.cli;

import energy.audit.analysis.performance.PeriodData;
import energy.audit.analysis.regression.Series;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A CSV of energy and relevant variables, one row for each interval. */
final class EnergyTable {
    private static final Set<String> TIME_NAMES =
            Set.of("timestamp", "date", "time", "datetime", "start", "month", "day", "period", "year", "interval");

    private final Csv csv;
    private final Optional<Integer> timeColumn;
    private final Consumer<String> warnings;

    private EnergyTable(Csv csv, Optional<Integer> timeColumn, Consumer<String> warnings) {
        this.csv = csv;
        this.timeColumn = timeColumn;
        this.warnings = warnings;
    }

    private record Dated(Optional<LocalDateTime> at, Csv.Row row) {}

    /** @param dateColumn where the times are; without one a column of a usual name, or the first that holds dates */
    static EnergyTable read(Path file, Optional<String> dateColumn, Consumer<String> warnings) {
        Csv csv = Csv.read(file);
        if (csv.rows().isEmpty()) {
            throw Refused.input(file.toString(), "has column names and no rows", "Give one row for each interval.");
        }
        return new EnergyTable(csv, dateColumn.map(csv::column).or(() -> timeColumn(csv)), warnings);
    }

    private static Optional<Integer> timeColumn(Csv csv) {
        List<String> first = csv.rows().get(0).cells();
        for (int i = 0; i < csv.header().size(); i++) {
            String name = csv.header().get(i).toLowerCase(Locale.ROOT);
            if (TIME_NAMES.contains(name) && Moment.of(first.get(i)).isPresent()) {
                return Optional.of(i);
            }
        }
        for (int i = 0; i < csv.header().size(); i++) {
            if (first.get(i).indexOf('-') > 0 && Moment.of(first.get(i)).isPresent()) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /** Energy and variables of the rows of a period, in order of time. */
    PeriodData in(Optional<Period> period, String energy, List<String> variables) {
        List<Csv.Row> rows = rows(period);
        Series measured = column(rows, energy);
        List<Series> columns = new ArrayList<>();
        for (String variable : variables) {
            columns.add(column(rows, variable));
        }
        return new PeriodData(measured, columns);
    }

    /** The starts of the rows of a period, in order of time. */
    List<LocalDateTime> starts(Period period) {
        return rows(Optional.of(period)).stream()
                .map(row -> time(row, timeColumn.orElseThrow()))
                .toList();
    }

    /** Columns of all rows. */
    List<Series> columns(List<String> names) {
        List<Series> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(column(csv.rows(), name));
        }
        return columns;
    }

    private List<Csv.Row> rows(Optional<Period> period) {
        if (timeColumn.isEmpty()) {
            if (period.isPresent()) {
                throw Refused.input(
                        csv.file().toString(),
                        "has no column of dates, so " + period.get().written() + " cannot be cut out of it",
                        "Add a column 'date', or name the column with --date-column. Its columns are: "
                                + String.join(", ", csv.header()) + ".");
            }
            return csv.rows();
        }
        List<Dated> dated = new ArrayList<>();
        for (Csv.Row row : csv.rows()) {
            LocalDateTime at = time(row, timeColumn.get());
            if (period.isEmpty() || period.get().has(at)) {
                dated.add(new Dated(Optional.of(at), row));
            }
        }
        if (dated.isEmpty()) {
            throw Refused.input(
                    csv.file().toString(),
                    "has no row in " + period.map(Period::written).orElse("the file"),
                    "Its column '" + csv.header().get(timeColumn.get()) + "' goes from " + cell(0) + " to "
                            + cell(csv.rows().size() - 1) + ".");
        }
        dated.sort(Comparator.comparing(d -> d.at().orElseThrow()));
        warnOfRepeats(dated);
        return dated.stream().map(Dated::row).toList();
    }

    private void warnOfRepeats(List<Dated> dated) {
        for (int i = 1; i < dated.size(); i++) {
            if (dated.get(i).at().equals(dated.get(i - 1).at())) {
                warnings.accept(csv.file() + ": rows " + dated.get(i - 1).row().line() + " and "
                        + dated.get(i).row().line() + " have the same time; both are counted.");
                return;
            }
        }
    }

    private String cell(int row) {
        return csv.rows().get(row).cells().get(timeColumn.orElseThrow()).trim();
    }

    private LocalDateTime time(Csv.Row row, int column) {
        String text = row.cells().get(column);
        return Moment.of(text)
                .orElseThrow(() -> Refused.input(
                        where(row, column),
                        "'" + text.trim() + "' is no ISO 8601 date",
                        "Write 2026-03-31, 2026-03 or 2026-03-31T14:00."))
                .start();
    }

    private Series column(List<Csv.Row> rows, String name) {
        int column = csv.column(name);
        List<BigDecimal> values = new ArrayList<>();
        for (Csv.Row row : rows) {
            String text = row.cells().get(column).trim();
            if (text.isEmpty()) {
                throw Refused.input(
                        where(row, column),
                        "the cell is empty",
                        "Fill it, or leave the row out; a missing value is never taken for zero.");
            }
            try {
                BigDecimal value = new BigDecimal(text);
                if (Double.isInfinite(value.doubleValue())) {
                    throw new NumberFormatException("too large");
                }
                values.add(value);
            } catch (NumberFormatException e) {
                throw Refused.input(
                        where(row, column), "'" + text + "' is no number", "Write digits with a decimal point.");
            }
        }
        return Series.ofDecimals(name.trim(), values);
    }

    private String where(Csv.Row row, int column) {
        return csv.file() + ", row " + row.line() + ", column " + csv.header().get(column);
    }
}
