/** Pages and REST of energy: live, by day, by period. */
@NullMarked
package energy.audit.web.consumption;

import org.jspecify.annotations.NullMarked;
