package energy.audit.web.variables;

import energy.audit.kernel.Refusal;
import energy.audit.variables.AlignedValue;
import energy.audit.web.rest.Query;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A variable over a day or month.
 *
 * @param value decimal text; null: missing, which is not zero
 * @param entries of the log that it was taken from
 */
public record AlignedJson(
        String from, String to, @Nullable String value, double coverage, boolean split, List<Long> entries) {
    private static final int MOST_STEPS = 4000;

    static AlignedJson of(AlignedValue value) {
        return new AlignedJson(
                value.period().from().toString(),
                value.period().to().toString(),
                value.value().map(each -> each.toPlainString()).orElse(null),
                value.coverage(),
                value.split(),
                value.entries());
    }

    /** Beginnings of days or months of a zone, and the end of the last. */
    static List<Instant> boundaries(@Nullable String from, @Nullable String to, @Nullable String step, ZoneId zone) {
        LocalDate first = Query.date("from", Query.needed("from", from));
        LocalDate last = Query.date("to", Query.needed("to", to));
        boolean monthly = "P1M".equals(step);
        if (step != null && !monthly && !step.equals("P1D")) {
            throw Refusal.invalid("BAD_PARAMETER", "parameter step = '" + step + "'", "it is no step", "P1D or P1M.");
        }
        List<Instant> boundaries = new ArrayList<>();
        LocalDate start = monthly ? first.withDayOfMonth(1) : first;
        for (; !start.isAfter(last) && boundaries.size() <= MOST_STEPS; start = next(start, monthly)) {
            boundaries.add(start.atStartOfDay(zone).toInstant());
        }
        if (boundaries.isEmpty() || boundaries.size() > MOST_STEPS) {
            throw Refusal.invalid(
                    "BAD_PERIODS",
                    first + " to " + last,
                    boundaries.isEmpty() ? "it ends before it begins" : "these are more than " + MOST_STEPS + " steps",
                    "Ask for other days, or for months.");
        }
        boundaries.add(start.atStartOfDay(zone).toInstant());
        return boundaries;
    }

    private static LocalDate next(LocalDate start, boolean monthly) {
        return monthly ? start.plusMonths(1) : start.plusDays(1);
    }
}
