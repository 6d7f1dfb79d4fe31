@NullMarked
package energy.audit.cost;

import org.jspecify.annotations.NullMarked;
