package energy.audit.analysis.regression;

import java.util.List;

/**
 * QR factors of a design by modified Gram-Schmidt in doubled precision, with the response carried along, which makes the
 * solution as stable as Householder's.
 *
 * @see "Å. Björck, Solving linear least squares problems by Gram-Schmidt orthogonalization, BIT 7 (1967)"
 */
final class Orthogonal {
    /** A column of which less than this share stands out of the others is a combination of them. */
    private static final double DEPENDENT = 1e-24;

    private final Extended[][] q;
    private final Extended[][] r;
    private final Extended[] projected;
    private final Extended[] residuals;

    Orthogonal(List<String> names, List<Extended[]> columns, Extended[] response) {
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
    }

    /** The coefficients: R b = Qᵀy. */
    Extended[] solution() {
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

    Extended[] residuals() {
        return residuals;
    }

    /** The inverse of R; (XᵀX)⁻¹ is its product with its transpose. */
    Extended[][] inverse() {
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

    /** The diagonal of X(XᵀX)⁻¹Xᵀ, one for each row. */
    double[] leverage() {
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

    static Extended dot(Extended[] a, Extended[] b) {
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
