package energy.audit.analysis.regression;

import java.util.List;
import java.util.Optional;

/**
 * Least squares by Cholesky factors of the cross products around the means (around zero without intercept), summed in
 * doubled precision. Cross products square the condition of a design; where more than a third of the doubled digits would
 * be lost there is none of these.
 */
final class CrossProducts implements LeastSquares {
    /** Least share of a column's sum of squares that must stand out of the mean and the columns before it. */
    private static final double CLEARLY_APART = 1e-10;

    private final List<DoubledColumn> variables;
    private final int observations;
    private final boolean mean;
    private final Extended[] means;
    /** Lower triangle L of LLᵀ. */
    private final Extended[][] factor;
    /** L⁻¹, lower triangle. */
    private final Extended[][] inverse;

    private final Extended[] solution;
    private final double[] residuals;

    private CrossProducts(
            List<DoubledColumn> variables,
            DoubledColumn response,
            boolean mean,
            Extended[] means,
            Extended responseMean,
            Extended[][] factor) {
        this.variables = variables;
        this.observations = response.size();
        this.mean = mean;
        this.means = means;
        this.factor = factor;
        this.inverse = inverted(factor);
        int k = variables.size();
        Extended[] slopes = new Extended[k];
        Extended[] turned = new Extended[k];
        for (int j = 0; j < k; j++) {
            Extended rest = around(variables.get(j).dot(response), means[j], responseMean);
            for (int i = 0; i < j; i++) {
                rest = rest.minus(factor[j][i].times(turned[i]));
            }
            turned[j] = rest.dividedBy(factor[j][j]);
        }
        for (int j = k - 1; j >= 0; j--) {
            Extended rest = turned[j];
            for (int i = j + 1; i < k; i++) {
                rest = rest.minus(factor[i][j].times(slopes[i]));
            }
            slopes[j] = rest.dividedBy(factor[j][j]);
        }
        Extended intercept = responseMean;
        for (int j = 0; j < k; j++) {
            intercept = intercept.minus(slopes[j].times(means[j]));
        }
        solution = new Extended[k + (mean ? 1 : 0)];
        System.arraycopy(slopes, 0, solution, mean ? 1 : 0, k);
        if (mean) {
            solution[0] = intercept;
        }
        residuals = response.minus(mean ? intercept : Extended.ZERO, variables.toArray(DoubledColumn[]::new), slopes);
    }

    /** Empty where the columns do not stand apart clearly enough. */
    static Optional<CrossProducts> of(List<DoubledColumn> variables, DoubledColumn response, boolean mean) {
        int k = variables.size();
        Extended[] means = new Extended[k];
        for (int j = 0; j < k; j++) {
            means[j] = mean ? mean(variables.get(j)) : Extended.ZERO;
        }
        Extended responseMean = mean ? mean(response) : Extended.ZERO;
        Extended[][] factor = new Extended[k][];
        for (int j = 0; j < k; j++) {
            factor[j] = new Extended[j + 1];
            Extended raw = Extended.ZERO;
            for (int i = 0; i <= j; i++) {
                raw = variables.get(j).dot(variables.get(i));
                Extended rest = raw.minus(means[j].times(means[i]).times(Extended.of(response.size())));
                for (int before = 0; before < i; before++) {
                    rest = rest.minus(factor[j][before].times(factor[i][before]));
                }
                if (i < j) {
                    factor[j][i] = rest.dividedBy(factor[i][i]);
                } else if (rest.high() > CLEARLY_APART * raw.high()) {
                    factor[j][j] = rest.squareRoot();
                } else {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new CrossProducts(List.copyOf(variables), response, mean, means, responseMean, factor));
    }

    private static Extended mean(DoubledColumn column) {
        return column.sum().dividedBy(Extended.of(column.size()));
    }

    private Extended around(Extended product, Extended one, Extended other) {
        return mean ? product.minus(one.times(other).times(Extended.of(observations))) : product;
    }

    private static Extended[][] inverted(Extended[][] factor) {
        int k = factor.length;
        Extended[][] inverse = new Extended[k][];
        for (int row = 0; row < k; row++) {
            inverse[row] = new Extended[row + 1];
            for (int column = 0; column <= row; column++) {
                Extended rest = row == column ? Extended.ONE : Extended.ZERO;
                for (int i = column; i < row; i++) {
                    rest = rest.minus(factor[row][i].times(inverse[i][column]));
                }
                inverse[row][column] = rest.dividedBy(factor[row][row]);
            }
        }
        return inverse;
    }

    @Override
    public Extended[] solution() {
        return solution.clone();
    }

    @Override
    public double[] residuals() {
        return residuals.clone();
    }

    @Override
    public Extended variance(int index) {
        if (mean && index == 0) {
            Extended[] zero = new Extended[means.length];
            for (int j = 0; j < zero.length; j++) {
                zero[j] = means[j].negated();
            }
            return length(zero).plus(share());
        }
        int column = index - (mean ? 1 : 0);
        Extended sum = Extended.ZERO;
        for (int row = column; row < inverse.length; row++) {
            sum = sum.plus(inverse[row][column].times(inverse[row][column]));
        }
        return sum;
    }

    @Override
    public Extended spread(double... point) {
        Extended[] distance = new Extended[point.length];
        for (int j = 0; j < point.length; j++) {
            distance[j] = Extended.of(point[j]).minus(means[j]);
        }
        return length(distance).plus(share());
    }

    /** 1/n with an intercept: what a row weighs before its distance from the means counts. */
    private Extended share() {
        return mean ? Extended.ONE.dividedBy(Extended.of(observations)) : Extended.ZERO;
    }

    /** dᵀS⁻¹d by forward substitution. */
    private Extended length(Extended[] distance) {
        Extended sum = Extended.ZERO;
        Extended[] turned = new Extended[distance.length];
        for (int j = 0; j < distance.length; j++) {
            Extended rest = distance[j];
            for (int i = 0; i < j; i++) {
                rest = rest.minus(factor[j][i].times(turned[i]));
            }
            turned[j] = rest.dividedBy(factor[j][j]);
            sum = sum.plus(turned[j].times(turned[j]));
        }
        return sum;
    }

    /** In doubles: the columns stand apart and the means are taken away first, so no more than five digits are lost. */
    @Override
    public double[] leverage() {
        int k = variables.size();
        double[][] distance = new double[k][];
        double[] leverage = new double[observations];
        java.util.Arrays.fill(leverage, share().value());
        double[] turned = new double[observations];
        for (int row = 0; row < k; row++) {
            distance[row] = variables.get(row).minus(means[row]);
            java.util.Arrays.fill(turned, 0);
            for (int column = 0; column <= row; column++) {
                add(turned, inverse[row][column].value(), distance[column]);
            }
            for (int i = 0; i < turned.length; i++) {
                leverage[i] += turned[i] * turned[i];
            }
        }
        return leverage;
    }

    private static void add(double[] to, double factor, double[] column) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * column[i];
        }
    }
}
