@NullMarked
package energy.audit.performance;

import org.jspecify.annotations.NullMarked;
