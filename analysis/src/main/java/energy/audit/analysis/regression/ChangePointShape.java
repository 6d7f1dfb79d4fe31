package energy.audit.analysis.regression;

import java.util.ArrayList;
import java.util.List;

/**
 * Shapes of energy over outdoor temperature T, with x⁺ = max(0, x). A change point counts as a parameter.
 *
 * @see "Kissock, Haberl, Claridge, Inverse Modeling Toolkit (ASHRAE RP-1050)"
 */
public enum ChangePointShape {
    /** b0 + b1·(c − T)⁺ with b1 ≥ 0. */
    HEATING_3P,
    /** b0 + b1·(T − c)⁺ with b1 ≥ 0. */
    COOLING_3P,
    /** b0 + b1·(c − T)⁺ + b2·(T − c)⁺, slopes of either sign. */
    COMMON_4P,
    /** b0 + b1·(h − T)⁺ + b2·(T − c)⁺ with h ≤ c and both slopes ≥ 0. */
    HEATING_AND_COOLING_5P;

    int changePoints() {
        return this == HEATING_AND_COOLING_5P ? 2 : 1;
    }

    boolean slopesNotNegative() {
        return this != COMMON_4P;
    }

    /** The columns of the linear model once the change points are fixed: one, or heating then cooling. */
    public List<Series> columns(Series temperature, double... points) {
        List<Series> columns = new ArrayList<>();
        if (this != COOLING_3P) {
            columns.add(below(temperature, points[0]));
        }
        if (this != HEATING_3P) {
            columns.add(above(temperature, points[points.length - 1]));
        }
        return columns;
    }

    /** (c − T)⁺: heating degrees. */
    static Series below(Series temperature, double point) {
        double[] degrees = temperature.values();
        for (int i = 0; i < degrees.length; i++) {
            degrees[i] = Math.max(0, point - degrees[i]);
        }
        return Series.of("heating degrees", degrees);
    }

    /** (T − c)⁺: cooling degrees. */
    static Series above(Series temperature, double point) {
        double[] degrees = temperature.values();
        for (int i = 0; i < degrees.length; i++) {
            degrees[i] = Math.max(0, degrees[i] - point);
        }
        return Series.of("cooling degrees", degrees);
    }
}
