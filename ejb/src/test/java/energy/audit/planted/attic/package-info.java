/** Planted to close a cycle. */
@Capability(
        door = Attic.class,
        uses = {"cellar"})
@NullMarked
package energy.audit.planted.attic;

import energy.audit.kernel.Capability;
import org.jspecify.annotations.NullMarked;
