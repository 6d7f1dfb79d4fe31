package energy.audit.analysis.regression;

import java.math.BigDecimal;

/**
 * A number as the unevaluated sum of two doubles, about 31 decimal digits. Regression on raw energy data loses half of
 * a double's digits; with these it loses none that are printed.
 *
 * @param high the nearest double
 * @param low what is missing from it
 * @see "T. J. Dekker, A floating-point technique for extending the available precision, Numer. Math. 18 (1971)"
 */
public record Extended(double high, double low) {
    public static final Extended ZERO = new Extended(0, 0);
    public static final Extended ONE = new Extended(1, 0);

    public static Extended of(double value) {
        return new Extended(value, 0);
    }

    /** The decimal as it is written: 0.1 is nearer to one tenth than any double. */
    public static Extended of(BigDecimal value) {
        double high = value.doubleValue();
        if (Double.isInfinite(high)) {
            return new Extended(high, 0);
        }
        return new Extended(high, value.subtract(new BigDecimal(high)).doubleValue());
    }

    /** The sum of the values, exact to about 31 digits of the sum of their magnitudes. */
    public static Extended sum(double... values) {
        Extended sum = ZERO;
        for (double value : values) {
            sum = sum.plus(of(value));
        }
        return sum;
    }

    public Extended plus(Extended other) {
        double sum = high + other.high;
        double error = errorOfSum(high, other.high, sum);
        double lowSum = low + other.low;
        double lowError = errorOfSum(low, other.low, lowSum);
        Extended first = normal(sum, error + lowSum);
        return normal(first.high, first.low + lowError);
    }

    public Extended minus(Extended other) {
        return plus(other.negated());
    }

    public Extended times(Extended other) {
        double product = high * other.high;
        double error = Math.fma(high, other.high, -product);
        return normal(product, error + (high * other.low + low * other.high));
    }

    public Extended dividedBy(Extended other) {
        double first = high / other.high;
        if (!Double.isFinite(first)) {
            return of(first);
        }
        Extended rest = minus(other.times(of(first)));
        double second = rest.high / other.high;
        rest = rest.minus(other.times(of(second)));
        Extended quotient = normal(first, second);
        return quotient.plus(of(rest.high / other.high));
    }

    public Extended squareRoot() {
        if (high <= 0) {
            return of(Math.sqrt(high));
        }
        double root = Math.sqrt(high);
        Extended rest = minus(of(root).times(of(root)));
        return normal(root, rest.high / (2 * root));
    }

    public Extended negated() {
        return new Extended(-high, -low);
    }

    public double value() {
        return high + low;
    }

    private static double errorOfSum(double a, double b, double sum) {
        double part = sum - a;
        return (a - (sum - part)) + (b - part);
    }

    private static Extended normal(double high, double low) {
        double sum = high + low;
        return new Extended(sum, Double.isFinite(sum) ? low - (sum - high) : 0);
    }
}
