@NullMarked
package energy.audit.recalculation;

import org.jspecify.annotations.NullMarked;
