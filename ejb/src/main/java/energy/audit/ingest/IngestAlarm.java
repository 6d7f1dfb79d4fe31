package energy.audit.ingest;

import energy.audit.kernel.AgentId;
import energy.audit.kernel.LogCode;
import java.time.Instant;

/** Something that an operator must look at; a row of the transaction that found it. */
public record IngestAlarm(Kind kind, Instant at, AgentId agent, long sequence, String detail) {
    /** What was found. */
    public enum Kind {
        /** Two batches for one sequence. */
        FORK(LogCode.FORK_DETECTED),
        /** A batch names another predecessor than the one that is stored. */
        CHAIN_BREAK(LogCode.CHAIN_BROKEN),
        /** The agent has seen a log head that this log does not continue. */
        WITNESS_DISAGREES(LogCode.WITNESS_DISAGREES);

        private final LogCode code;

        Kind(LogCode code) {
            this.code = code;
        }

        /** First word of its line in the log, with what to do. */
        public LogCode code() {
            return code;
        }
    }
}
