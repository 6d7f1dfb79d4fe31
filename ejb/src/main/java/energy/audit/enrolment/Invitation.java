package energy.audit.enrolment;

import energy.audit.kernel.AgentId;
import energy.audit.kernel.SiteId;
import java.net.URI;
import java.time.Instant;

/**
 * What somebody hands to the plant.
 *
 * @param token said once, here; the backend keeps only its hash
 * @param url where the agent enrols
 */
public record Invitation(AgentId agent, SiteId site, String token, Instant expiresAt, URI url) {
    /** Without the token. */
    @Override
    public String toString() {
        return "Invitation[" + agent + ", " + site + ", until " + expiresAt + "]";
    }
}
