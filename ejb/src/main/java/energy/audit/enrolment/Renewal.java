package energy.audit.enrolment;

import energy.audit.kernel.AgentId;
import energy.audit.kernel.TenantId;

/**
 * An enrolled agent asks for its next certificate.
 *
 * @param request PKCS #10 in PEM
 * @param atMs the agent's clock, ms since 1970; later than in its request before
 * @param proof signature by the agent's newest key over {@link energy.audit.evidence.EnrolmentProof#renewal}
 */
@SuppressWarnings("ArrayRecordComponent") // carried once, compared never
public record Renewal(TenantId tenant, AgentId agent, String request, long atMs, byte[] proof) {}
