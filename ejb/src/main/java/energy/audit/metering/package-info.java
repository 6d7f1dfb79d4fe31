/**
 * What is measured where: sites, meters, channels and their scaling, effective-dated, and the keys of agents.
 * Every change is an entry of the log; tables are projections of it. Owns tables {@code site},
 * {@code channel}, {@code metering_configuration}, {@code meter_exchange}, {@code agent}.
 *
 * <p>Promises: R1 the same content again makes no new entry. R2 what was in force at an instant, as known at a log size,
 * never changes. R3 a channel keeps its number for ever. R4 of the exchanges
 * of one meter and instant the newest entry counts, and none is ever changed. Not here: readings.
 */
@Capability(
        door = Metering.class,
        uses = {"log", "access"})
@NullMarked
package energy.audit.metering;

import energy.audit.kernel.Capability;
import org.jspecify.annotations.NullMarked;
