package energy.audit.kernel;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of time, without its end.
 *
 * @param from included
 * @param to excluded, after {@code from}
 */
public record Period(Instant from, Instant to) {
    public Period {
        if (!from.isBefore(to)) {
            throw Refusal.invalid(
                    "EMPTY_PERIOD",
                    "period " + from + " .. " + to,
                    "its end is not after its beginning",
                    "Swap or change them.");
        }
    }

    public static Period of(Instant from, Instant to) {
        return new Period(from, to);
    }

    public boolean contains(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }

    public Duration duration() {
        return Duration.between(from, to);
    }
}
