/**
 * Tables that energy is multiplied with: tariffs and emission factors, dated, with their sources. Owns table
 * {@code factor_table}.
 *
 * <p>Promises: R1 a table is an entry of the log; a change is a new one, and an answer as known at a log size is a function of that
 * prefix. R2 a table that cannot be read, or leaves two answers for one day, is refused by line and column, and nothing of it is
 * taken. R3 what a site says for itself counts before what is said for every site. Not here: what is multiplied.
 */
@Capability(
        door = Factors.class,
        uses = {"access", "log", "metering"})
@NullMarked
package energy.audit.factor;

import energy.audit.kernel.Capability;
import org.jspecify.annotations.NullMarked;
