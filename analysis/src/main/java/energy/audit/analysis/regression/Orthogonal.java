package energy.audit.analysis.regression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * QR factors of a design by modified Gram-Schmidt in doubled precision, with the response carried along, which makes the
 * solution as stable as Householder's.
 *
 * @see "Å. Björck, Solving linear least squares problems by Gram-Schmidt orthogonalization, BIT 7 (1967)"
 */
final class Orthogonal implements LeastSquares {
    /** A column of which less than this share stands out of the others is a combination of them. */
    private static final double DEPENDENT = 1e-24;

    private final Extended[][] q;
    private final Extended[][] r;
    private final Extended[] projected;
    private final Extended[] residuals;
    private final Extended[][] inverse;
    private final boolean mean;

    /** @param mean whether the first column is that of the intercept */
    static Orthogonal of(List<String> names, List<DoubledColumn> variables, DoubledColumn response, boolean mean) {
        List<Extended[]> columns = new ArrayList<>();
        if (mean) {
            Extended[] ones = new Extended[response.size()];
            Arrays.fill(ones, Extended.ONE);
            columns.add(ones);
        }
        variables.forEach(column -> columns.add(column.extended()));
        return new Orthogonal(names, columns, response.extended(), mean);
    }

    private Orthogonal(List<String> names, List<Extended[]> columns, Extended[] response, boolean mean) {
        this.mean = mean;
        int p = columns.size();
        q = new Extended[p][];
        r = new Extended[p][p];
        projected = new Extended[p];
        residuals = response.clone();
        for (int j = 0; j < p; j++) {
            q[j] = columns.get(j).clone();
        }
        for (int j = 0; j < p; j++) {
            Extended length = dot(q[j], q[j]).squareRoot();
            Extended before = dot(columns.get(j), columns.get(j)).squareRoot();
            if (length.value() <= DEPENDENT * before.value()) {
                throw new NoModel("'" + names.get(j) + "' is a combination of the columns before it ("
                        + String.join(", ", names.subList(0, j))
                        + "), so their effects cannot be told apart. Leave one of them out.");
            }
            r[j][j] = length;
            for (int i = 0; i < q[j].length; i++) {
                q[j][i] = q[j][i].dividedBy(length);
            }
            for (int other = j + 1; other < p; other++) {
                r[j][other] = dot(q[j], q[other]);
                subtract(q[other], r[j][other], q[j]);
            }
            projected[j] = dot(q[j], residuals);
            subtract(residuals, projected[j], q[j]);
        }
        inverse = inverted();
    }

    /** R b = Qᵀy. */
    @Override
    public Extended[] solution() {
        int p = q.length;
        Extended[] b = new Extended[p];
        for (int j = p - 1; j >= 0; j--) {
            Extended rest = projected[j];
            for (int other = j + 1; other < p; other++) {
                rest = rest.minus(r[j][other].times(b[other]));
            }
            b[j] = rest.dividedBy(r[j][j]);
        }
        return b;
    }

    @Override
    public double[] residuals() {
        double[] left = new double[residuals.length];
        for (int i = 0; i < left.length; i++) {
            left[i] = residuals[i].value();
        }
        return left;
    }

    @Override
    public Extended variance(int index) {
        return dot(inverse[index], inverse[index]);
    }

    @Override
    public Extended spread(double... values) {
        Extended[] point = new Extended[q.length];
        int offset = mean ? 1 : 0;
        if (mean) {
            point[0] = Extended.ONE;
        }
        for (int j = 0; j < values.length; j++) {
            point[j + offset] = Extended.of(values[j]);
        }
        Extended sum = Extended.ZERO;
        for (int column = 0; column < point.length; column++) {
            Extended turned = Extended.ZERO;
            for (int row = 0; row < point.length; row++) {
                turned = turned.plus(point[row].times(inverse[row][column]));
            }
            sum = sum.plus(turned.times(turned));
        }
        return sum;
    }

    /** The inverse of R; (XᵀX)⁻¹ is its product with its transpose. */
    private Extended[][] inverted() {
        int p = q.length;
        Extended[][] inverse = new Extended[p][p];
        for (int column = 0; column < p; column++) {
            for (int row = p - 1; row >= 0; row--) {
                Extended rest = row == column ? Extended.ONE : Extended.ZERO;
                for (int j = row + 1; j < p; j++) {
                    rest = rest.minus(r[row][j].times(inverse[j][column]));
                }
                inverse[row][column] = rest.dividedBy(r[row][row]);
            }
        }
        return inverse;
    }

    @Override
    public double[] leverage() {
        double[] leverage = new double[residuals.length];
        for (int i = 0; i < leverage.length; i++) {
            Extended sum = Extended.ZERO;
            for (Extended[] column : q) {
                sum = sum.plus(column[i].times(column[i]));
            }
            leverage[i] = sum.value();
        }
        return leverage;
    }

    private static Extended dot(Extended[] a, Extended[] b) {
        Extended sum = Extended.ZERO;
        for (int i = 0; i < a.length; i++) {
            sum = sum.plus(a[i].times(b[i]));
        }
        return sum;
    }

    private static void subtract(Extended[] from, Extended factor, Extended[] column) {
        for (int i = 0; i < from.length; i++) {
            from[i] = from[i].minus(factor.times(column[i]));
        }
    }
}
