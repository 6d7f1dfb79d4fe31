/** Indicators and baselines for programs and people. */
@NullMarked
package energy.audit.web.performance;

import org.jspecify.annotations.NullMarked;
