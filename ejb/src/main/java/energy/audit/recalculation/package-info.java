/**
 * Derives a tenant's intervals of a long period anew from the registers, as a batch that can be paused, gives way to ingest,
 * and goes on where it was after a crash. Owns tables {@code recalculation} and {@code recalculation_unit}.
 *
 * <p>Promises: R1 a unit counts as done in the transaction that appended its revisions, so none is lost or done for nothing.
 * R2 nothing is derived while ingest is behind. R3 a recalculation whose server died is taken over by another. Not here: how
 * an interval is derived.
 */
@Capability(
        door = Recalculations.class,
        uses = {"access", "consumption", "ingest", "metering"})
@NullMarked
package energy.audit.recalculation;

import energy.audit.kernel.Capability;
import org.jspecify.annotations.NullMarked;
