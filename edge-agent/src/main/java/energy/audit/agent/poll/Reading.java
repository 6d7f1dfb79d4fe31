package energy.audit.agent.poll;

import energy.audit.evidence.wire.GapCause;

/** One channel's result of one poll: a raw count, or the cause why there is none. Never a zero in place of nothing. */
public sealed interface Reading {
    /** Channel id, {@code site.meter.quantity}. */
    String channel();

    /**
     * @param atMs source time, ms since 1970-01-01T00:00:00Z
     * @param count raw, unscaled; float registers as their IEEE 754 bits
     */
    record Measured(String channel, long atMs, long count) implements Reading {}

    /** @param detail for people */
    record Missing(String channel, GapCause cause, String detail) implements Reading {}
}
