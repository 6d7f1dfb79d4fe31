package energy.audit.analysis.performance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Values far from the rest, to be shown to a person; nothing is left out by itself. */
public final class Outliers {
    /** Makes the median absolute deviation of normal values their standard deviation. */
    private static final double NORMAL = 1.4826;

    private Outliers() {}

    /** @param distance from the median in robust standard deviations, with its sign */
    public record Outlier(int index, double value, double distance) {}

    /**
     * Values further from the median than so many robust standard deviations (1.4826 times the median absolute
     * deviation); none where more than half of the values are equal.
     *
     * @param values at least one, all finite
     */
    public static List<Outlier> beyond(double deviations, double... values) {
        double median = median(values);
        double scale = NORMAL
                * median(Arrays.stream(values).map(v -> Math.abs(v - median)).toArray());
        List<Outlier> found = new ArrayList<>();
        for (int i = 0; scale > 0 && i < values.length; i++) {
            double distance = (values[i] - median) / scale;
            if (Math.abs(distance) > deviations) {
                found.add(new Outlier(i, values[i], distance));
            }
        }
        return found;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
