/** Recalculations over REST. */
@NullMarked
package energy.audit.web.recalculation;

import org.jspecify.annotations.NullMarked;
