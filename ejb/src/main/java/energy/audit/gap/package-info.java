/**
 * Where data is missing, and why. Agents sign for the gaps that they know of; what no agent can say (it was stolen, the
 * building burnt, nobody had installed it yet) a person signs for. Owns table {@code signed_gap}.
 *
 * <p>Promises: R1 a signed gap is an entry of the log, and taking it back is another one. R2 nobody signs for a gap where there
 * are readings. R3 every hour of a counter that has no measured figure is in the list of holes, signed for or not. Not here:
 * filling a hole; a gap stays a gap.
 */
@Capability(
        door = Gaps.class,
        uses = {"access", "log", "metering", "ingest", "consumption"})
@NullMarked
package energy.audit.gap;

import energy.audit.kernel.Capability;
import org.jspecify.annotations.NullMarked;
