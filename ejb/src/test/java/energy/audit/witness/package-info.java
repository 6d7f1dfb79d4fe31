@NullMarked
package energy.audit.witness;

import org.jspecify.annotations.NullMarked;
