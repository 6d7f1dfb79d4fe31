/** Planted to break rules. Promises: R9 nobody tests this. */
@Capability(door = Cellar.class)
@NullMarked
package energy.audit.planted.cellar;

import energy.audit.kernel.Capability;
import org.jspecify.annotations.NullMarked;
