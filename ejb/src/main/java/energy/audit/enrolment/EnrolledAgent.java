package energy.audit.enrolment;

import energy.audit.evidence.VerificationKey;
import energy.audit.kernel.AgentId;
import energy.audit.kernel.SiteId;
import energy.audit.kernel.TenantId;
import java.time.Instant;

/**
 * Everything that an agent needs to begin.
 *
 * @param installation first part of the name of the log's key
 * @param logKey receipts by any other key are to be refused
 * @param certificate its client certificate, PEM
 * @param notAfter when the certificate ends
 * @param brokerAuthority what the broker's and the portal's certificates must chain to, PEM; empty: a public authority
 */
public record EnrolledAgent(
        TenantId tenant,
        AgentId agent,
        SiteId site,
        String installation,
        VerificationKey logKey,
        String certificate,
        Instant notAfter,
        String brokerHost,
        int brokerPort,
        String brokerAuthority) {}
