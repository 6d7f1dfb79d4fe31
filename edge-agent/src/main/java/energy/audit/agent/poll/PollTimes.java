package energy.audit.agent.poll;

import java.util.Arrays;

/** How punctual the last cycles were, up to 1,024 of them. Safe for several threads. */
public final class PollTimes {
    private static final int REMEMBERED = 1024;

    /** Milliseconds; all 0 before the first cycle. */
    public record Spread(long median, long p99, long max) {
        /** {@code median/p99/max}, for a log line. */
        public String inWords() {
            return median + "/" + p99 + "/" + max;
        }
    }

    /**
     * What the status shows.
     *
     * @param cycles since the start
     * @param overruns cycles that began so late that the one before must have run into them: later than a second
     * @param jitterMs how long after its boundary a cycle began
     * @param cycleMs how long a cycle took
     */
    public record Summary(long cycles, long overruns, Spread jitterMs, Spread cycleMs) {}

    private final long[] late = new long[REMEMBERED];
    private final long[] took = new long[REMEMBERED];
    private long cycles;
    private long overruns;

    /** A cycle has ended. */
    public synchronized void add(long lateMs, long tookMs) {
        int at = (int) (cycles++ % REMEMBERED);
        late[at] = lateMs;
        took[at] = tookMs;
        if (lateMs > 1000) {
            overruns++;
        }
    }

    /** The spread over the cycles that are remembered. */
    public synchronized Summary summary() {
        int known = (int) Math.min(cycles, REMEMBERED);
        return new Summary(cycles, overruns, spread(late, known), spread(took, known));
    }

    private static Spread spread(long[] values, int known) {
        if (known == 0) {
            return new Spread(0, 0, 0);
        }
        long[] sorted = Arrays.copyOf(values, known);
        Arrays.sort(sorted);
        return new Spread(sorted[(known - 1) / 2], sorted[(int) Math.ceil(known * 0.99) - 1], sorted[known - 1]);
    }
}
