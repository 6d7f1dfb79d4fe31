package energy.audit.metering;

import energy.audit.evidence.VerificationKey;
import energy.audit.kernel.AgentId;
import energy.audit.kernel.SiteId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An enrolled agent.
 *
 * @param key its newest key
 * @param firstSequence the key signs batches from this sequence on, the key before it the earlier ones; 0: all that come
 *     after the entry
 * @param reason why the entry was made; may be empty
 * @param logIndex the entry that enrolled it
 */
public record Agent(
        AgentId id,
        SiteId site,
        VerificationKey key,
        Instant validFrom,
        boolean revoked,
        long firstSequence,
        String reason,
        long logIndex) {

    /**
     * The enrolment whose key must have signed a batch that comes now: the newest, passing over keys that sign later
     * sequences only. A revocation ends all keys before it.
     *
     * @param enrolments of one agent, in log order
     */
    public static Optional<Agent> inForce(List<Agent> enrolments, long sequence) {
        for (int i = enrolments.size() - 1; i >= 0; i--) {
            if (enrolments.get(i).firstSequence() <= sequence) {
                return Optional.of(enrolments.get(i));
            }
        }
        return Optional.empty();
    }
}
