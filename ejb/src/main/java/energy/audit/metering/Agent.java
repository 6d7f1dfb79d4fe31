package energy.audit.metering;

import energy.audit.evidence.VerificationKey;
import energy.audit.kernel.AgentId;
import energy.audit.kernel.SiteId;
import java.time.Instant;

/**
 * An enrolled agent.
 *
 * @param key its newest key
 * @param logIndex the entry that enrolled it
 */
public record Agent(AgentId id, SiteId site, VerificationKey key, Instant validFrom, boolean revoked, long logIndex) {}
