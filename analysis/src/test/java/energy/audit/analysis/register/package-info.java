@NullMarked
package energy.audit.analysis.register;

import org.jspecify.annotations.NullMarked;
