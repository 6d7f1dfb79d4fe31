package energy.audit.consumption;

import java.time.Instant;
import java.util.Optional;

/**
 * How far the derivation is. While history streams in, {@link #share} grows towards 1.
 *
 * @param openHours touched hours of all channels that wait to be derived
 * @param coveredHours hours of boundary meters that are derived
 * @param expectedHours hours of boundary meters between the first derived one and now
 * @param from begin of the first derived hour
 * @param to end of the newest derived hour
 */
public record Progress(
        long openHours, long coveredHours, long expectedHours, Optional<Instant> from, Optional<Instant> to) {

    /** Derived part of the time since the first hour, 0 to 1; 0 before there is any. */
    public double share() {
        return expectedHours == 0 ? 0 : Math.min(1, (double) coveredHours / expectedHours);
    }
}
