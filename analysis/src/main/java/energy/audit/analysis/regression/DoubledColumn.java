package energy.audit.analysis.regression;

/**
 * Numbers of doubled precision, their high and low parts apart, so that a sum of products over them runs in lanes that a
 * processor takes side by side. A column knows nothing of intervals or names.
 *
 * @see "T. Ogita, S. M. Rump and S. Oishi, Accurate sum and dot product, SIAM J. Sci. Comput. 26 (2005)"
 */
final class DoubledColumn {
    /** Sums that run beside each other; a multiple of what any processor takes at once. */
    private static final int LANES = 64;

    private final double[] high;
    private final double[] low;
    private final boolean single;

    private DoubledColumn(double[] high, double[] low, boolean single) {
        this.high = high;
        this.low = low;
        this.single = single;
    }

    /** Takes the array over. */
    static DoubledColumn ofDoubles(double[] values) {
        return new DoubledColumn(values, values, true);
    }

    static DoubledColumn of(Extended[] values) {
        double[] high = new double[values.length];
        double[] low = new double[values.length];
        boolean single = true;
        for (int i = 0; i < values.length; i++) {
            high[i] = values[i].high();
            low[i] = values[i].low();
            single &= low[i] == 0;
        }
        return new DoubledColumn(high, single ? high : low, single);
    }

    int size() {
        return high.length;
    }

    Extended at(int index) {
        return single ? Extended.of(high[index]) : new Extended(high[index], low[index]);
    }

    double value(int index) {
        return single ? high[index] : high[index] + low[index];
    }

    double[] values() {
        double[] values = high.clone();
        for (int i = 0; i < values.length && !single; i++) {
            values[i] += low[i];
        }
        return values;
    }

    Extended[] extended() {
        Extended[] extended = new Extended[high.length];
        for (int i = 0; i < extended.length; i++) {
            extended[i] = at(i);
        }
        return extended;
    }

    Extended sum() {
        return sum(0, high.length);
    }

    /** Of the values from one index up to but without another. */
    Extended sum(int from, int to) {
        double[] sums = new double[LANES];
        double[] rests = new double[LANES];
        int whole = to - (to - from) % LANES;
        for (int base = from; base < whole; base += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                double term = high[base + lane];
                double before = sums[lane];
                double after = before + term;
                double part = after - before;
                rests[lane] += (before - (after - part)) + (term - part);
                sums[lane] = after;
            }
        }
        Extended sum = gathered(sums, rests);
        for (int i = whole; i < to; i++) {
            sum = sum.plus(Extended.of(high[i]));
        }
        return single ? sum : sum.plus(ofDoubles(low).sum(from, to));
    }

    Extended dot(DoubledColumn other) {
        return dot(0, other, 0, high.length);
    }

    /** Of count values from an index on with those of another column from an index on. */
    Extended dot(int from, DoubledColumn other, int otherFrom, int count) {
        double[] sums = new double[LANES];
        double[] rests = new double[LANES];
        int whole = count - count % LANES;
        if (single && other.single) {
            ofSingles(high, from, other.high, otherFrom, whole, sums, rests);
        } else {
            ofPairs(from, other, otherFrom, whole, sums, rests);
        }
        Extended sum = gathered(sums, rests);
        for (int i = whole; i < count; i++) {
            sum = sum.plus(at(from + i).times(other.at(otherFrom + i)));
        }
        return sum;
    }

    private static void ofSingles(
            double[] a, int aFrom, double[] b, int bFrom, int whole, double[] sums, double[] rests) {
        for (int base = 0; base < whole; base += LANES) {
            int ai = aFrom + base;
            int bi = bFrom + base;
            for (int lane = 0; lane < LANES; lane++) {
                double x = a[ai + lane];
                double y = b[bi + lane];
                double product = x * y;
                double error = Math.fma(x, y, -product);
                double before = sums[lane];
                double after = before + product;
                double part = after - before;
                rests[lane] += (before - (after - part)) + (product - part) + error;
                sums[lane] = after;
            }
        }
    }

    private void ofPairs(int from, DoubledColumn other, int otherFrom, int whole, double[] sums, double[] rests) {
        double[] a = high;
        double[] aLow = single ? new double[high.length] : low;
        double[] b = other.high;
        double[] bLow = other.single ? new double[other.high.length] : other.low;
        for (int base = 0; base < whole; base += LANES) {
            int ai = from + base;
            int bi = otherFrom + base;
            for (int lane = 0; lane < LANES; lane++) {
                double x = a[ai + lane];
                double y = b[bi + lane];
                double product = x * y;
                double error = Math.fma(x, y, -product) + (x * bLow[bi + lane] + aLow[ai + lane] * y);
                double before = sums[lane];
                double after = before + product;
                double part = after - before;
                rests[lane] += (before - (after - part)) + (product - part) + error;
                sums[lane] = after;
            }
        }
    }

    private static Extended gathered(double[] sums, double[] rests) {
        Extended sum = Extended.ZERO;
        for (int lane = 0; lane < LANES; lane++) {
            sum = sum.plus(Extended.of(sums[lane])).plus(Extended.of(rests[lane]));
        }
        return sum;
    }

    /** These values minus a constant, minus each column times its factor; rounded to doubles at the end. */
    double[] minus(Extended constant, DoubledColumn[] columns, Extended[] factors) {
        double[] left = high.clone();
        double[] rest = single ? new double[high.length] : low.clone();
        double constantHigh = constant.high();
        double constantLow = constant.low();
        for (int i = 0; i < left.length; i++) {
            double before = left[i];
            double after = before - constantHigh;
            double part = after - before;
            rest[i] += (before - (after - part)) - (constantHigh + part) - constantLow;
            left[i] = after;
        }
        for (int j = 0; j < columns.length; j++) {
            take(left, rest, columns[j], factors[j].high(), factors[j].low());
        }
        for (int i = 0; i < left.length; i++) {
            left[i] += rest[i];
        }
        return left;
    }

    private static void take(double[] left, double[] rest, DoubledColumn column, double factor, double factorLow) {
        double[] x = column.high;
        for (int i = 0; i < left.length; i++) {
            double product = factor * x[i];
            double error = Math.fma(factor, x[i], -product) + factorLow * x[i];
            double before = left[i];
            double after = before - product;
            double part = after - before;
            rest[i] += (before - (after - part)) - (product + part) - error;
            left[i] = after;
        }
        if (!column.single) {
            double[] xLow = column.low;
            for (int i = 0; i < left.length; i++) {
                rest[i] -= factor * xLow[i];
            }
        }
    }

    /** These values minus a constant, each rounded to a double. */
    double[] minus(Extended constant) {
        double[] distance = new double[high.length];
        double constantHigh = constant.high();
        double constantLow = constant.low();
        for (int i = 0; i < distance.length; i++) {
            distance[i] = (high[i] - constantHigh) - constantLow;
        }
        if (!single) {
            for (int i = 0; i < distance.length; i++) {
                distance[i] += low[i];
            }
        }
        return distance;
    }
}
