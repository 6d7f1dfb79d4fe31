package energy.audit.ingest;

import energy.audit.evidence.Hash;
import energy.audit.kernel.AgentId;
import java.time.Instant;

/**
 * A device mapping as an agent signed it: in force at the agent from this batch on.
 *
 * @param logIndex of the batch that carries it
 * @param sequence of that batch
 * @param sealedAt when the agent sealed it, by the agent's clock
 * @param text the bytes of {@code device_mapping.json}, as UTF-8
 * @param sha256 of those bytes
 */
public record AnnouncedMapping(
        AgentId agent, long logIndex, long sequence, Instant sealedAt, String text, Hash sha256) {}
