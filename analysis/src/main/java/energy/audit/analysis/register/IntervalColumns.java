package energy.audit.analysis.register;

import java.time.Instant;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** The intervals between a row of boundaries, kept as columns: a year of quarter hours is three arrays, not 35,040 objects. */
final class IntervalColumns extends AbstractList<IntervalConsumption> implements RandomAccess {
    private static final Quality[] QUALITIES = Quality.values();

    private final List<Instant> boundaries;
    private final long[] counts;
    private final byte[] qualities;
    /** None while every interval is covered wholly, as in most years of most registers. */
    private double @Nullable [] coverages;

    IntervalColumns(List<Instant> boundaries) {
        this.boundaries = List.copyOf(boundaries);
        this.counts = new long[boundaries.size() - 1];
        this.qualities = new byte[counts.length];
    }

    void put(int index, long count, Quality quality, double coverage) {
        counts[index] = count;
        qualities[index] = (byte) quality.ordinal();
        if (coverage != 1) {
            double[] known = coverages;
            if (known == null) {
                known = new double[counts.length];
                Arrays.fill(known, 1);
                coverages = known;
            }
            known[index] = coverage;
        }
    }

    @Override
    public IntervalConsumption get(int index) {
        Quality quality = QUALITIES[qualities[index]];
        double[] known = coverages;
        return new IntervalConsumption(
                boundaries.get(index),
                boundaries.get(index + 1),
                quality == Quality.MISSING ? OptionalLong.empty() : OptionalLong.of(counts[index]),
                quality,
                known == null ? 1 : known[index]);
    }

    @Override
    public int size() {
        return counts.length;
    }
}
