package energy.audit.analysis.register;

import java.time.Instant;

/**
 * Something that happened to a register between two readings.
 *
 * @param at instant of the first reading after it (of the reading itself for a glitch; of the gap's start for a gap)
 * @param countsAdded what the event adds to the plain register difference, so that the sum of intervals = register
 *     difference + the sum over its events; 0 for events that only mark
 * @param detail in words, with the counts
 */
public record RegisterEvent(Instant at, Kind kind, long countsAdded, String detail) {
    /** The kinds, as an operator would name them. */
    public enum Kind {
        ROLLOVER,
        RESET,
        ZERO_GLITCH,
        SPIKE,
        BACK_STEP,
        EXCHANGE,
        FROZEN,
        GAP,
        IMPLAUSIBLE,
        CONFLICT
    }
}
