package energy.audit.analysis.regression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A linear model fitted by least squares, with its statistics. Symbols: n observations, k variables, p = k + 1
 * parameters (p = k without intercept), residuals e = y − ŷ, SSE = Σe², s² = SSE/(n − p).
 *
 * <p>Where SSE ≤ 1e-20 of the total squares, the model is exact: what is left is the rounding of whoever computed it, and
 * statistics take s as 0. Then t and F are infinite, p is 0, and what is made of the residuals alone has no value.
 */
public final class LinearFit {
    /** Share of the total squares up to which a model is exact. */
    private static final double NOTHING = 1e-20;

    /** Share of Σy² up to which the response does not vary. */
    private static final double CONSTANT = 1e-24;

    private final Series response;
    private final List<Series> variables;
    private final boolean withIntercept;
    private final LeastSquares squares;
    private final Extended[] solution;
    private final List<Coefficient> coefficients;
    private final double[] residuals;
    private final double residualSquares;
    private final double totalSquares;
    private final double explainedSquares;
    private final boolean constant;

    private LinearFit(Series response, List<Series> variables, boolean withIntercept) {
        this.response = response;
        this.variables = List.copyOf(variables);
        this.withIntercept = withIntercept;
        List<String> names = new ArrayList<>(withIntercept ? List.of("intercept") : List.of());
        variables.forEach(variable -> names.add(variable.name()));
        this.squares = LeastSquares.of(
                names, variables.stream().map(Series::column).toList(), response.column(), withIntercept);
        this.solution = squares.solution();
        this.residuals = squares.residuals();
        DoubledColumn left = DoubledColumn.ofDoubles(residuals);
        Extended squaresLeft = left.dot(left);
        Extended squaresOfAll = response.column().dot(response.column());
        Extended total = withIntercept ? aroundMean(response, squaresOfAll) : squaresOfAll;
        this.residualSquares = squaresLeft.value();
        this.totalSquares = total.value();
        this.explainedSquares = total.minus(squaresLeft).value();
        this.constant = totalSquares <= CONSTANT * squaresOfAll.value();
        this.coefficients = new ArrayList<>();
        double variance = exact() ? 0 : residualSquares / degreesOfFreedom();
        for (int j = 0; j < solution.length; j++) {
            double standardError = Math.sqrt(variance * squares.variance(j).value());
            double estimate = solution[j].value();
            double t = constant ? Double.NaN : estimate == 0 && !exact() ? 0 : estimate / standardError;
            double p = exact() && !constant ? 0 : Tails.ofT(t, degreesOfFreedom());
            coefficients.add(new Coefficient(names.get(j), estimate, standardError, t, p));
        }
    }

    /**
     * Fits y = b0 + b1·x1 + … by least squares.
     *
     * @param response y, n values
     * @param variables at least one (without any, the model is the mean), each of n values
     * @param withIntercept whether there is a b0; without it R² is over Σy²
     * @throws NoModel with fewer than p + 1 observations, or where a variable is a combination of the others
     */
    public static LinearFit of(Series response, List<Series> variables, boolean withIntercept) {
        int parameters = variables.size() + (withIntercept ? 1 : 0);
        if (parameters == 0) {
            throw new NoModel("a model without intercept needs a variable. Name one.");
        }
        for (Series variable : variables) {
            if (variable.size() != response.size()) {
                throw new IllegalArgumentException(variable.name() + " has " + variable.size() + " values, "
                        + response.name() + " has " + response.size());
            }
        }
        if (response.size() <= parameters) {
            throw new NoModel(response.size() + " observations cannot carry " + parameters
                    + " parameters; at least " + (parameters + 1)
                    + " are needed. Take a longer period or fewer variables.");
        }
        return new LinearFit(response, variables, withIntercept);
    }

    /** Fits a polynomial of one variable, degree 1 or more. */
    public static LinearFit polynomial(Series response, Series variable, int degree, boolean withIntercept) {
        List<Series> powers = new ArrayList<>();
        for (int exponent = 1; exponent <= degree; exponent++) {
            powers.add(variable.power(exponent));
        }
        return of(response, powers, withIntercept);
    }

    public int observations() {
        return response.size();
    }

    /** k, the intercept not counted. */
    public int variableCount() {
        return variables.size();
    }

    /** p, the intercept counted. */
    public int parameterCount() {
        return solution.length;
    }

    /** n − p. */
    public int degreesOfFreedom() {
        return observations() - parameterCount();
    }

    public Series response() {
        return response;
    }

    /** The variables with the values that the model was fitted on. */
    public List<Series> variables() {
        return variables;
    }

    public Optional<Coefficient> intercept() {
        return withIntercept ? Optional.of(coefficients.get(0)) : Optional.empty();
    }

