package energy.audit.analysis.performance;

import energy.audit.analysis.regression.Extended;

/** Degree days from mean temperatures; the base is a model parameter and is reported beside the figure. */
public final class DegreeDays {
    private DegreeDays() {}

    /**
     * Σ max(0, base − T)·days.
     *
     * @param means mean temperature of each interval, same unit as the base
     * @param days length of an interval in days: 1 for daily means, 1/24 for hourly
     */
    public static double heating(double base, double[] means, double days) {
        Extended sum = Extended.ZERO;
        for (double mean : means) {
            sum = sum.plus(Extended.of(Math.max(0, base - mean) * days));
        }
        return sum.value();
    }

    /** Σ max(0, T − base)·days. */
    public static double cooling(double base, double[] means, double days) {
        Extended sum = Extended.ZERO;
        for (double mean : means) {
            sum = sum.plus(Extended.of(Math.max(0, mean - base) * days));
        }
        return sum.value();
    }
}
