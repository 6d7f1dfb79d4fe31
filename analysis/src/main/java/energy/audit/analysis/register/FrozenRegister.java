package energy.audit.analysis.register;

import energy.audit.analysis.register.RegisterEvent.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Finds registers that stand still while another channel of the plant says that energy flows. */
public final class FrozenRegister {
    private FrozenRegister() {}

    /**
     * Stretches of one unchanged count, during which the witness never fell below a level.
     *
     * @param atMs instants of the register's readings, ascending
     * @param witnessAtMs instants of the witness, ascending: power of the same meter, or its parent's
     * @param witness its values; a stretch in which it has none is not judged
     * @param level the witness's least value at which the register must move within {@code atLeast}
     * @return one FROZEN event for each stretch, at its start, adding no counts
     */
    public static List<RegisterEvent> against(
            long[] atMs, long[] counts, long[] witnessAtMs, double[] witness, double level, Duration atLeast) {
        List<RegisterEvent> frozen = new ArrayList<>();
        int w = 0;
        int from = 0;
        while (from < counts.length) {
            int to = from;
            while (to + 1 < counts.length && counts[to + 1] == counts[from]) {
                to++;
            }
            while (w < witnessAtMs.length && witnessAtMs[w] < atMs[from]) {
                w++;
            }
            if (atMs[to] - atMs[from] >= atLeast.toMillis()) {
                judge(atMs[from], atMs[to], counts[from], witnessAtMs, witness, w, level, frozen);
            }
            from = to + 1;
        }
        return frozen;
    }

    private static void judge(
            long fromMs,
            long toMs,
            long count,
            long[] witnessAtMs,
            double[] witness,
            int first,
            double level,
            List<RegisterEvent> frozen) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = first; i < witness.length && witnessAtMs[i] <= toMs; i++) {
            least = Math.min(least, witness[i]);
        }
        if (least >= level && least != Double.POSITIVE_INFINITY) {
            frozen.add(new RegisterEvent(
                    Instant.ofEpochMilli(fromMs),
                    Kind.FROZEN,
                    0,
                    "stands at " + count + " until " + Instant.ofEpochMilli(toMs)
                            + " while the other channel never fell below " + least));
        }
    }
}
