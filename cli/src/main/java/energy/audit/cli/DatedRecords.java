package energy.audit.cli;

import energy.audit.analysis.performance.CusumCourse;
import energy.audit.analysis.performance.NonRoutineAdjustment;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What happened at a plant, from CSV files: events, and adjustments for changed static factors. */
final class DatedRecords {
    private DatedRecords() {}

    /** Columns {@code date,event}. */
    static List<CusumCourse.Event> events(Path file) {
        Csv csv = Csv.read(file);
        int date = csv.column("date");
        int event = csv.column("event");
        List<CusumCourse.Event> events = new ArrayList<>();
        for (Csv.Row row : csv.rows()) {
            events.add(new CusumCourse.Event(
                    moment(csv, row, date).start(), row.cells().get(event).trim()));
        }
        return events;
    }

    /**
     * Columns {@code static factor,before,after,from,until,energy,method,evidence,proposed by,approved by}.
     *
     * @param unit that the energies are in, for the error
     */
    static List<NonRoutineAdjustment> adjustments(Path file, String unit) {
        Csv csv = Csv.read(file);
        List<NonRoutineAdjustment> adjustments = new ArrayList<>();
        for (Csv.Row row : csv.rows()) {
            try {
                adjustments.add(new NonRoutineAdjustment(
                        text(csv, row, "static factor"),
                        text(csv, row, "before"),
                        text(csv, row, "after"),
                        day(csv, row, "from"),
                        day(csv, row, "until"),
                        energy(csv, row, unit),
                        text(csv, row, "method"),
                        text(csv, row, "evidence"),
                        text(csv, row, "proposed by"),
                        text(csv, row, "approved by")));
            } catch (IllegalArgumentException e) {
                throw Refused.input(file + ", row " + row.line(), String.valueOf(e.getMessage()), "Correct the row.");
            }
        }
        return adjustments;
    }

    private static String text(Csv csv, Csv.Row row, String column) {
        return row.cells().get(csv.column(column)).trim();
    }

    private static LocalDate day(Csv csv, Csv.Row row, String column) {
        return moment(csv, row, csv.column(column)).start().toLocalDate();
    }

    private static double energy(Csv csv, Csv.Row row, String unit) {
        String text = text(csv, row, "energy");
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw Refused.input(
                    csv.file() + ", row " + row.line() + ", column energy",
                    "'" + text + "' is no number",
                    "Write the " + unit + " that the baseline would have needed more, with a decimal point.");
        }
    }

    private static Moment moment(Csv csv, Csv.Row row, int column) {
        String text = row.cells().get(column);
        return Moment.of(text)
                .orElseThrow(() -> Refused.input(
                        csv.file() + ", row " + row.line() + ", column "
                                + csv.header().get(column),
                        "'" + text.trim() + "' is no ISO 8601 date",
                        "Write 2026-03-31 or 2026-03-31T14:00."));
    }
}
