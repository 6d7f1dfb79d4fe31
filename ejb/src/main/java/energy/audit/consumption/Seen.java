package energy.audit.consumption;

import energy.audit.ingest.Reading;
import energy.audit.ingest.Readings;
import energy.audit.ingest.ReadingsAround;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * The readings of a stretch that a derivation has read, with the nearest one on either side.
 *
 * @param knowsBefore whether there is any reading before the stretch
 */
record Seen(Instant from, Instant to, Readings readings, boolean knowsBefore) {

    static Seen of(Instant from, Instant to, ReadingsAround around) {
        return new Seen(from, to, around.all(), around.before().isPresent());
    }

    boolean covers(Instant first, Instant last) {
        return !first.isBefore(from) && !last.isAfter(to);
    }

    /** The oldest reading; the beginning of the stretch when there is none. */
    Instant first() {
        return readings.size() == 0 ? from : Instant.ofEpochMilli(readings.atMs()[0]);
    }

    Optional<Reading> newestUpTo(Instant at) {
        int found = Arrays.binarySearch(readings.atMs(), at.toEpochMilli());
        int index = found >= 0 ? found : -found - 2;
        return index >= 0 ? Optional.of(readings.get(index)) : Optional.empty();
    }

    Optional<Reading> oldestFrom(Instant at) {
        int found = Arrays.binarySearch(readings.atMs(), at.toEpochMilli());
        int index = found >= 0 ? found : -found - 1;
        return index < readings.size() ? Optional.of(readings.get(index)) : Optional.empty();
    }
}
