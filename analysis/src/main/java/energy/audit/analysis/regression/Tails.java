package energy.audit.analysis.regression;

import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.special.Beta;

/** Tail probabilities by the incomplete beta function, right down to the smallest doubles. */
public final class Tails {
    private static final int NEWTON_STEPS = 2;

    private Tails() {}

    /** P(|T| ≥ |t|) of Student's distribution. */
    public static double ofT(double t, double degreesOfFreedom) {
        if (Double.isNaN(t)) {
            return Double.NaN;
        }
        if (Double.isInfinite(t)) {
            return 0;
        }
        return Beta.regularizedBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5);
    }

    /** P(F ≥ f). */
    public static double ofF(double f, double numerator, double denominator) {
        if (Double.isNaN(f)) {
            return Double.NaN;
        }
        if (Double.isInfinite(f)) {
            return 0;
        }
        return Beta.regularizedBeta(denominator / (denominator + numerator * f), denominator / 2, numerator / 2);
    }

    /** The t that Student's distribution stays within, on both sides, with that confidence (0 to 1). */
    public static double twoSidedT(double confidence, double degreesOfFreedom) {
        TDistribution distribution = new TDistribution(degreesOfFreedom);
        double t = distribution.inverseCumulativeProbability(0.5 + confidence / 2);
        // its solver stops at 1e-9; Newton's steps go on to the last digits
        for (int step = 0; step < NEWTON_STEPS; step++) {
            t += (ofT(t, degreesOfFreedom) - (1 - confidence)) / (2 * distribution.density(t));
        }
        return t;
    }
}
