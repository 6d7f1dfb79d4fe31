package energy.audit.analysis.register;

import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.OptionalLong;
import java.util.RandomAccess;

/** The intervals between a row of boundaries, kept as columns: a year of quarter hours is three arrays, not 35,040 objects. */
final class IntervalColumns extends AbstractList<IntervalConsumption> implements RandomAccess {
    private static final Quality[] QUALITIES = Quality.values();

    private final List<Instant> boundaries;
    private final long[] counts;
    private final byte[] qualities;
    private final double[] coverages;

    IntervalColumns(List<Instant> boundaries) {
        this.boundaries = List.copyOf(boundaries);
        this.counts = new long[boundaries.size() - 1];
        this.qualities = new byte[counts.length];
        this.coverages = new double[counts.length];
    }

    void put(int index, long count, Quality quality, double coverage) {
        counts[index] = count;
        qualities[index] = (byte) quality.ordinal();
        coverages[index] = coverage;
    }

    @Override
    public IntervalConsumption get(int index) {
        Quality quality = QUALITIES[qualities[index]];
        return new IntervalConsumption(
                boundaries.get(index),
                boundaries.get(index + 1),
                quality == Quality.MISSING ? OptionalLong.empty() : OptionalLong.of(counts[index]),
                quality,
                coverages[index]);
    }

    @Override
    public int size() {
        return counts.length;
    }
}
