/** Energy performance: models applied to periods, savings with their uncertainty, and the running sum of deviations. */
@NullMarked
package energy.audit.analysis.performance;

import org.jspecify.annotations.NullMarked;
