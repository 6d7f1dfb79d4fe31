package energy.audit.analysis.performance;

import energy.audit.analysis.regression.Extended;

/**
 * A performance after non-routine adjustments.
 *
 * @param adjustedBaseline with the adjustments, unit of the energy
 * @param improvementPercent savings over that
 */
public record AfterAdjustments(double adjustedBaseline, double savings, double improvementPercent) {
    /** @param energies added to the adjusted baseline, of each adjustment that counts */
    public static AfterAdjustments of(Performance performance, double... energies) {
        double sum = Extended.sum(energies).value();
        double baseline = performance.adjustedBaseline() + sum;
        double savings = performance.savings() + sum;
        return new AfterAdjustments(baseline, savings, 100 * savings / baseline);
    }
}
