package energy.audit.agent.poll;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Notices that the wall clock was set: it then no longer advances as the monotonic clock does. */
public final class ClockWatch {
    private final Clock wall;
    private final LongSupplier monotonicNanos;
    private final Duration tolerance;
    private Instant lastWall;
    private long lastNanos;

    /** @param tolerance smaller differences between two looks are drift, not a step */
    public ClockWatch(Clock wall, LongSupplier monotonicNanos, Duration tolerance) {
        this.wall = wall;
        this.monotonicNanos = monotonicNanos;
        this.tolerance = tolerance;
        this.lastWall = wall.instant();
        this.lastNanos = monotonicNanos.getAsLong();
    }

    /** @return how far the wall clock was set since the last look: positive forward, negative backward */
    public Optional<Duration> step() {
        Instant now = wall.instant();
        long nanos = monotonicNanos.getAsLong();
        Duration difference = Duration.between(lastWall, now).minusNanos(nanos - lastNanos);
        lastWall = now;
        lastNanos = nanos;
        return difference.abs().compareTo(tolerance) > 0 ? Optional.of(difference) : Optional.empty();
    }
}
