@NullMarked
package energy.audit.gap;

import org.jspecify.annotations.NullMarked;
