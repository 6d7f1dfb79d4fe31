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
        Extended sumBefore = Extended.ZERO;
        Extended sumAfter = Extended.ZERO;
        for (int i = 0; i < pairs; i++) {
            sumBefore = sumBefore.plus(Extended.of(residuals[i]));
            sumAfter = sumAfter.plus(Extended.of(residuals[i + 1]));
        }
        Extended meanBefore = sumBefore.dividedBy(Extended.of(pairs));
        Extended meanAfter = sumAfter.dividedBy(Extended.of(pairs));
        Extended squaresBefore = Extended.ZERO;
        Extended squaresAfter = Extended.ZERO;
        Extended products = Extended.ZERO;
        for (int i = 0; i < pairs; i++) {
            Extended before = Extended.of(residuals[i]).minus(meanBefore);
            Extended after = Extended.of(residuals[i + 1]).minus(meanAfter);
            squaresBefore = squaresBefore.plus(before.times(before));
            squaresAfter = squaresAfter.plus(after.times(after));
            products = products.plus(before.times(after));
        }
        return products.value() / (Math.sqrt(squaresBefore.value()) * Math.sqrt(squaresAfter.value()));
    }

    /** Σ(e[i] − e[i−1])²/Σe²; about 2 without autocorrelation. */
    public static double durbinWatson(double[] residuals) {
        Extended steps = Extended.ZERO;
        Extended squares = Extended.ZERO;
        for (int i = 0; i < residuals.length; i++) {
            Extended residual = Extended.of(residuals[i]);
            squares = squares.plus(residual.times(residual));
            if (i > 0) {
                Extended step = residual.minus(Extended.of(residuals[i - 1]));
                steps = steps.plus(step.times(step));
            }
        }
        return steps.value() / squares.value();
    }

    /** n′ = n(1 − ρ)/(1 + ρ): how many independent observations n autocorrelated ones are worth. */
    public static double effectiveCount(int observations, double autocorrelation) {
        return observations * (1 - autocorrelation) / (1 + autocorrelation);
    }
}
