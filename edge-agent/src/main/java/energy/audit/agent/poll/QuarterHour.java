package energy.audit.agent.poll;

import java.time.Instant;

/** The instants whose readings decide about interval energy: every zone's offset is a multiple of a quarter hour. */
public final class QuarterHour {
    private static final long MS = 15 * 60 * 1000L;

    private QuarterHour() {}

    /** True at :00, :15, :30 and :45 exactly. */
    public static boolean is(Instant instant) {
        return Math.floorMod(instant.toEpochMilli(), MS) == 0;
    }
}
