package energy.audit.variables;

import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Periods of one series that have a value. Two that overlap would say two things about the same time. */
final class Occupied {
    private final NavigableMap<Instant, Instant> periods = new TreeMap<>();

    void known(Instant from, Instant to) {
        periods.put(from, to);
    }

    /** Takes a period in, or out. @return why it cannot be */
    Optional<String> take(Instant from, Instant to, boolean withdrawn) {
        boolean same = to.equals(periods.get(from));
        Map.Entry<Instant, Instant> before = periods.lowerEntry(to);
        if (!same && before != null && before.getValue().isAfter(from)) {
            return Optional.of(from + " to " + to + ": it overlaps " + before.getKey() + " to " + before.getValue()
                    + ", which would count twice; withdraw that one first");
        }
        if (!withdrawn) {
            periods.put(from, to);
        } else if (same) {
            periods.remove(from);
        } else {
            return Optional.of(from + " to " + to + ": there is no such value to withdraw");
        }
        return Optional.empty();
    }
}
