package energy.audit.analysis.register;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * The readings of one register as a cumulated count that never runs backwards. Energy of [a, b) is its difference
 * between b and a; nothing between the last reading of one interval and the first of the next is lost.
 *
 * <p>Between two readings the difference is exact however long the gap. A boundary inside a gap is interpolated on the
 * cumulated count, so intervals always add up to the register difference.
 */
public final class RegisterTimeline {
    static final byte SOUND = 0;
    static final byte LOWER_BOUND = 1;
    static final byte BROKEN = 2;

    private final RegisterProfile profile;
    private final long[] atMs;
    private final long[] cumulated;
    /** Of the stretch that ends at the reading with the same index. */
    private final byte[] stretch;

    private final List<RegisterEvent> events;

    RegisterTimeline(
            RegisterProfile profile, long[] atMs, long[] cumulated, byte[] stretch, List<RegisterEvent> events) {
        this.profile = profile;
        this.atMs = atMs;
        this.cumulated = cumulated;
        this.stretch = stretch;
        this.events = events;
    }

    /** @param readings in any order; repeated readings of one instant count once */
    public static RegisterTimeline of(
            RegisterProfile profile, List<RegisterReading> readings, List<MeterExchange> exchanges) {
        List<RegisterReading> sorted = new ArrayList<>(readings);
        sorted.sort(Comparator.comparing(RegisterReading::at));
        long[] at = new long[sorted.size()];
        long[] counts = new long[sorted.size()];
        for (int i = 0; i < at.length; i++) {
            at[i] = sorted.get(i).at().toEpochMilli();
            counts[i] = sorted.get(i).count();
        }
        return of(profile, at, counts, exchanges);
    }

    /**
     * @param atMs milliseconds since 1970-01-01T00:00:00Z, ascending; an instant may repeat
     * @param counts raw counts, one for each instant
     */
    public static RegisterTimeline of(
            RegisterProfile profile, long[] atMs, long[] counts, List<MeterExchange> exchanges) {
        if (atMs.length != counts.length) {
            throw new IllegalArgumentException(atMs.length + " instants and " + counts.length + " counts");
        }
        return new Unrolling(profile, atMs, counts, exchanges).unroll();
    }

    /** @param boundaries ascending, at least two */
    public Consumption over(List<Instant> boundaries) {
        if (boundaries.size() < 2) {
            throw new IllegalArgumentException("consumption needs two boundaries or more, not " + boundaries.size());
        }
        List<IntervalConsumption> intervals = new ArrayList<>(boundaries.size() - 1);
        Boundary first = at(boundaries.get(0).toEpochMilli());
        Boundary left = first;
        for (int i = 1; i < boundaries.size(); i++) {
            Boundary right = at(boundaries.get(i).toEpochMilli());
            if (right.ms <= left.ms) {
                throw new IllegalArgumentException("boundary " + i + " is not after the one before it");
            }
            intervals.add(between(left, right));
            left = right;
        }
        IntervalConsumption whole = between(first, left);
        return new Consumption(intervals, whole.counts(), eventsBetween(first.ms, left.ms));
    }

    /** Everything that happened to the register, in order. */
    public List<RegisterEvent> events() {
        return events;
    }

    private List<RegisterEvent> eventsBetween(long fromMs, long toMs) {
        List<RegisterEvent> inside = new ArrayList<>();
        for (RegisterEvent event : events) {
            long ms = event.at().toEpochMilli();
            if (ms >= fromMs && ms <= toMs) {
                inside.add(event);
            }
        }
        return inside;
    }

    private IntervalConsumption between(Boundary left, Boundary right) {
        Quality quality = left.quality.worse(right.quality);
        if (quality != Quality.MISSING) {
            for (int i = left.index + 1; i <= right.index && i < stretch.length; i++) {
                if (stretch[i] == BROKEN) {
                    quality = Quality.MISSING;
                    break;
                }
                if (stretch[i] == LOWER_BOUND) {
                    quality = Quality.PARTIAL;
                }
            }
        }
        OptionalLong counts =
                quality == Quality.MISSING ? OptionalLong.empty() : OptionalLong.of(right.value - left.value);
        return new IntervalConsumption(
                Instant.ofEpochMilli(left.ms),
                Instant.ofEpochMilli(right.ms),
                counts,
                quality,
                coverage(left.ms, right.ms));
    }

    private double coverage(long fromMs, long toMs) {
        int i = Math.max(1, upper(fromMs));
        long covered = 0;
        long longest = profile.coveredStretch().toMillis()
                + profile.boundaryTolerance().toMillis();
        for (; i < atMs.length && atMs[i - 1] < toMs; i++) {
            if (atMs[i] - atMs[i - 1] <= longest && stretch[i] != BROKEN) {
                covered += Math.max(0, Math.min(atMs[i], toMs) - Math.max(atMs[i - 1], fromMs));
            }
        }
        return Math.min(1, (double) covered / (toMs - fromMs));
    }

    /** The index of the first reading after an instant. */
    private int upper(long ms) {
        int found = Arrays.binarySearch(atMs, ms);
        return found >= 0 ? found + 1 : -found - 1;
    }

    private Boundary at(long ms) {
        int next = upper(ms);
        int before = next - 1;
        if (before >= 0 && atMs[before] == ms) {
            return new Boundary(ms, before, cumulated[before], Quality.MEASURED);
        }
        long tolerance = profile.boundaryTolerance().toMillis();
        long toBefore = before >= 0 ? ms - atMs[before] : Long.MAX_VALUE;
        long toNext = next < atMs.length ? atMs[next] - ms : Long.MAX_VALUE;
        if (Math.min(toBefore, toNext) <= tolerance) {
            int nearest = toBefore <= toNext ? before : next;
            return new Boundary(ms, nearest, cumulated[nearest], Quality.MEASURED);
        }
        if (before >= 0
                && next < atMs.length
                && atMs[next] - atMs[before] <= profile.maxInterpolation().toMillis()
                && stretch[next] != BROKEN) {
            return new Boundary(
                    ms,
                    before,
                    interpolated(before, ms),
                    stretch[next] == LOWER_BOUND ? Quality.PARTIAL : Quality.ESTIMATED);
        }
        return new Boundary(ms, before, 0, Quality.MISSING);
    }

    /** Linear on the cumulated count, cut to whole counts: halves of a stretch always add up to it. */
    private long interpolated(int before, long ms) {
        long width = atMs[before + 1] - atMs[before];
        long rise = cumulated[before + 1] - cumulated[before];
        return cumulated[before]
                + java.math.BigInteger.valueOf(rise)
                        .multiply(java.math.BigInteger.valueOf(ms - atMs[before]))
                        .divide(java.math.BigInteger.valueOf(width))
                        .longValueExact();
    }

    /** @param index of the last reading that lies at or before the boundary's value */
    private record Boundary(long ms, int index, long value, Quality quality) {}
}
