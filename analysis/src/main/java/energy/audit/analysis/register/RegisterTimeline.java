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

    private final long toleranceMs;
    private final long longestCoveredMs;
    private final long maxInterpolationMs;
    private final long[] atMs;
    private final long[] cumulated;
    /** Of the stretch that ends at the reading with the same index. */
    private final byte[] stretch;

    private final List<RegisterEvent> events;

    RegisterTimeline(
            RegisterProfile profile, long[] atMs, long[] cumulated, byte[] stretch, List<RegisterEvent> events) {
        this.toleranceMs = profile.boundaryTolerance().toMillis();
        this.longestCoveredMs = profile.coveredStretch().toMillis() + toleranceMs;
        this.maxInterpolationMs = profile.maxInterpolation().toMillis();
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
        IntervalColumns intervals = new IntervalColumns(boundaries);
        Boundary first = at(boundaries.get(0), 0);
        Boundary left = first;
        for (int i = 1; i < boundaries.size(); i++) {
            int run = putRun(boundaries, i, left, intervals);
            if (run > 0) {
                i += run - 1;
                left = readAt(left.index + run);
                continue;
            }
            Boundary right = at(boundaries.get(i), left.next);
            if (right.ms <= left.ms) {
                throw new IllegalArgumentException("boundary " + i + " is not after the one before it");
            }
            intervals.put(i - 1, right.value - left.value, quality(left, right), coverage(left, right));
            left = right;
        }
        OptionalLong total = quality(first, left) == Quality.MISSING
                ? OptionalLong.empty()
                : OptionalLong.of(left.value - first.value);
        return new Consumption(intervals, total, eventsBetween(first.ms, left.ms));
    }

    /**
     * Puts the intervals from one reading to the next that stand exactly on boundaries, as nearly all do, and says how
     * many; what it puts is what the general way would.
     */
    private int putRun(List<Instant> boundaries, int from, Boundary left, IntervalColumns intervals) {
        int reading = left.index;
        if (reading < 0 || atMs[reading] != left.ms) {
            return 0;
        }
        int i = from;
        for (; i < boundaries.size() && reading + 1 < atMs.length; i++, reading++) {
            long ms = boundaries.get(i).toEpochMilli();
            if (atMs[reading + 1] != ms || stretch[reading + 1] != SOUND || ms - atMs[reading] > longestCoveredMs) {
                break;
            }
            intervals.put(i - 1, cumulated[reading + 1] - cumulated[reading], Quality.MEASURED, 1);
        }
        return i - from;
    }

    private Boundary readAt(int reading) {
        return new Boundary(atMs[reading], reading + 1, reading, cumulated[reading], Quality.MEASURED);
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

    private Quality quality(Boundary left, Boundary right) {
        Quality quality = left.quality.worse(right.quality);
        if (quality == Quality.MISSING) {
            return quality;
        }
        int last = Math.min(right.index, stretch.length - 1);
        for (int i = left.index + 1; i <= last; i++) {
            if (stretch[i] == BROKEN) {
                return Quality.MISSING;
            }
            if (stretch[i] == LOWER_BOUND) {
                quality = Quality.PARTIAL;
            }
        }
        return quality;
    }

    private double coverage(Boundary left, Boundary right) {
        long covered = 0;
        for (int i = Math.max(1, left.next); i < atMs.length && atMs[i - 1] < right.ms; i++) {
            if (atMs[i] - atMs[i - 1] <= longestCoveredMs && stretch[i] != BROKEN) {
                covered += Math.max(0, Math.min(atMs[i], right.ms) - Math.max(atMs[i - 1], left.ms));
            }
        }
        return Math.min(1, (double) covered / (right.ms - left.ms));
    }

    /** @param from an index at or before that of the first reading after the boundary */
    private Boundary at(Instant at, int from) {
        long ms = at.toEpochMilli();
        int next = from;
        while (next < atMs.length && atMs[next] <= ms) {
            next++;
        }
        if (next == from && from > 0 && atMs[from - 1] > ms) {
            next = upper(ms); // boundaries that do not ascend; the caller refuses them
        }
        int before = next - 1;
        if (before >= 0 && atMs[before] == ms) {
            return new Boundary(ms, next, before, cumulated[before], Quality.MEASURED);
        }
        long toBefore = before >= 0 ? ms - atMs[before] : Long.MAX_VALUE;
        long toNext = next < atMs.length ? atMs[next] - ms : Long.MAX_VALUE;
        if (Math.min(toBefore, toNext) <= toleranceMs) {
            int nearest = toBefore <= toNext ? before : next;
            return new Boundary(ms, next, nearest, cumulated[nearest], Quality.MEASURED);
        }
        if (before >= 0
                && next < atMs.length
                && atMs[next] - atMs[before] <= maxInterpolationMs
                && stretch[next] != BROKEN) {
            return new Boundary(
                    ms,
                    next,
                    before,
                    interpolated(before, ms),
                    stretch[next] == LOWER_BOUND ? Quality.PARTIAL : Quality.ESTIMATED);
        }
        return new Boundary(ms, next, before, 0, Quality.MISSING);
    }

    /** The index of the first reading after an instant. */
    private int upper(long ms) {
        int found = Arrays.binarySearch(atMs, ms);
        return found >= 0 ? found + 1 : -found - 1;
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

    /**
     * @param next index of the first reading after the boundary
     * @param index of the last reading that lies at or before the boundary's value
     */
    private record Boundary(long ms, int next, int index, long value, Quality quality) {}
}
