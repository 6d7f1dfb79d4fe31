/** Tests of the formulas that reports name. */
@NullMarked
package energy.audit.analysis.report;

import org.jspecify.annotations.NullMarked;
