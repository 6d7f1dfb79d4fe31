package energy.audit.analysis.performance;

/**
 * Uncertainty of savings.
 *
 * @param confidence of the interval savings ± absolute, 0 to 1
 * @param relative absolute/|savings|; infinite where there are no savings
 * @param absolute in the unit of the savings; not a number where the residuals are too dependent to tell
 */
public record Uncertainty(double confidence, double relative, double absolute) {}
