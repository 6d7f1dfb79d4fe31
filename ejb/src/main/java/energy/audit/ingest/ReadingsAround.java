package energy.audit.ingest;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Readings of a period and its neighbours, so that the register can be known at the period's two ends.
 *
 * @param before newest reading before the period
 * @param inside from the period's beginning (included) to its end (excluded)
 * @param after oldest reading at or after the period's end
 */
public record ReadingsAround(Optional<Reading> before, Readings inside, Optional<Reading> after) {
    /** All of them in one. */
    public Readings all() {
        return new Readings(
                joined(before.map(r -> r.at().toEpochMilli()), inside.atMs(), after.map(r -> r.at().toEpochMilli())),
                joined(before.map(Reading::count), inside.counts(), after.map(Reading::count)),
                joined(before.map(Reading::logIndex), inside.logIndexes(), after.map(Reading::logIndex)));
    }

    private static long[] joined(Optional<Long> before, long[] inside, Optional<Long> after) {
        LongStream head = before.stream().mapToLong(Long::longValue);
        LongStream tail = after.stream().mapToLong(Long::longValue);
        return LongStream.concat(LongStream.concat(head, Arrays.stream(inside)), tail)
                .toArray();
    }
}
