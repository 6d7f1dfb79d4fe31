package energy.audit.ingest;

import energy.audit.kernel.AgentId;
import java.time.Instant;

/** Something that an operator must look at; a row of the transaction that found it. */
public record IngestAlarm(Kind kind, Instant at, AgentId agent, long sequence, String detail) {
    /** What was found. */
    public enum Kind {
        /** Two batches for one sequence. */
        FORK,
        /** A batch names another predecessor than the one that is stored. */
        CHAIN_BREAK,
        /** The agent has seen a log head that this log does not continue. */
        WITNESS_DISAGREES
    }
}
