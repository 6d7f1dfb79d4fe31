package energy.audit.enrolment;

import energy.audit.evidence.VerificationKey;
import energy.audit.kernel.SiteId;
import java.util.Optional;

/**
 * What an agent sends with its token.
 *
 * @param site that the agent is configured for, if it is yet
 * @param key that it signs batches with
 * @param request PKCS #10 in PEM
 * @param proof signature by {@code key} over {@link energy.audit.evidence.EnrolmentProof#byToken}
 */
@SuppressWarnings("ArrayRecordComponent") // carried once, compared never
public record Redemption(String token, Optional<SiteId> site, VerificationKey key, String request, byte[] proof) {
    /** Without the token. */
    @Override
    public String toString() {
        return "Redemption[" + key + "]";
    }
}
