package energy.audit.agent.time;

import energy.audit.agent.time.ClockCondition.State;
import java.util.concurrent.TimeUnit;

/**
 * Remembers what the machine said about its clock, and lets the error bound grow with the monotonic time since then: when
 * the source is lost, the last bound stays good for as long as nobody sets the clock. Safe for several threads.
 */
public final class SourceClock {
    /**
     * How fast a clock that nobody corrects may run away: 100 parts in a million, what crystals of small computers are
     * specified for over their temperature range and age. RFC 5905 reckons with 15 (PHI) for a disciplined one.
     */
    private static final long DRIFT_PPM = 100;

    private final MachineTime time;
    private ClockCondition last = ClockCondition.UNKNOWN;
    private long lookedNanos;
    private int boundAtSyncMs;
    private long syncNanos;
    private boolean boundHolds;
    private boolean everSynchronised;
    private int steps;

    public SourceClock(MachineTime time) {
        this.time = time;
        this.lookedNanos = time.monotonicNanos();
    }

    /** The most by which a clock runs away in this time. */
    static long driftMs(long elapsedMs) {
        return -Math.floorDiv(-Math.max(0, elapsedMs) * DRIFT_PPM, 1_000_000L);
    }

    /** Asks the machine now. */
    public ClockTrust look() throws InterruptedException {
        ClockCondition now = time.condition();
        synchronized (this) {
            last = now;
            lookedNanos = time.monotonicNanos();
            if (now.errorBoundMs() > 0) {
                boundAtSyncMs = now.errorBoundMs();
                boundHolds = true;
            }
            if (now.state() == State.SYNCHRONISED) {
                syncNanos = lookedNanos;
                everSynchronised = true;
                boundHolds = true;
                boundAtSyncMs = Math.max(1, now.errorBoundMs());
            }
            return trust();
        }
    }

    /** What is known now, without asking. */
    public synchronized ClockTrust trust() {
        boolean synchronised = last.state() == State.SYNCHRONISED;
        long sinceSyncMs = everSynchronised ? TimeUnit.NANOSECONDS.toMillis(time.monotonicNanos() - syncNanos) : 0;
        long sinceBoundMs =
                everSynchronised ? sinceSyncMs : TimeUnit.NANOSECONDS.toMillis(time.monotonicNanos() - lookedNanos);
        long bound = boundHolds ? boundAtSyncMs + driftMs(sinceBoundMs) : 0;
        return new ClockTrust(
                synchronised,
                (int) Math.min(Integer.MAX_VALUE, bound),
                sinceSyncMs,
                last.state() == State.WAITING && !everSynchronised,
                last.leap(),
                last.source());
    }

    /** The wall clock was set: a bound that rested on its running undisturbed is void until somebody vouches for it again. */
    public synchronized void stepped() {
        steps++;
        boundHolds = last.state() == State.SYNCHRONISED;
    }

    /** How often the wall clock was set since the agent's start. */
    public synchronized int steps() {
        return steps;
    }

    /**
     * How far an instant may be off that was measured by the monotonic clock and placed by the wall clock later.
     *
     * @param boundMs how far the wall clock might be off then
     * @param agoMs monotonic time between
     */
    public static int placedBoundMs(int boundMs, long agoMs) {
        return (int) Math.min(Integer.MAX_VALUE, boundMs + driftMs(agoMs) + 1);
    }
}
