/**
 * Lets agents in and puts them out: invitations (one-time tokens), client certificates of the installation's agent
 * authority, key changes, revocation. What an agent may sign is an entry of the log, made by metering. Owns tables
 * {@code enrolment_token}, {@code agent_certificate}, {@code revoked_certificate}.
 *
 * <p>Promises: R1 a token lets one key in, once, for one agent of one site, until it expires. R2 who has no token learns
 * nothing, not even whether a tenant exists. R3 a certificate is signed only for who holds the agent's signing key. R4 a
 * revoked agent gets no certificate, and those it has are on the revocation list. Not here: checking batches.
 */
@Capability(
        door = Enrolment.class,
        uses = {"log", "access", "metering"})
@NullMarked
package energy.audit.enrolment;

import energy.audit.kernel.Capability;
import org.jspecify.annotations.NullMarked;
