@NullMarked
package energy.audit.factor;

import org.jspecify.annotations.NullMarked;
