package energy.audit.agent.config;

import energy.audit.evidence.wire.GapCause;

/** What a register's words say: a count, or that there is no value. */
public sealed interface Decoded {
    /** @param count what the agent keeps and signs */
    record Count(long count) implements Decoded {}

    /** @param detail for people, one sentence without a full stop */
    record Absent(GapCause cause, String detail) implements Decoded {}
}
