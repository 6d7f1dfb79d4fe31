@NullMarked
package energy.audit.analysis.performance;

import org.jspecify.annotations.NullMarked;
