package energy.audit.analysis.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The fast way and the robust way are one function. */
class LeastSquaresTest {
    private static final int DESIGNS = 300;

    private record Design(List<String> names, List<DoubledColumn> variables, DoubledColumn response, boolean mean) {
        static Design random(long seed) {
            Random random = new Random(seed);
            int rows = 8 + random.nextInt(300);
            int k = 1 + random.nextInt(5);
            boolean mean = random.nextBoolean();
            boolean decimals = random.nextBoolean();
            List<String> names = new ArrayList<>(mean ? List.of("intercept") : List.of());
            double[][] columns = new double[k + 1][rows];
            for (int j = 0; j < k; j++) {
                names.add("x" + j);
                double level = Math.pow(10, random.nextInt(6)) * random.nextDouble();
                double spread = level * Math.pow(10, -random.nextInt(4)) + 0.01;
                for (int i = 0; i < rows; i++) {
                    columns[j][i] = level + spread * random.nextGaussian();
                    columns[k][i] += columns[j][i] * (j + 1);
                }
            }
            for (int i = 0; i < rows; i++) {
                columns[k][i] += 100 * random.nextGaussian() + (mean ? 500 : 0);
            }
            List<DoubledColumn> all = new ArrayList<>();
            for (double[] column : columns) {
                List<BigDecimal> written = new ArrayList<>();
                for (double value : column) {
                    written.add(decimals ? new BigDecimal("%.4f".formatted(value)) : new BigDecimal(value));
                }
                all.add(Series.ofDecimals("c", written).column());
            }
            return new Design(names, all.subList(0, k), all.get(k), mean);
        }
    }

    @Test
    void crossProductsAndOrthogonalFactorsAgreeToFourteenDigits() {
        int compared = 0;
        for (int seed = 0; seed < DESIGNS; seed++) {
            Design design = Design.random(seed);
            var fast = CrossProducts.of(design.variables, design.response, design.mean);
            if (fast.isEmpty()) {
                continue;
            }
            compared++;
            LeastSquares robust = Orthogonal.of(design.names, design.variables, design.response, design.mean);
            double[] point = new double[design.variables.size()];
            for (int j = 0; j < point.length; j++) {
                point[j] = design.variables.get(j).value(0);
            }
            for (int j = 0; j < robust.solution().length; j++) {
                assertThat(fast.get().solution()[j].value())
                        .as("coefficient " + j + " of design " + seed)
                        .isCloseTo(robust.solution()[j].value(), withinPercentage(1e-12));
                assertThat(fast.get().variance(j).value())
                        .as("variance " + j + " of design " + seed)
                        .isCloseTo(robust.variance(j).value(), withinPercentage(1e-12));
            }
            assertThat(fast.get().spread(point).value())
                    .isCloseTo(robust.spread(point).value(), withinPercentage(1e-12));
            double[] left = robust.residuals();
            double[] leverage = robust.leverage();
            for (int i = 0; i < left.length; i++) {
                assertThat(fast.get().residuals()[i])
                        .as("residual " + i + " of design " + seed)
                        .isCloseTo(left[i], within(1e-12 * Math.max(1, Math.abs(left[i]))));
                assertThat(fast.get().leverage()[i])
                        .as("leverage " + i + " of design " + seed)
                        .isCloseTo(leverage[i], withinPercentage(1e-7));
            }
        }
        assertThat(compared).isGreaterThan(DESIGNS * 9 / 10);
    }

    @Test
    void columnsThatHardlyStandApartAreLeftToOrthogonalFactors() {
        double[] x = new double[50];
        double[] almost = new double[50];
        double[] y = new double[50];
        Random random = new Random(7);
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextGaussian();
            almost[i] = x[i] + 1e-7 * random.nextGaussian();
            y[i] = x[i] + random.nextGaussian();
        }
        DoubledColumn response = DoubledColumn.ofDoubles(y);
        List<DoubledColumn> columns = List.of(DoubledColumn.ofDoubles(x), DoubledColumn.ofDoubles(almost));
        assertThat(CrossProducts.of(columns, response, true)).isEmpty();
        assertThat(LeastSquares.of(List.of("intercept", "x", "almost"), columns, response, true))
                .isInstanceOf(Orthogonal.class);
    }
}
