@NullMarked
package energy.audit.variables;

import org.jspecify.annotations.NullMarked;
