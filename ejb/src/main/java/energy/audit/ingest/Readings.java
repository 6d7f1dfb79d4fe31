package energy.audit.ingest;

import java.time.Instant;

/**
 * Readings of one channel in columns, ascending by time, one per instant (of several for the same instant, the one with
 * the lowest log index). The arrays are handed over, not copied.
 *
 * @param atMs ms since 1970-01-01T00:00:00Z
 * @param counts raw counts
 * @param logIndexes entries whose batches hold them
 */
public record Readings(long[] atMs, long[] counts, long[] logIndexes) {
    public Readings {
        if (atMs.length != counts.length || atMs.length != logIndexes.length) {
            throw new IllegalArgumentException(
                    "columns of " + atMs.length + ", " + counts.length + " and " + logIndexes.length);
        }
    }

    public int size() {
        return atMs.length;
    }

    public Reading get(int position) {
        return new Reading(Instant.ofEpochMilli(atMs[position]), counts[position], logIndexes[position]);
    }
}
