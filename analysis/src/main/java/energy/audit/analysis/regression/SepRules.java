package energy.audit.analysis.regression;

/**
 * The limits of a valid model; the numbers are those of Superior Energy Performance.
 *
 * @param modelP the F test's p must be below
 * @param everyVariableP each variable's p must be below; the intercept is not tested
 * @param oneVariableP at least one variable's p must be below
 * @param rSquared R² must reach this
 * @param deviations the mean of each variable where the model is applied must lie in the range of the model's data, or
 *     within so many of its sample standard deviations (n − 1) of its mean
 * @see "LBNL EnPI Lite, Valid model requirements, https://enpilite.lbl.gov/valid-model-requirements"
 */
public record SepRules(double modelP, double everyVariableP, double oneVariableP, double rSquared, double deviations) {
    public static final SepRules SEP = new SepRules(0.10, 0.20, 0.10, 0.5, 3);
}
