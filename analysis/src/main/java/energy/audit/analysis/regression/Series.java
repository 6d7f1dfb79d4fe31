package energy.audit.analysis.regression;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/** A named column of numbers, one for each interval; energy or a relevant variable, in the unit of its name. */
public final class Series {
    private final String name;
    private final Extended[] values;

    private Series(String name, Extended[] values) {
        this.name = name;
        this.values = values;
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i].high())) {
                throw new IllegalArgumentException("value " + (i + 1) + " of " + name + " is not a finite number");
            }
        }
    }

    public static Series of(String name, double... values) {
        return new Series(name, Arrays.stream(values).mapToObj(Extended::of).toArray(Extended[]::new));
    }

    /** Keeps decimals as they were written, beyond the digits of a double. */
    public static Series ofDecimals(String name, List<BigDecimal> values) {
        return new Series(name, values.stream().map(Extended::of).toArray(Extended[]::new));
    }

    public String name() {
        return name;
    }

    public int size() {
        return values.length;
    }

    public double at(int index) {
        return values[index].value();
    }

    public double[] values() {
        return Arrays.stream(values).mapToDouble(Extended::value).toArray();
    }

    Extended[] extended() {
        return values.clone();
    }

    /** The same column raised to a whole power, 1 or more, named like {@code x^2}. */
    public Series power(int exponent) {
        Extended[] raised = values.clone();
        for (int step = 1; step < exponent; step++) {
            for (int i = 0; i < raised.length; i++) {
                raised[i] = raised[i].times(values[i]);
            }
        }
        return new Series(exponent == 1 ? name : name + "^" + exponent, raised);
    }

    /** This column followed by another of the same variable. */
    public Series followedBy(Series other) {
        Extended[] both = Arrays.copyOf(values, values.length + other.values.length);
        System.arraycopy(other.values, 0, both, values.length, other.values.length);
        return new Series(name, both);
    }

    public double total() {
        return sum().value();
    }

    public double mean() {
        return extendedMean().value();
    }

    public double smallest() {
        return Arrays.stream(values).mapToDouble(Extended::value).min().orElse(Double.NaN);
    }

    public double largest() {
        return Arrays.stream(values).mapToDouble(Extended::value).max().orElse(Double.NaN);
    }

    /** Sample standard deviation, divisor n − 1; not a number for fewer than two values. */
    public double standardDeviation() {
        Extended mean = extendedMean();
        Extended squares = Extended.ZERO;
        for (Extended value : values) {
            Extended distance = value.minus(mean);
            squares = squares.plus(distance.times(distance));
        }
        return Math.sqrt(squares.value() / (values.length - 1));
    }

    Extended extendedMean() {
        return sum().dividedBy(Extended.of(values.length));
    }

    private Extended sum() {
        Extended sum = Extended.ZERO;
        for (Extended value : values) {
            sum = sum.plus(value);
        }
        return sum;
    }
}
