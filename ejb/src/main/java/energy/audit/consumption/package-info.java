/**
 * Turns register readings into interval consumption with quality, and answers how much, when and how complete. Owns
 * tables {@code interval_revision} and {@code hour_waiting}.
 *
 * <p>Promises: R1 no energy is lost between intervals: quarter hours, hours, days and months are each the register's
 * difference at their own ends, and add up. R2 a result is never changed, only revised, and only when it differs.
 * R3 an answer as known at a log size is a function of that prefix, whatever was derived when. R4 an interval without
 * data is missing, never zero. Not here: cost, emissions, expectations.
 */
@Capability(
        door = Consumption.class,
        uses = {"access", "metering", "ingest"})
@NullMarked
package energy.audit.consumption;

import energy.audit.kernel.Capability;
import org.jspecify.annotations.NullMarked;
