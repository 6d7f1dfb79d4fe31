/**
 * Linear models of energy with everything an auditor asks of one: coefficients with their tests, fit statistics,
 * residual statistics, and a verdict with reasons. All sums run in doubled precision, about 31 digits.
 */
@NullMarked
package energy.audit.analysis.regression;

import org.jspecify.annotations.NullMarked;
