package energy.audit.web.consumption;

import energy.audit.analysis.register.Boundaries;
import energy.audit.consumption.Resolution;
import energy.audit.kernel.Period;
import energy.audit.kernel.Refusal;
import energy.audit.web.rest.Query;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the address of the energy page asks.
 *
 * @param from first day
 * @param to last day, included
 * @param step length of the intervals shown
 * @param source meters of this source; empty: the sources
 * @param today the day that is running at the site
 */
record EnergyQuestion(LocalDate from, LocalDate to, Resolution step, String source, LocalDate today) {
    private static final int LAST_DAYS = 7;
    private static final int QUARTER_HOURS_UP_TO_DAYS = 1;
    private static final int HOURS_UP_TO_DAYS = 4;
    private static final int DAYS_UP_TO_DAYS = 100;
    private static final int MOST_DAYS = 3_700;

    static EnergyQuestion of(HttpServletRequest request, Instant now, ZoneId zone) {
        LocalDate today = now.atZone(zone).toLocalDate();
        LocalDate to = date(request, "to", today);
        LocalDate from = date(request, "from", to.minusDays(LAST_DAYS - 1));
        if (to.isBefore(from)) {
            throw Refusal.invalid(
                    "EMPTY_PERIOD", "period " + from + " .. " + to, "its last day is before its first", "Swap them.");
        }
        if (ChronoUnit.DAYS.between(from, to) > MOST_DAYS) {
            throw Refusal.invalid(
                    "PERIOD_TOO_LONG", "period " + from + " .. " + to, "it is longer than ten years", "Shorten it.");
        }
        String step = request.getParameter("step");
        Resolution length = step == null || step.isBlank() ? fitting(from, to) : Resolution.of(step);
        String source = request.getParameter("source");
        return new EnergyQuestion(from, to, length, source == null ? "" : source, today);
    }

    /** Ends with now at the latest. */
    Period period(ZoneId zone, Instant now) {
        Instant begin = from.atStartOfDay(zone).toInstant();
        Instant end = to.plusDays(1).atStartOfDay(zone).toInstant();
        Instant known = end.isAfter(now) ? now : end;
        return Period.of(begin, known.isAfter(begin) ? known : begin.plusMillis(1));
    }

    Boundaries.Step boundaries() {
        return switch (step) {
            case QUARTER_HOUR -> Boundaries.Step.QUARTER_HOUR;
            case HOUR -> Boundaries.Step.HOUR;
            case DAY -> Boundaries.Step.DAY;
            case MONTH -> Boundaries.Step.MONTH;
        };
    }

    String query(LocalDate first, LocalDate last) {
        return "?from=" + first + "&to=" + last + (source.isEmpty() ? "" : "&source=" + source);
    }

    private static Resolution fitting(LocalDate from, LocalDate to) {
        long days = ChronoUnit.DAYS.between(from, to) + 1;
        if (days <= QUARTER_HOURS_UP_TO_DAYS) {
            return Resolution.QUARTER_HOUR;
        }
        if (days <= HOURS_UP_TO_DAYS) {
            return Resolution.HOUR;
        }
        return days <= DAYS_UP_TO_DAYS ? Resolution.DAY : Resolution.MONTH;
    }

    private static LocalDate date(HttpServletRequest request, String name, LocalDate otherwise) {
        @Nullable String text = request.getParameter(name);
        return text == null || text.isBlank() ? otherwise : Query.date(name, text);
    }
}
