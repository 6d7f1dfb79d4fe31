package energy.audit.analysis.performance;

import energy.audit.analysis.regression.Extended;
import energy.audit.analysis.regression.Series;

/** Running sum of measured minus expected energy; falling means saving. */
public final class Cusum {
    private Cusum() {}

    /** One value for each interval, in the unit of the energy. */
    public static double[] of(Series measured, Series expected) {
        if (measured.size() != expected.size()) {
            throw new IllegalArgumentException(
                    measured.size() + " measured and " + expected.size() + " expected values");
        }
        double[] sums = new double[measured.size()];
        Extended sum = Extended.ZERO;
        for (int i = 0; i < sums.length; i++) {
            sum = sum.plus(measured.extendedAt(i)).minus(expected.extendedAt(i));
            sums[i] = sum.value();
        }
        return sums;
    }

    /**
     * The last interval before the slope changes: where two straight lines that meet there describe the running sum
     * best. It dates a change of performance.
     *
     * @param sums at least four values
     */
    public static int turn(double[] sums) {
        if (sums.length < 4) {
            throw new IllegalArgumentException("a turn needs four values or more, not " + sums.length);
        }
        int best = 1;
        double smallest = Double.POSITIVE_INFINITY;
        for (int at = 1; at < sums.length - 2; at++) {
            double squares = squaresAroundMean(sums, 0, at) + squaresAroundMean(sums, at, sums.length - 1);
            if (squares < smallest) {
                smallest = squares;
                best = at;
            }
        }
        return best;
    }

    /** Scatter of the steps between two intervals: the deviations around their own mean. */
    private static double squaresAroundMean(double[] sums, int from, int to) {
        double mean = (sums[to] - sums[from]) / (to - from);
        double squares = 0;
        for (int i = from + 1; i <= to; i++) {
            double rest = sums[i] - sums[i - 1] - mean;
            squares += rest * rest;
        }
        return squares;
    }
}
