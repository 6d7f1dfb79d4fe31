package energy.audit.analysis.regression;

/** Statistics of a row of residuals in time order. */
public final class Residuals {
    private Residuals() {}

    /** Pearson correlation of each residual with the one before it; not a number for fewer than three. */
    public static double autocorrelationLag1(double[] residuals) {
        int pairs = residuals.length - 1;
        if (pairs < 2) {
            return Double.NaN;
        }
        DoubledColumn column = DoubledColumn.ofDoubles(residuals);
        Extended sumBefore = column.sum(0, pairs);
        Extended sumAfter = column.sum(1, pairs + 1);
        Extended count = Extended.of(pairs);
        Extended squaresBefore =
                column.dot(0, column, 0, pairs).minus(sumBefore.times(sumBefore).dividedBy(count));
        Extended squaresAfter =
                column.dot(1, column, 1, pairs).minus(sumAfter.times(sumAfter).dividedBy(count));
        Extended products =
                column.dot(0, column, 1, pairs).minus(sumBefore.times(sumAfter).dividedBy(count));
        return products.value() / (Math.sqrt(squaresBefore.value()) * Math.sqrt(squaresAfter.value()));
    }

    /** Σ(e[i] − e[i−1])²/Σe²; about 2 without autocorrelation. */
    public static double durbinWatson(double[] residuals) {
        DoubledColumn column = DoubledColumn.ofDoubles(residuals);
        double[] steps = new double[Math.max(0, residuals.length - 1)];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = residuals[i + 1] - residuals[i];
        }
        DoubledColumn step = DoubledColumn.ofDoubles(steps);
        return step.dot(step).value() / column.dot(column).value();
    }

    /** n′ = n(1 − ρ)/(1 + ρ): how many independent observations n autocorrelated ones are worth. */
    public static double effectiveCount(int observations, double autocorrelation) {
        return observations * (1 - autocorrelation) / (1 + autocorrelation);
    }
}
