package energy.audit.analysis.register;

import energy.audit.analysis.register.RegisterEvent.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Walks the readings once, classifies each step, and cumulates. At a meter exchange the walk of one register ends with
 * the count at which it was taken out, and that of the next one begins with the count at which it was put in; no reading
 * of the one is judged by readings of the other.
 */
final class Unrolling {
    /** This share of the modulus, and of the count before, is near: to the modulus, to zero. */
    private static final double NEAR = 0.1;
    /** So many readings of one wrong value in a row are still a glitch; more are a change of the register. */
    private static final int LONGEST_GLITCH = 10;
    /** A spike stands out this many times higher than the register moves around it. */
    private static final int STANDS_OUT = 10;

    private final RegisterProfile profile;
    private final long[] atMs;
    private final long[] counts;
    private final List<MeterExchange> exchanges;
    /** Where the readings of each register end, exclusive: one more than there are exchanges. */
    private final int[] ends;

    private final List<RegisterEvent> events = new ArrayList<>();
    private final long[] keptAt;
    private final long[] keptCount;
    private final long[] cumulated;
    private final byte[] stretch;
    private final long longestCoveredMs;
    private long plausibleFor = -1;
    private double plausible;
    private int kept;
    /** The register that is walked: so many exchanges are behind. */
    private int register;

    Unrolling(RegisterProfile profile, long[] readAtMs, long[] readCounts, List<MeterExchange> exchanges) {
        this.profile = profile;
        this.exchanges = new ArrayList<>(exchanges);
        this.exchanges.sort(Comparator.comparing(MeterExchange::at));
        this.ends = new int[exchanges.size() + 1];
        if (exchanges.isEmpty()) {
            this.atMs = readAtMs;
            this.counts = readCounts;
        } else {
            this.atMs = new long[readAtMs.length + 2 * exchanges.size()];
            this.counts = new long[atMs.length];
            lay(readAtMs, readCounts);
        }
        ends[exchanges.size()] = atMs.length;
        this.keptAt = new long[atMs.length];
        this.keptCount = new long[atMs.length];
        this.cumulated = new long[atMs.length];
        this.stretch = new byte[atMs.length];
        this.longestCoveredMs = profile.coveredStretch().toMillis()
                + profile.boundaryTolerance().toMillis();
    }

    /** Lays the counts of each exchange between the readings before it and those from its instant on. */
    private void lay(long[] readAtMs, long[] readCounts) {
        int read = 0;
        int laid = 0;
        for (int each = 0; each < exchanges.size(); each++) {
            MeterExchange exchange = exchanges.get(each);
            long cut = exchange.at().toEpochMilli();
            if (each > 0 && exchanges.get(each - 1).at().toEpochMilli() == cut) {
                throw new IllegalArgumentException("two exchanges of one register at " + exchange.at());
            }
            while (read < readAtMs.length && readAtMs[read] < cut) {
                atMs[laid] = readAtMs[read];
                counts[laid++] = readCounts[read++];
            }
            atMs[laid] = cut;
            counts[laid++] = exchange.oldFinal();
            ends[each] = laid;
            atMs[laid] = cut;
            counts[laid++] = exchange.newInitial();
        }
        System.arraycopy(readAtMs, read, atMs, laid, readAtMs.length - read);
        System.arraycopy(readCounts, read, counts, laid, readCounts.length - read);
    }

    RegisterTimeline unroll() {
        int i = 0;
        for (register = 0; register < ends.length; register++) {
            if (register > 0) {
                exchanged(i++);
            }
            for (; i < ends[register]; i++) {
                if (kept == 0) {
                    keep(i, counts[i], RegisterTimeline.SOUND);
                } else if (atMs[i] == keptAt[kept - 1]) {
                    sameInstant(i);
                } else if (atMs[i] < keptAt[kept - 1]) {
                    throw new IllegalArgumentException(
                            "reading " + i + " is before the one before it; sort them first");
                } else {
                    step(i);
                }
            }
        }
        events.sort(Comparator.comparing(RegisterEvent::at));
        return new RegisterTimeline(
                profile,
                kept == keptAt.length ? keptAt : Arrays.copyOf(keptAt, kept),
                kept == keptAt.length ? cumulated : Arrays.copyOf(cumulated, kept),
                kept == keptAt.length ? stretch : Arrays.copyOf(stretch, kept),
                List.copyOf(events));
    }

    /** The next register begins where the one before it ended: nothing is consumed between the two counts. */
    private void exchanged(int i) {
        long oldFinal = exchanges.get(register - 1).oldFinal();
        mark(
                i,
                Kind.EXCHANGE,
                oldFinal - counts[i],
                "old meter ended at " + oldFinal + ", new meter began at " + counts[i]);
        keptCount[kept - 1] = counts[i];
    }

    /** Of one instant the first reading counts; at an exchange the two that were read by a person do. */
    private void sameInstant(int i) {
        boolean ofTheOldMeter = register > 0
                && exchanges.get(register - 1).at().toEpochMilli() == atMs[i]
                && exchanges.get(register - 1).oldFinal() == counts[i];
        if (counts[i] != keptCount[kept - 1] && !ofTheOldMeter) {
            mark(
                    i,
                    Kind.CONFLICT,
                    0,
                    "two readings of one instant: " + keptCount[kept - 1] + " kept, " + counts[i] + " set aside");
        }
    }

    private void step(int i) {
        long last = keptCount[kept - 1];
        long millis = atMs[i] - keptAt[kept - 1];
        if (millis > longestCoveredMs) {
            events.add(new RegisterEvent(
                    Instant.ofEpochMilli(keptAt[kept - 1]),
                    Kind.GAP,
                    0,
                    "no reading until " + Instant.ofEpochMilli(atMs[i])));
        }
        long rise = counts[i] - last;
        if (rise >= 0) {
            forward(i, rise, millis);
        } else {
            backward(i, last, -rise, millis);
        }
    }

