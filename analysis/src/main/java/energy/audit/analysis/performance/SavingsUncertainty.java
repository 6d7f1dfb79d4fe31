package energy.audit.analysis.performance;

import energy.audit.analysis.regression.LinearFit;
import energy.audit.analysis.regression.Residuals;
import energy.audit.analysis.regression.Tails;

/** What a model's scatter means for the energy it predicts over a period. */
public final class SavingsUncertainty {
    private static final double REDDY_CLARIDGE = 1.26;

    private SavingsUncertainty() {}

    /**
     * Uncertainty of the predicted energy as a fraction of it: t · 1.26 · CV(RMSE) · √[(n/n′)(1 + 2/n′)(1/m)], with n′ =
     * n(1 − ρ)/(1 + ρ), ρ the lag-1 autocorrelation of the residuals, and t two-sided with n − p degrees of freedom.
     * Divided by the saved fraction it is the fractional savings uncertainty.
     *
     * @param points m, the intervals of the period the model is applied to
     * @param confidence 0 to 1
     * @return not a number where n′ is not positive
     * @see "Reddy and Claridge, Uncertainty of measured energy savings from statistical baseline models, HVAC&R Research
     *     6 (2000), the form of ASHRAE Guideline 14"
     */
    public static double ofPrediction(LinearFit fit, double points, double confidence) {
        double rho = fit.autocorrelationLag1();
        double effective = Residuals.effectiveCount(fit.observations(), Double.isNaN(rho) ? 0 : rho);
        if (!(effective > 0) || Double.isInfinite(effective)) {
            return Double.NaN;
        }
        double t = Tails.twoSidedT(confidence, fit.degreesOfFreedom());
        return t
                * REDDY_CLARIDGE
                * Math.abs(fit.cvRmse())
                * Math.sqrt(fit.observations() / effective * (1 + 2 / effective) / points);
    }

    /** Interval lengths with their own polynomial in place of 1.26. */
    public enum Frequency {
        BILLING(-0.00022, 0.03306, 0.94054),
        DAILY(-0.00024, 0.03535, 1.00286);

        private final double square;
        private final double linear;
        private final double constant;

        Frequency(double square, double linear, double constant) {
            this.square = square;
            this.linear = linear;
            this.constant = constant;
        }

        /** The factor for a reporting period of so many months. */
        double factor(double months) {
            return square * months * months + linear * months + constant;
        }
    }

    /**
     * Error band of metered savings as CalTRACK 2 has it, in the unit of the energy.
     *
     * @param baselineTotal energy of the baseline
     * @param cvRmse of the baseline with the denominator n − p
     * @param observations n
     * @param effective n′
     * @param degreesOfFreedom of t
     * @param points m, reporting intervals
     * @param months length of the reporting period
     * @see "Sun and Baltazar, Analysis and improvement on the estimation of building energy savings uncertainty, ASHRAE
     *     Transactions 119 (2013); openeemeter/eemeter 3.2.0"
     */
    public static double errorBand(
            Frequency frequency,
            double baselineTotal,
            double cvRmse,
            int observations,
            double effective,
            double degreesOfFreedom,
            int points,
            double months,
            double confidence) {
        return baselineTotal
                * Tails.twoSidedT(confidence, degreesOfFreedom)
                * frequency.factor(months)
                * cvRmse
                * Math.sqrt(observations / effective * (1 + 2 / effective) / points);
    }
}
