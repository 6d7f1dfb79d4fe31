/** Up or down, for everybody. */
@NullMarked
package energy.audit.web.health;

import org.jspecify.annotations.NullMarked;
