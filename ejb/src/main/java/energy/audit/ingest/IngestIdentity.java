package energy.audit.ingest;

import energy.audit.kernel.AgentId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What has become of everything that was sent: {@code sent = stored + duplicate + quarantined + inFlight}.
 *
 * @param sent publishes that agents have counted, as far as their messages told
 * @param inFlight told of by a later message, and not here yet
 */
public record IngestIdentity(
        long sent, long stored, long duplicate, long quarantined, long inFlight, List<AgentState> agents) {
    public IngestIdentity {
        agents = List.copyOf(agents);
    }

    /**
     * One agent, as its batches tell.
     *
     * @param lastContact when its newest message was admitted
     * @param lag between sealing and admission of its newest batch
     * @param lastReceipt when its newest receipt was made
     * @param witnessedSize size of the log that it has checked, 0 before its first receipt
     * @param lastSequence highest sequence admitted
     * @param holes sequences below it that are not here
     * @param keptBatches batches that wait at the agent
     */
    public record AgentState(
            AgentId agent,
            long sent,
            long stored,
            long duplicate,
            long quarantined,
            long inFlight,
            Optional<Instant> lastContact,
            Optional<Duration> lag,
            Optional<Instant> lastReceipt,
            long witnessedSize,
            long lastSequence,
            long holes,
            long keptBatches,
            boolean clockSynchronised) {}
}
