package energy.audit.enrolment;

import energy.audit.kernel.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How often strangers may ask, in this node: so many attempts a minute from one address, and so many from all together.
 * With 256 random bits nobody guesses a token; this keeps signatures and queries from being bought for nothing.
 */
final class AttemptLimit {
    static final int OF_ONE = 30;
    static final int OF_ALL = 600;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Clock clock;
    private final Map<String, Integer> attempts = new HashMap<>();
    private Instant begun = Instant.EPOCH;
    private int all;

    AttemptLimit(Clock clock) {
        this.clock = clock;
    }

    /** @throws Refusal TOO_MANY_ATTEMPTS */
    synchronized void count(String address) {
        Instant now = clock.instant();
        if (Duration.between(begun, now).abs().compareTo(WINDOW) >= 0) {
            begun = now;
            all = 0;
            attempts.clear();
        }
        // no address is remembered once all together are refused, so the map stays small
        if (++all > OF_ALL || attempts.merge(address, 1, Integer::sum) > OF_ONE) {
            throw Refusal.tooMany(
                    "TOO_MANY_ATTEMPTS",
                    "enrolment",
                    "too many requests came within a minute",
                    "Wait a minute, then try again.");
        }
    }
}
