package energy.audit.agent.enrol;

import java.time.Instant;

/**
 * What the backend gives an agent that it has let in.
 *
 * @param logPublicKey base64; receipts by any other key are refused
 * @param certificate the client certificate, PEM
 * @param brokerAuthority what the broker's and the portal's certificates chain to, PEM; empty: a public authority
 */
public record Papers(
        String tenant,
        String agent,
        String site,
        String installation,
        String logPublicKey,
        String certificate,
        Instant certificateNotAfter,
        String brokerHost,
        int brokerPort,
        String brokerAuthority) {}
