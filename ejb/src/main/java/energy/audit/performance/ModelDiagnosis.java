package energy.audit.performance;

import java.time.Instant;
import java.util.List;

/**
 * What a model's residuals and variables say about it, beside its statistics of fit.
 *
 * @param baseline whose model it is
 * @param durbinWatson Σ(e[i] − e[i−1])²/Σe², near 2 where neighbours do not depend on each other
 * @param leverageLimit above which an input pulls the model towards itself
 * @param variables in the order of the model
 * @param points every input, in order
 */
public record ModelDiagnosis(
        String baseline,
        double durbinWatson,
        double autocorrelationLag1,
        double leverageLimit,
        List<Inflation> variables,
        List<Point> points) {
    public ModelDiagnosis {
        variables = List.copyOf(variables);
        points = List.copyOf(points);
    }

    /** @param varianceInflation 1/(1 − R²) of the variable regressed on the others; 1 where it stands alone */
    public record Inflation(String variable, double varianceInflation) {}

    /**
     * An input beside the model.
     *
     * @param studentised the residual over its standard error in a model without this input
     * @param leverage 0 to 1
     * @param far whether the residual is out of all proportion
     * @param pulling whether the leverage is above the limit
     */
    public record Point(
            Instant from,
            Instant to,
            double energyKwh,
            double modelledKwh,
            double residualKwh,
            double studentised,
            double leverage,
            boolean far,
            boolean pulling) {}
}
