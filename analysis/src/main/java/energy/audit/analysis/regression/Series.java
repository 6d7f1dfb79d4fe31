package energy.audit.analysis.regression;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/** A named column of numbers, one for each interval; energy or a relevant variable, in the unit of its name. */
public final class Series {
    private final String name;
    private final DoubledColumn values;

    private Series(String name, DoubledColumn values) {
        this.name = name;
        this.values = values;
        for (int i = 0; i < values.size(); i++) {
            if (!Double.isFinite(values.value(i))) {
                throw new IllegalArgumentException("value " + (i + 1) + " of " + name + " is not a finite number");
            }
        }
    }

    private Series(String name, Extended[] values) {
        this(name, DoubledColumn.of(values));
    }

    /** Keeps all digits. */
    public static Series ofExtended(String name, List<Extended> values) {
        return new Series(name, values.toArray(Extended[]::new));
    }

    public static Series of(String name, double... values) {
        return new Series(name, DoubledColumn.ofDoubles(values.clone()));
    }

    /** Keeps decimals as they were written, beyond the digits of a double. */
    public static Series ofDecimals(String name, List<BigDecimal> values) {
        return new Series(name, values.stream().map(Extended::of).toArray(Extended[]::new));
    }

    public String name() {
        return name;
    }

    public int size() {
        return values.size();
    }

    public double at(int index) {
        return values.value(index);
    }

    public double[] values() {
        return values.values();
    }

    DoubledColumn column() {
        return values;
    }

    /** The same column raised to a whole power, 1 or more, named like {@code x^2}. */
    public Series power(int exponent) {
        Extended[] raised = values.extended();
        for (int step = 1; step < exponent; step++) {
            for (int i = 0; i < raised.length; i++) {
                raised[i] = raised[i].times(values.at(i));
            }
        }
        return new Series(exponent == 1 ? name : name + "^" + exponent, raised);
    }

    /** This column followed by another of the same variable. */
    public Series followedBy(Series other) {
        Extended[] both = Arrays.copyOf(values.extended(), size() + other.size());
        System.arraycopy(other.values.extended(), 0, both, size(), other.size());
        return new Series(name, both);
    }

    /** A value with the digits that a double has no room for. */
    public Extended extendedAt(int index) {
        return values.at(index);
    }

    /** The sum with the digits that a double has no room for. */
    public Extended sum() {
        return values.sum();
    }

    public double total() {
        return sum().value();
    }

    public double mean() {
        return extendedMean().value();
    }

    public double smallest() {
        return Arrays.stream(values()).min().orElse(Double.NaN);
    }

    public double largest() {
        return Arrays.stream(values()).max().orElse(Double.NaN);
    }

    /** Sample standard deviation, divisor n − 1; not a number for fewer than two values. */
    public double standardDeviation() {
        Extended mean = extendedMean();
        Extended squares = Extended.ZERO;
        for (int i = 0; i < size(); i++) {
            Extended distance = values.at(i).minus(mean);
            squares = squares.plus(distance.times(distance));
        }
        return Math.sqrt(squares.value() / (size() - 1));
    }

    private Extended extendedMean() {
        return values.sum().dividedBy(Extended.of(size()));
    }
}
