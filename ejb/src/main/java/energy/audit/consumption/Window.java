package energy.audit.consumption;

import energy.audit.analysis.register.Boundaries;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Touched hours of one channel that lie close enough together to be derived in one go; {@code to} exclusive. */
record Window(Instant from, Instant to) {
    private static final Duration HOUR = Duration.ofHours(1);
    /** Hours further apart than this are derived apart, so that late data for an old hour does not read all since. */
    private static final Duration APART = Duration.ofHours(6);

    /** Whether a local day ends inside, or just where this window ends. */
    boolean holdsDayBoundary(ZoneId zone) {
        Instant day = Boundaries.floor(to, Boundaries.Step.DAY, zone);
        return day.isAfter(from);
    }

    static List<Window> of(Collection<Instant> hours) {
        List<Window> windows = new ArrayList<>();
        Instant from = null;
        Instant to = null;
        for (Instant hour : new TreeSet<>(hours)) {
            if (from == null || to == null) {
                from = hour;
            } else if (hour.isAfter(to.plus(APART))) {
                windows.add(new Window(from, to));
                from = hour;
            }
            to = hour.plus(HOUR);
        }
        if (from != null && to != null) {
            windows.add(new Window(from, to));
        }
        return windows;
    }
}
