/**
 * Relevant variables that no meter counts: production by product, hours, weather, as another system delivers them, and planned
 * shifts. Owns tables {@code production_import}, {@code variable_value}, {@code weather_import} and {@code weather_value}.
 *
 * <p>Promises: R1 a delivery is an entry of the log, whole or not at all, and the same one again makes no second entry. R2 a
 * corrected value is a new version; an answer as known at a log size is a function of that prefix. R3 a period that is only
 * partly covered has no value, and one that was split is marked. R4 an answer names the entries of the log that it was taken
 * from. Not here: what is made of a variable in a model.
 */
@Capability(
        door = Variables.class,
        uses = {"access", "log", "metering"})
@NullMarked
package energy.audit.variables;

import energy.audit.kernel.Capability;
import org.jspecify.annotations.NullMarked;
