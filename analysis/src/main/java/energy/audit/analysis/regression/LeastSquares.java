package energy.audit.analysis.regression;

import java.util.List;

/**
 * The least-squares solution of one design. A design whose columns stand clearly apart is solved by its cross products,
 * which a processor sums fast; any other by orthogonal factors. Both carry doubled precision.
 */
sealed interface LeastSquares permits CrossProducts, Orthogonal {
    /** @throws NoModel where a column is a combination of those before it */
    static LeastSquares of(List<String> names, List<DoubledColumn> variables, DoubledColumn response, boolean mean) {
        return CrossProducts.of(variables, response, mean)
                .map(LeastSquares.class::cast)
                .orElseGet(() -> Orthogonal.of(names, variables, response, mean));
    }

    /** The coefficients, the intercept first. */
    Extended[] solution();

    /** What the model leaves, in the unit of the response. */
    double[] residuals();

    /** (XᵀX)⁻¹ at its diagonal, in the order of the solution. */
    Extended variance(int index);

    /** xᵀ(XᵀX)⁻¹x for a point in the order of the variables: its leverage, were it an observation. */
    Extended spread(double... point);

    /** The diagonal of X(XᵀX)⁻¹Xᵀ, one for each row. */
    double[] leverage();
}
