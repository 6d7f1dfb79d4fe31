package energy.audit.analysis.register;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Rows of interval boundaries in a site's zone. Days have 23, 24, 25 (Lord Howe: 23.5, 24.5) hours as they come. */
public final class Boundaries {
    private Boundaries() {}

    /** Lengths of intervals. */
    public enum Step {
        QUARTER_HOUR,
        HOUR,
        DAY,
        WEEK,
        MONTH,
        YEAR
    }

    /**
     * Every boundary of that step in [from, to], ascending. The first is the last boundary at or before {@code from};
     * the last is the first boundary at or after {@code to}. Quarter hours and hours follow the zone's offset as elapsed
     * time, so a repeated local hour is two intervals.
     */
    public static List<Instant> of(Instant from, Instant to, Step step, ZoneId zone) {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a period ends after it starts: " + from + " to " + to);
        }
        List<Instant> boundaries = new ArrayList<>();
        Instant boundary = floor(from, step, zone);
        boundaries.add(boundary);
        while (boundary.isBefore(to)) {
            boundary = next(boundary, step, zone);
            boundaries.add(boundary);
        }
        return boundaries;
    }

    /** The last boundary at or before an instant. */
    public static Instant floor(Instant at, Step step, ZoneId zone) {
        if (step == Step.QUARTER_HOUR || step == Step.HOUR) {
            long width = step == Step.HOUR ? 3600 : 900;
            long offset = zone.getRules().getOffset(at).getTotalSeconds();
            return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond() + offset, width) * width - offset);
        }
        LocalDate day = at.atZone(zone).toLocalDate();
        return start(firstDay(day, step), zone);
    }

    /** The boundary after a boundary. */
    public static Instant next(Instant boundary, Step step, ZoneId zone) {
        if (step == Step.QUARTER_HOUR) {
            return boundary.plus(15, ChronoUnit.MINUTES);
        }
        if (step == Step.HOUR) {
            return nextHour(boundary, zone);
        }
        LocalDate day = boundary.atZone(zone).toLocalDate();
        LocalDate following = day;
        if (step == Step.DAY) {
            following = day.plusDays(1);
        } else if (step == Step.WEEK) {
            following = day.plusWeeks(1);
        } else if (step == Step.MONTH) {
            following = day.plusMonths(1);
        } else {
            following = day.plusYears(1);
        }
        return start(following, zone);
    }

    /** Usually an hour later; half an hour where a change of offset by half an hour ends the hour early. */
    private static Instant nextHour(Instant boundary, ZoneId zone) {
        Instant later = boundary.plus(1, ChronoUnit.HOURS);
        Instant aligned = floor(later, Step.HOUR, zone);
        return aligned.isAfter(boundary) ? aligned : later;
    }

    private static LocalDate firstDay(LocalDate day, Step step) {
        if (step == Step.WEEK) {
            return day.with(java.time.temporal.TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        }
        if (step == Step.MONTH) {
            return day.withDayOfMonth(1);
        }
        return step == Step.YEAR ? day.withDayOfYear(1) : day;
    }

    private static Instant start(LocalDate day, ZoneId zone) {
        ZonedDateTime start = day.atStartOfDay(zone);
        return start.toInstant();
    }
}
