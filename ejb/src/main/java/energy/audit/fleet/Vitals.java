package energy.audit.fleet;

import energy.audit.kernel.AgentId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What an agent's newest batch says about it.
 *
 * @param heardAt when the backend admitted its latest message
 * @param sealedAt of the newest batch, by the agent's clock
 * @param pollInterval usual distance of its batches; empty for an agent that does not poll
 * @param cycleP99 99th percentile of the duration of its polls
 * @param keptBatches batches that wait at the agent for a receipt
 * @param bufferMaxBytes most that they may take, 0: unknown
 * @param diskFreeBytes on its disk, 0: unknown
 * @param oldestKept newest instant of the oldest batch that waits; empty when none does
 * @param clockErrorMs bound of the clock's error; 0 with an unsynchronised clock: unknown
 */
public record Vitals(
        AgentId agent,
        long sequence,
        Instant heardAt,
        Instant sealedAt,
        String version,
        Optional<Duration> pollInterval,
        Duration cycleP99,
        long keptBatches,
        long keptBytes,
        long bufferMaxBytes,
        long diskFreeBytes,
        Optional<Instant> oldestKept,
        boolean clockSynchronised,
        long clockErrorMs) {

    /** Share of the buffer that is taken, 0..1; empty when the agent did not say how large it is. */
    public Optional<Double> bufferFill() {
        return bufferMaxBytes > 0 ? Optional.of((double) keptBytes / bufferMaxBytes) : Optional.empty();
    }
}
