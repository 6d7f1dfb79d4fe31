/**
 * Who else holds which head of a tenant's log: agents, auditors by mail, time-stamp services, cosigning witnesses. Owns
 * tables {@code log_witness}, {@code log_cosignature}, {@code log_stamp}, {@code log_recipient}, {@code log_mail},
 * {@code log_round}.
 *
 * <p>Promises: R1 a cosignature is kept only if it is good, by a registered key, and for a head of this log. R2 a stamp is
 * kept only if it is over the very bytes that were sent. R3 the daily round runs once in the cluster, and a failure is kept
 * beside what succeeded. Not here: the log itself.
 */
@Capability(
        door = Witnesses.class,
        uses = {"access", "log", "ingest"})
@NullMarked
package energy.audit.witness;

import energy.audit.kernel.Capability;
import org.jspecify.annotations.NullMarked;