    /** In the order of {@link #variables()}. */
    public List<Coefficient> slopes() {
        return List.copyOf(coefficients.subList(withIntercept ? 1 : 0, coefficients.size()));
    }

    /** Whether the model leaves no more than the rounding of whoever computes it; so does one of a constant. */
    public boolean exact() {
        return constant || residualSquares <= NOTHING * totalSquares;
    }

    /** 1 − SSE/SST; SST is Σ(y − ȳ)², without intercept Σy². Not a number where y does not vary. */
    public double rSquared() {
        return constant ? Double.NaN : exact() ? 1 : 1 - residualSquares / totalSquares;
    }

    /** 1 − (1 − R²)(n − 1)/(n − p); without intercept n takes the place of n − 1. */
    public double adjustedRSquared() {
        double free = withIntercept ? observations() - 1.0 : observations();
        return 1 - (1 - rSquared()) * free / degreesOfFreedom();
    }

    /** (SSR/k)/(SSE/(n − p)). */
    public double f() {
        if (exact()) {
            return constant ? Double.NaN : Double.POSITIVE_INFINITY;
        }
        return explainedSquares / variableCount() / (residualSquares / degreesOfFreedom());
    }

    /** Upper tail of F(k, n − p). */
    public double fPValue() {
        return Tails.ofF(f(), variableCount(), degreesOfFreedom());
    }

    public double residualSumOfSquares() {
        return residualSquares;
    }

    public double regressionSumOfSquares() {
        return explainedSquares;
    }

    /** s = √(SSE/(n − p)), in the unit of the response. */
    public double residualStandardDeviation() {
        return exact() ? 0 : Math.sqrt(residualSquares / degreesOfFreedom());
    }

    /** s/ȳ, a fraction; the n − p denominator of ASHRAE Guideline 14. */
    public double cvRmse() {
        return residualStandardDeviation() / response.mean();
    }

    /** Σ(y − ŷ)/((n − p)·ȳ), a fraction; positive where the model is too low (sign of ASHRAE Guideline 14). */
    public double nmbe() {
        return Extended.sum(residuals).value() / (degreesOfFreedom() * response.mean());
    }

    /** Pearson correlation of each residual with the one before it; not a number for fewer than three, or an exact model. */
    public double autocorrelationLag1() {
        return exact() ? Double.NaN : Residuals.autocorrelationLag1(residuals);
    }

    /** Σ(e[i] − e[i−1])²/Σe²; not a number for an exact model. */
    public double durbinWatson() {
        return exact() ? Double.NaN : Residuals.durbinWatson(residuals);
    }

    /** 1/(1 − R²) of each variable regressed on the others; 1 for a single variable. */
    public double[] varianceInflation() {
        double[] factors = new double[variables.size()];
        for (int j = 0; j < factors.length; j++) {
            factors[j] = squares.variance(j + (withIntercept ? 1 : 0))
                    .times(squaresAround(variables.get(j), withIntercept))
                    .value();
        }
        return factors;
    }

    /** How far each observation pulls the model towards itself, 0 to 1; they add up to p. */
    public double[] leverage() {
        return squares.leverage();
    }

    public double[] residuals() {
        return residuals.clone();
    }

    /** ŷ for values of the variables, in their order. */
    public double predict(double... values) {
        if (values.length != variables.size()) {
            throw new IllegalArgumentException(
                    "the model has " + variables.size() + " variables, not " + values.length);
        }
        Extended prediction = withIntercept ? solution[0] : Extended.ZERO;
        for (int j = 0; j < values.length; j++) {
            prediction = prediction.plus(solution[j + (withIntercept ? 1 : 0)].times(Extended.of(values[j])));
        }
        return prediction.value();
    }

    /** ŷ for each row of columns in the order of the variables. */
    public double[] predict(List<Series> columns) {
        double[] predictions = new double[columns.isEmpty() ? 0 : columns.get(0).size()];
        double[] row = new double[columns.size()];
        for (int i = 0; i < predictions.length; i++) {
            for (int j = 0; j < row.length; j++) {
                row[j] = columns.get(j).at(i);
            }
            predictions[i] = predict(row);
        }
        return predictions;
    }

    /**
     * Standard error of the mean response at values of the variables (the model's share of the uncertainty; a single
     * new observation adds s).
     */
    public double standardErrorOfMean(double... values) {
        return residualStandardDeviation() * Math.sqrt(squares.spread(values).value());
    }

    /** Σ(x − x̄)², or Σx² where the model goes through zero. */
    private static Extended squaresAround(Series series, boolean mean) {
        Extended squares = series.column().dot(series.column());
        return mean ? aroundMean(series, squares) : squares;
    }

    /** Σ(x − x̄)² from Σx². */
    private static Extended aroundMean(Series series, Extended squares) {
        Extended sum = series.sum();
        return squares.minus(sum.times(sum).dividedBy(Extended.of(series.size())));
    }
}
