package energy.audit.agent.time;

/** What only the machine can tell about time; a test tells it instead. */
public interface MachineTime {
    /** Asks whether somebody disciplines the wall clock. May take two seconds. */
    ClockCondition condition() throws InterruptedException;

    /** A clock that nobody can set and that runs since the machine's start, the same for all programs (ns). */
    long monotonicNanos();

    /** Another text after each start of the machine: {@link #monotonicNanos} of two of them cannot be compared. */
    String boot();
}
