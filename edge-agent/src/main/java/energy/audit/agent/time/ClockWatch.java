package energy.audit.agent.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Notices that the wall clock was set: it then no longer advances as the monotonic clock does. Also when it is set in
 * steps too small to be seen one by one: over an hour it may gain or lose the tolerance and what slewing is allowed to do.
 */
public final class ClockWatch {
    /** The kernel slews by at most 500 parts in a million (adjtimex(2), RFC 5905 MAXFREQ). */
    private static final long SLEW_PPM = 500;

    private static final Duration WINDOW = Duration.ofHours(1);

    private final Clock wall;
    private final LongSupplier monotonicNanos;
    private final Duration tolerance;
    private Instant lastWall;
    private long lastNanos;
    private Instant windowWall;
    private long windowNanos;

    /** @param tolerance smaller differences between two looks are drift, not a step */
    public ClockWatch(Clock wall, LongSupplier monotonicNanos, Duration tolerance) {
        this.wall = wall;
        this.monotonicNanos = monotonicNanos;
        this.tolerance = tolerance;
        this.lastWall = wall.instant();
        this.lastNanos = monotonicNanos.getAsLong();
        this.windowWall = lastWall;
        this.windowNanos = lastNanos;
    }

    /** @return how far the wall clock was set since the last look: positive forward, negative backward */
    public Optional<Duration> step() {
        Instant now = wall.instant();
        long nanos = monotonicNanos.getAsLong();
        Duration atOnce = Duration.between(lastWall, now).minusNanos(nanos - lastNanos);
        Duration byAndBy = Duration.between(windowWall, now).minusNanos(nanos - windowNanos);
        lastWall = now;
        lastNanos = nanos;
        if (atOnce.abs().compareTo(allowed(Duration.ZERO)) > 0) {
            beginWindow();
            return Optional.of(atOnce);
        }
        Duration window = Duration.ofNanos(nanos - windowNanos);
        if (byAndBy.abs().compareTo(allowed(window)) > 0) {
            beginWindow();
            return Optional.of(byAndBy);
        }
        if (window.compareTo(WINDOW) > 0) {
            beginWindow();
        }
        return Optional.empty();
    }

    private Duration allowed(Duration over) {
        return tolerance.plusNanos(over.toNanos() / 1_000_000 * SLEW_PPM);
    }

    private void beginWindow() {
        windowWall = lastWall;
        windowNanos = lastNanos;
    }
}
