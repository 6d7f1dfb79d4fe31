package energy.audit.ingest;

import energy.audit.evidence.ChannelCounts;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Readings on their way into the table: columns of primitives, and the hours that they touch. */
final class ReadingColumns {
    private int[] channels;
    private long[] atMs;
    private long[] counts;
    private long[] logIndexes;
    private int size;
    private final Set<TouchedHours> touched = new LinkedHashSet<>();

    ReadingColumns(int expected) {
        channels = new int[expected];
        atMs = new long[expected];
        counts = new long[expected];
        logIndexes = new long[expected];
    }

    /** Adds a column of a batch; its instants ascend. */
    void add(int channel, ChannelCounts column, long logIndex) {
        long[] at = column.atMs();
        grow(size + at.length);
        System.arraycopy(at, 0, atMs, size, at.length);
        System.arraycopy(column.counts(), 0, counts, size, at.length);
        Arrays.fill(channels, size, size + at.length, channel);
        Arrays.fill(logIndexes, size, size + at.length, logIndex);
        size += at.length;
        long last = Long.MIN_VALUE;
        for (long ms : at) {
            long hour = Math.floorDiv(ms, TouchedHours.HOUR_MS) * TouchedHours.HOUR_MS;
            if (hour != last) {
                touched.add(TouchedHours.one(channel, hour));
                last = hour;
            }
            if (ms == hour) {
                // the register at an hour's end is the end of the hour before
                touched.add(TouchedHours.one(channel, hour - TouchedHours.HOUR_MS));
            }
        }
    }

    int size() {
        return size;
    }

    int[] channels() {
        return Arrays.copyOf(channels, size);
    }

    long[] atMs() {
        return Arrays.copyOf(atMs, size);
    }

    long[] counts() {
        return Arrays.copyOf(counts, size);
    }

    long[] logIndexes() {
        return Arrays.copyOf(logIndexes, size);
    }

    List<TouchedHours> touched() {
        return TouchedHours.joined(touched);
    }

    private void grow(int needed) {
        if (needed > atMs.length) {
            int length = Math.max(needed, atMs.length * 2);
            channels = Arrays.copyOf(channels, length);
            atMs = Arrays.copyOf(atMs, length);
            counts = Arrays.copyOf(counts, length);
            logIndexes = Arrays.copyOf(logIndexes, length);
        }
    }
}
