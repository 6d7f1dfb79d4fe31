package energy.audit.analysis.regression;

/**
 * A coefficient and its test against zero.
 *
 * @param name of the variable; {@code intercept} for the constant
 * @param t estimate / standardError; infinite where the model leaves no residual at all
 * @param p two-sided, t distribution with n − p degrees of freedom
 */
public record Coefficient(String name, double estimate, double standardError, double t, double p) {}
