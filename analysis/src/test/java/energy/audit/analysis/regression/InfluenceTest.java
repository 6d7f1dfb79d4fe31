package energy.audit.analysis.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InfluenceTest {
    private static LinearFit fit(double[] y, double[]... x) {
        List<Series> variables = new ArrayList<>();
        for (int j = 0; j < x.length; j++) {
            variables.add(Series.of("x" + j, x[j]));
        }
        return LinearFit.of(Series.of("y", y), variables, true);
    }

    private static double[] without(double[] values, int index) {
        double[] rest = new double[values.length - 1];
        for (int i = 0, j = 0; i < values.length; i++) {
            if (i != index) {
                rest[j++] = values[i];
            }
        }
        return rest;
    }

    /**
     * By hand: x̄ = 4, Σ(x − x̄)² = 50, so leverages 0.25 + 9/50, 0.25 + 4/50, 0.25 + 1/50, 0.25 + 36/50; ȳ = 3.3, slope
     * −6.5/50 = −0.13, intercept 3.82; Σe² = 5.895. Without the fourth 5.895 − 0.42²/0.03 = 0.015 is left, so it lies
     * −0.42/√(0.015 · 0.03) = −19.799 standard errors off.
     */
    @Test
    void fourPointsByHand() {
        List<Influence.Point> points = Influence.of(fit(new double[] {2.1, 3.8, 5.2, 2.1}, new double[] {1, 2, 3, 10}));
        assertThat(points.stream().map(Influence.Point::leverage).toList())
                .usingElementComparator((x, y) -> Math.abs(x - y) < 1e-12 ? 0 : 1)
                .containsExactly(0.43, 0.33, 0.27, 0.97);
        assertThat(points.stream().map(Influence.Point::residual).toList())
                .usingElementComparator((x, y) -> Math.abs(x - y) < 1e-12 ? 0 : 1)
                .containsExactly(-1.59, 0.24, 1.77, -0.42);
        assertThat(points.stream().map(Influence.Point::studentised).toList())
                .usingElementComparator((x, y) -> Math.abs(x - y) < 5e-5 ? 0 : 1)
                .containsExactly(-1.7431, 0.1217, 1.6361, -19.7990);
        assertThat(points.get(3).far()).isTrue();
        assertThat(points.get(3).pulling())
                .as("0.97 is below the limit of 0.99")
                .isFalse();
    }

    /** What the figure is defined by: fit without the observation, and compare it with what that model says. */
    @Test
    void theStudentisedResidualIsThatOfAModelThatHasNotSeenTheObservation() {
        Random random = new Random(20261123);
        int n = 25;
        double[] a = random.doubles(n, 0, 10).toArray();
        double[] b = random.doubles(n, -3, 3).toArray();
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            y[i] = 5 + 2 * a[i] - b[i] + random.nextGaussian();
        }
        y[11] += 9;
        List<Influence.Point> points = Influence.of(fit(y, a, b));
        for (int i = 0; i < n; i++) {
            LinearFit others = fit(without(y, i), without(a, i), without(b, i));
            double error = Math.hypot(others.standardErrorOfMean(a[i], b[i]), others.residualStandardDeviation());
            assertThat(points.get(i).studentised())
                    .isCloseTo((y[i] - others.predict(a[i], b[i])) / error, within(1e-9));
        }
        assertThat(points.stream().filter(Influence.Point::far).map(Influence.Point::index))
                .containsExactly(11);
    }

    @Test
    void aPointFarOutInTheVariablesIsMarkedThoughItLiesOnTheLine() {
        double[] x = new double[20];
        double[] y = new double[20];
        for (int i = 0; i < 20; i++) {
            x[i] = i == 19 ? 100 : i % 5;
            y[i] = 3 * x[i] + (i % 2 == 0 ? 0.1 : -0.1);
        }
        List<Influence.Point> points = Influence.of(fit(y, x));
        assertThat(points.stream().filter(Influence.Point::marked).map(Influence.Point::index))
                .containsExactly(19);
        assertThat(points.get(19).far()).isFalse();
        assertThat(Influence.leverageLimit(fit(y, x))).isEqualTo(0.3);
    }
}
