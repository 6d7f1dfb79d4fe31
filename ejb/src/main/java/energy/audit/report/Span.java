package energy.audit.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * A month of the site's calendar, cut to the period of the report.
 *
 * @param from first instant
 * @param to end, exclusive
 * @param month the calendar month it lies in
 * @param whole whether it is the whole month
 */
record Span(Instant from, Instant to, YearMonth month, boolean whole) {

    /** The months between two local days, both included; the first and the last may be cut. */
    static List<Span> months(LocalDate first, LocalDate last, ZoneId zone) {
        List<Span> spans = new ArrayList<>();
        LocalDate end = last.plusDays(1);
        for (LocalDate start = first; start.isBefore(end); ) {
            LocalDate nextMonth = start.withDayOfMonth(1).plusMonths(1);
            LocalDate stop = nextMonth.isBefore(end) ? nextMonth : end;
            boolean whole = start.getDayOfMonth() == 1 && stop.equals(nextMonth);
            spans.add(new Span(
                    start.atStartOfDay(zone).toInstant(),
                    stop.atStartOfDay(zone).toInstant(),
                    YearMonth.from(start),
                    whole));
            start = stop;
        }
        return List.copyOf(spans);
    }
}
