package energy.audit.agent.time;

/**
 * What the machine says about its clock when it is asked.
 *
 * @param errorBoundMs how far the clock may be off, at most; 0 if nobody can tell
 * @param leap announced for the end of this UTC day
 * @param source what said so, for people
 */
public record ClockCondition(State state, int errorBoundMs, Leap leap, String source) {
    /** Whether somebody disciplines the clock. */
    public enum State {
        SYNCHRONISED,
        /** A program runs that will set the clock, and has not done so since the machine started. */
        WAITING,
        /** Nobody disciplines it, or nobody does any more. */
        UNDISCIPLINED
    }

    /** A second that is put into, or left out of, the last minute of the UTC day (ITU-R TF.460-6). */
    public enum Leap {
        NONE(0),
        INSERTED(1),
        LEFT_OUT(-1);

        private final int seconds;

        Leap(int seconds) {
            this.seconds = seconds;
        }

        /** By how much longer the day is. */
        public int seconds() {
            return seconds;
        }
    }

    /** Nobody can tell. */
    public static final ClockCondition UNKNOWN =
            new ClockCondition(State.UNDISCIPLINED, 0, Leap.NONE, "nobody disciplines the clock");

    static ClockCondition synchronised(double boundSeconds, Leap leap, String source) {
        return new ClockCondition(
                State.SYNCHRONISED, (int) Math.min(Integer.MAX_VALUE, Math.ceil(boundSeconds * 1000)), leap, source);
    }
}
