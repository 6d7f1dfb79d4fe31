package energy.audit.analysis.variable;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.Set;

/**
 * A shift of a week.
 *
 * @param days on which it begins
 * @param end not after the start: on the next day
 */
public record Shift(String name, Set<DayOfWeek> days, LocalTime start, LocalTime end) {
    public Shift {
        days = Set.copyOf(EnumSet.copyOf(days));
    }

    boolean overnight() {
        return !end.isAfter(start);
    }
}
