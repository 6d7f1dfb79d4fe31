package energy.audit.cli;

import energy.audit.analysis.register.Boundaries;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which boundaries an interval length has in a zone. */
record IntervalGrid(String length, ZoneId zone) {
    private static final Map<String, Boundaries.Step> CALENDAR = Map.of(
            "PT15M",
            Boundaries.Step.QUARTER_HOUR,
            "PT1H",
            Boundaries.Step.HOUR,
            "P1D",
            Boundaries.Step.DAY,
            "P1W",
            Boundaries.Step.WEEK,
            "P1M",
            Boundaries.Step.MONTH,
            "P1Y",
            Boundaries.Step.YEAR);

    static IntervalGrid of(String length, ZoneId zone) {
        IntervalGrid grid = new IntervalGrid(length, zone);
        if (!CALENDAR.containsKey(length)) {
            grid.width();
        }
        return grid;
    }

    /** From the last boundary at or before the first instant to the first at or after the last. */
    List<Instant> boundaries(Instant from, Instant to) {
        Instant end = to.isAfter(from) ? to : from.plusMillis(1);
        Boundaries.Step step = CALENDAR.get(length);
        if (step != null) {
            return Boundaries.of(from, end, step, zone);
        }
        long width = width().toMillis();
        long offset = zone.getRules().getOffset(from).getTotalSeconds() * 1000L;
        List<Instant> boundaries = new ArrayList<>();
        long at = Math.floorDiv(from.toEpochMilli() + offset, width) * width - offset;
        boundaries.add(Instant.ofEpochMilli(at));
        while (at < end.toEpochMilli()) {
            at += width;
            boundaries.add(Instant.ofEpochMilli(at));
        }
        return boundaries;
    }

    private Duration width() {
        try {
            Duration width = Duration.parse(length);
            if (!width.isNegative() && !width.isZero() && Duration.ofDays(1).toMillis() % width.toMillis() == 0) {
                return width;
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw wrong();
        }
        throw wrong();
    }

    private Refused wrong() {
        return Refused.input(
                "--interval " + length,
                "is no length that divides a day",
                "Use PT15M, PT30M, PT1H, P1D, P1M or the like.");
    }
}