    private void forward(int i, long rise, long millis) {
        boolean rateKnown = profile.maxCountsPerHour() > 0;
        if (rateKnown ? rise > plausibleCounts(millis) && nextContinuesLast(i) : standsOut(i)) {
            mark(i, Kind.SPIKE, 0, "a single " + counts[i] + " between readings that fit each other, set aside");
        } else if (rateKnown && rise > plausibleCounts(millis)) {
            mark(
                    i,
                    Kind.IMPLAUSIBLE,
                    -rise,
                    "a rise of " + rise + " counts in " + millis / 1000 + " s, more than the "
                            + profile.maxCountsPerHour() + " an hour the meter can make");
            keep(i, cumulated[kept - 1], RegisterTimeline.BROKEN);
        } else {
            keep(i, cumulated[kept - 1] + rise, wholeRounds(i, rise, millis));
        }
    }

    /** Whether a value rises far above readings that fit each other; for registers of unknown rate. */
    private boolean standsOut(int i) {
        int next = afterEqual(i);
        if (next >= ends[register] || counts[next] >= counts[i] || counts[next] < keptCount[kept - 1]) {
            return false;
        }
        double around = counts[next] - keptCount[kept - 1] + 1.0;
        return counts[i] - counts[next] > STANDS_OUT * around;
    }

    /** A stretch so long that the register may have gone round unseen is a lower bound. */
    private byte wholeRounds(int i, long rise, long millis) {
        if (profile.modulus() == 0
                || profile.maxCountsPerHour() == 0
                || (double) rise + profile.modulus() > plausibleCounts(millis)) {
            return RegisterTimeline.SOUND;
        }
        events.add(new RegisterEvent(
                Instant.ofEpochMilli(keptAt[kept - 1]),
                Kind.GAP,
                0,
                "until " + Instant.ofEpochMilli(atMs[i])
                        + " the register may have gone round more often than seen; the " + rise
                        + " counts are a lower bound"));
        return RegisterTimeline.LOWER_BOUND;
    }

    private void backward(int i, long last, long drop, long millis) {
        long modulus = profile.modulus();
        long around = modulus - last + counts[i];
        if (modulus > 0
                && last < modulus
                && around >= 0
                && rolloverPlausible(last, counts[i], around, millis)
                && !(counts[i] == 0 && nextContinuesLast(i))) {
            mark(i, Kind.ROLLOVER, modulus, "from " + last + " over " + modulus + " to " + counts[i]);
            keep(i, cumulated[kept - 1] + around, wholeRounds(i, around, millis));
        } else if (nextContinuesLast(i)) {
            mark(i, Kind.ZERO_GLITCH, 0, "a single " + counts[i] + " between readings that fit each other, set aside");
        } else if (drop <= profile.backStepLimit()) {
            mark(i, Kind.BACK_STEP, drop, "the device corrected itself from " + last + " back to " + counts[i]);
            keep(i, cumulated[kept - 1], RegisterTimeline.SOUND);
        } else if (nearZero(i, last, millis)) {
            mark(
                    i,
                    Kind.RESET,
                    last,
                    "from " + last + " to " + counts[i] + "; what was consumed after " + last
                            + " and before the reset is unknown");
            keep(i, cumulated[kept - 1] + counts[i], RegisterTimeline.LOWER_BOUND);
        } else {
            mark(i, Kind.IMPLAUSIBLE, drop, "from " + last + " back to " + counts[i] + ": neither rollover nor reset");
            keep(i, cumulated[kept - 1], RegisterTimeline.BROKEN);
        }
    }

    /** Readings mostly come at one distance, so the answer for it is kept. */
    private double plausibleCounts(long millis) {
        if (millis != plausibleFor) {
            plausibleFor = millis;
            plausible = profile.plausibleCounts(millis);
        }
        return plausible;
    }

    private boolean nearZero(int i, long last, long millis) {
        return counts[i] >= 0
                && (profile.maxCountsPerHour() > 0 ? counts[i] <= plausibleCounts(millis) : counts[i] <= last * NEAR);
    }

    private boolean rolloverPlausible(long last, long now, long around, long millis) {
        if (profile.maxCountsPerHour() > 0) {
            return around <= plausibleCounts(millis);
        }
        return last >= profile.modulus() * (1 - NEAR) && now <= profile.modulus() * NEAR;
    }

    /** Whether the reading after this one and its repetitions fits the last kept one, as if this one had not been. */
    private boolean nextContinuesLast(int i) {
        int next = afterEqual(i);
        if (next >= ends[register]) {
            return false;
        }
        long rise = counts[next] - keptCount[kept - 1];
        long millis = atMs[next] - keptAt[kept - 1];
        return rise >= 0 && (profile.maxCountsPerHour() == 0 || rise <= plausibleCounts(millis));
    }

    /** The register's first reading of another instant and another count; a long run of one count ends the search. */
    private int afterEqual(int i) {
        int next = i + 1;
        while (next < ends[register]
                && (atMs[next] == atMs[i] || (counts[next] == counts[i] && next - i < LONGEST_GLITCH))) {
            next++;
        }
        return next;
    }

    private void keep(int i, long value, byte soundness) {
        keptAt[kept] = atMs[i];
        keptCount[kept] = counts[i];
        cumulated[kept] = value;
        stretch[kept] = soundness;
        kept++;
    }

    private void mark(int i, Kind kind, long countsAdded, String detail) {
        events.add(new RegisterEvent(Instant.ofEpochMilli(atMs[i]), kind, countsAdded, detail));
    }
}
