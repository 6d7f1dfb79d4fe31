package energy.audit.analysis.regression;

import java.util.ArrayList;
import java.util.List;

/**
 * How far each observation lies from the model, and how far it pulls the model towards itself; to be shown to a person, who
 * decides. Nothing is left out by itself.
 *
 * <p>Two rules mark an observation. Its residual, divided by the standard error that it has when the model is fitted without
 * it (externally studentised), is above 3 in size: documentation of the R package olsrr, {@code ols_srsd_plot}. Its leverage is
 * above 3p/n or 0.99, whichever is smaller: Minitab, "Ways to identify outliers in regression and ANOVA". p counts the
 * intercept.
 */
public final class Influence {
    public static final double FAR = 3;
    private static final double LEVERAGE_SHARE = 3;
    private static final double MOST_LEVERAGE = 0.99;

    private Influence() {}

    /**
     * An observation beside its model.
     *
     * @param residual measured minus modelled, in the unit of the response
     * @param studentised the residual over its standard error without the observation; not a number where the other
     *     observations leave no residual to compare with
     * @param leverage 0 to 1
     */
    public record Point(int index, double residual, double studentised, double leverage, boolean far, boolean pulling) {
        /** Whether somebody should look at it. */
        public boolean marked() {
            return far || pulling;
        }
    }

    /** Leverage from which on an observation is marked. */
    public static double leverageLimit(LinearFit fit) {
        return Math.min(MOST_LEVERAGE, LEVERAGE_SHARE * fit.parameterCount() / fit.observations());
    }

    /** Every observation of a fit, in its order. */
    public static List<Point> of(LinearFit fit) {
        double[] residuals = fit.residuals();
        double[] leverages = fit.leverage();
        double limit = leverageLimit(fit);
        double squares = fit.residualSumOfSquares();
        int free = fit.degreesOfFreedom() - 1;
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < residuals.length; i++) {
            double rest = 1 - leverages[i];
            // what remains of the sum of squares when this observation is left out
            double without = Math.max(0, squares - residuals[i] * residuals[i] / rest);
            double studentised = free > 0 && rest > 0 ? residuals[i] / Math.sqrt(without / free * rest) : Double.NaN;
            points.add(new Point(
                    i, residuals[i], studentised, leverages[i], Math.abs(studentised) > FAR, leverages[i] > limit));
        }
        return points;
    }
}
