/**
 * What the energy of a site emits, by scope and with the factor behind every line, and how much that is for each unit of
 * product, area or energy. Owns no table.
 *
 * <p>Promises: R1 a period is cut where a factor changes, and every line names the factor it was computed with. R2 what has no figure
 * or no factor is named, and never zero; a factor of another year is never taken. R3 scope 2 is by location and by market. Not
 * here: the tables.
 */
@Capability(
        door = Carbon.class,
        uses = {"access", "metering", "consumption", "factor", "variables"})
@NullMarked
package energy.audit.carbon;

import energy.audit.kernel.Capability;
import org.jspecify.annotations.NullMarked;
