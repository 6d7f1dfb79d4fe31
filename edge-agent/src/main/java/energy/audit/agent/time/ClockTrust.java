package energy.audit.agent.time;

import energy.audit.agent.time.ClockCondition.Leap;

/**
 * How far the wall clock can be trusted now.
 *
 * @param synchronised somebody disciplines it
 * @param errorBoundMs how far it may be off, growing since it was last known; 0: unknown
 * @param sinceSyncMs monotonic time since it was last said to be synchronised; 0: it never was in this run
 * @param waiting somebody will set it, and has not done so since the machine started: what it shows may be nonsense
 */
public record ClockTrust(
        boolean synchronised, int errorBoundMs, long sinceSyncMs, boolean waiting, Leap leap, String source) {
    /** For stamps of which nothing is known. */
    public static ClockTrust none(String why) {
        return new ClockTrust(false, 0, 0, false, Leap.NONE, why);
    }
}
