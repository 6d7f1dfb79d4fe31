/**
 * What the energy of a site costs, by the tariffs that hold. Owns no table.
 *
 * <p>Promises: R1 each line is a quantity times a price of the tariff table that it names, rounded once. R2 a quarter hour without a
 * figure is counted as missing and costs nothing that is stated; a day without a tariff is named. Not here: the tables.
 */
@Capability(
        door = Costs.class,
        uses = {"access", "metering", "consumption", "factor"})
@NullMarked
package energy.audit.cost;

import energy.audit.kernel.Capability;
import org.jspecify.annotations.NullMarked;
