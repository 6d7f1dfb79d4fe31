@NullMarked
package energy.audit.consumption;

import org.jspecify.annotations.NullMarked;
