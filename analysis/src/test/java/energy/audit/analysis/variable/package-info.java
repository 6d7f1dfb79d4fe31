@NullMarked
package energy.audit.analysis.variable;

import org.jspecify.annotations.NullMarked;
