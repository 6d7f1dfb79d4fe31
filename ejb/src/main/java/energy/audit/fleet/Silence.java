package energy.audit.fleet;

import energy.audit.kernel.AgentId;
import energy.audit.kernel.SiteId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An agent was expected and not heard.
 *
 * @param lastHeard empty: never since it was enrolled
 * @param silentAfter how long it may be silent
 * @param raisedBy the node that looked
 * @param ended empty while it lasts
 */
public record Silence(
        UUID id,
        AgentId agent,
        SiteId site,
        Optional<Instant> lastHeard,
        Duration silentAfter,
        Instant raisedAt,
        String raisedBy,
        Optional<End> ended) {

    /** How it ended. */
    public record End(Instant at, Reason reason) {}

    /** Why it ended. */
    public enum Reason {
        /** A batch of the agent was admitted. */
        HEARD,
        /** The agent was revoked. */
        REVOKED,
        /** Somebody changed how long it may be silent. */
        NOT_EXPECTED
    }
}
