package energy.audit.analysis.performance;

import energy.audit.analysis.regression.Extended;
import java.util.Arrays;

/** Power from energy of equal intervals. */
public final class Demand {
    private Demand() {}

    /**
     * Mean power of each interval.
     *
     * @param energy of each interval, such as kWh
     * @param minutes length of an interval
     * @return in the unit of the energy per hour, such as kW
     */
    public static double[] block(double[] energy, double minutes) {
        return Arrays.stream(energy).map(e -> e * 60 / minutes).toArray();
    }

    /**
     * Mean power over a window of several intervals that moves by one; its peak is never below that of blocks of the same
     * length.
     *
     * @param intervals in a window, 1 or more
     * @return one value for each full window, in order of its start
     */
    public static double[] sliding(double[] energy, double minutes, int intervals) {
        double[] demand = new double[Math.max(0, energy.length - intervals + 1)];
        for (int i = 0; i < demand.length; i++) {
            demand[i] =
                    Extended.sum(Arrays.copyOfRange(energy, i, i + intervals)).value() * 60 / (minutes * intervals);
        }
        return demand;
    }

    /** Mean over peak of a row of demands; not a number without a peak above zero. */
    public static double loadFactor(double[] demand) {
        double peak = Arrays.stream(demand).max().orElse(0);
        return peak > 0 ? Extended.sum(demand).value() / demand.length / peak : Double.NaN;
    }

    /** Demands from highest to lowest; the area below them is the energy. */
    public static double[] duration(double[] demand) {
        double[] sorted = demand.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < sorted.length / 2; i++) {
            double high = sorted[sorted.length - 1 - i];
            sorted[sorted.length - 1 - i] = sorted[i];
            sorted[i] = high;
        }
        return sorted;
    }

    /**
     * Power factor of a period from its energies: kWh/√(kWh² + kvarh²). It is a mean weighed by energy, no power factor of
     * an instant.
     *
     * @param activeKwh one direction, not negative
     * @param reactiveKvarh one direction, same period
     * @return 0 to 1; not a number where nothing was used
     */
    public static double powerFactor(double activeKwh, double reactiveKvarh) {
        return activeKwh / Math.hypot(activeKwh, reactiveKvarh);
    }
}
