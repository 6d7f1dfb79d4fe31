/**
 * Admits a signed batch once, refuses what is wrong into quarantine, keeps readings, gaps and the marks of touched hours.
 * Owns tables {@code batch_claim}, {@code reading}, {@code gap}, {@code touched_bucket}, {@code agent_publication},
 * {@code ingest_count}, {@code agent_contact}, {@code agent_mapping}, {@code agent_commissioning}, {@code quarantine}, {@code stray_message}, {@code ingest_alarm}.
 *
 * <p>Promises: R1 sent = stored + duplicate + quarantined + in flight, always. R2 a batch is stored once, whatever the
 * order and number of its arrivals, and each arrival is answered with a receipt. R3 another batch for a sequence that is
 * taken is an alarm, never an overwrite. R4 nothing enters a tenant but what a key enrolled there has signed.
 * R5 readings, gaps and marks commit with the entry that they come from. Not here: scaling, energy.
 */
@Capability(
        door = Ingest.class,
        uses = {"log", "access", "metering", "fleet"})
@NullMarked
package energy.audit.ingest;

import energy.audit.kernel.Capability;
import org.jspecify.annotations.NullMarked;
