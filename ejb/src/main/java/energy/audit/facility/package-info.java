/**
 * Energy performance of a whole site: its indicators added up in primary or site energy, and whether they account for enough
 * of what crosses the boundary (Superior Energy Performance). Owns no table.
 *
 * <p>Promises: R1 an energy that two indicators would count is refused, never added twice. R2 energy that no indicator accounts
 * for is named, and more than five percent of it stops the claim. Not here: what an indicator is, how a model is fitted.
 */
@Capability(
        door = FacilityPerformance.class,
        uses = {"access", "consumption", "factor", "metering", "performance"})
@NullMarked
package energy.audit.facility;

import energy.audit.kernel.Capability;
import org.jspecify.annotations.NullMarked;
