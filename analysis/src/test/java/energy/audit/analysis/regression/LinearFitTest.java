package energy.audit.analysis.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import energy.audit.analysis.Published;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearFitTest {
    private static final Percentage TWELVE_DIGITS = withinPercentage(1e-10);

    /** What is left of it is the rounding of whoever computes it, and says nothing. */
    @Test
    void aModelWithoutRestHasNoStatisticsOfItsRounding() {
        LinearFit fit = LinearFit.of(
                Series.of("y", 0.1 * 3 + 0.7, 0.1 * 5 + 0.7, 0.1 * 8 + 0.7, 0.1 * 9 + 0.7),
                List.of(Series.of("x", 3, 5, 8, 9)),
                true);
        assertThat(fit.exact()).isTrue();
        assertThat(fit.rSquared()).isEqualTo(1);
        assertThat(fit.slopes().get(0).standardError()).isZero();
        assertThat(fit.slopes().get(0).p()).isZero();
        assertThat(fit.fPValue()).isZero();
        assertThat(fit.cvRmse()).isZero();
        assertThat(fit.autocorrelationLag1()).isNaN();
        assertThat(fit.durbinWatson()).isNaN();
    }

    @Test
    void ofAConstantNothingIsExplained() {
        LinearFit fit = LinearFit.of(Series.of("y", 0.7, 0.7, 0.7, 0.7), List.of(Series.of("x", 3, 5, 8, 9)), true);
        assertThat(fit.rSquared()).isNaN();
        assertThat(fit.fPValue()).isNaN();
        assertThat(fit.slopes().get(0).p()).isNaN();
        assertThat(Verdict.of(fit, SepRules.SEP).valid()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"norris,1,true", "pontius,2,true", "noint1,1,false", "longley,0,true"})
    void certifiedValuesOfNistAreMetToTwelveDigits(String name, int degree, boolean intercept) throws IOException {
        JsonNode certified = Published.json("nist_strd/certified.json").path(name);
        List<Map<String, String>> rows = Published.rows("nist_strd/" + name + ".csv");
        Series y = Published.column(rows, "y");
        LinearFit fit = degree > 0
                ? LinearFit.polynomial(y, Published.column(rows, "x"), degree, intercept)
                : LinearFit.of(y, sixVariables(rows), intercept);

        List<Coefficient> all = new ArrayList<>();
        fit.intercept().ifPresent(all::add);
        all.addAll(fit.slopes());
        for (int j = 0; j < all.size(); j++) {
            assertThat(all.get(j).estimate()).isCloseTo(number(certified, "coef", j), TWELVE_DIGITS);
            assertThat(all.get(j).standardError()).isCloseTo(number(certified, "se", j), TWELVE_DIGITS);
        }
        assertThat(fit.residualStandardDeviation())
                .isCloseTo(certified.path("resid_sd").asDouble(), TWELVE_DIGITS);
        assertThat(fit.rSquared()).isCloseTo(certified.path("r2").asDouble(), TWELVE_DIGITS);
        assertThat(fit.f()).isCloseTo(certified.path("F").asDouble(), TWELVE_DIGITS);
        assertThat(fit.residualSumOfSquares()).isCloseTo(certified.path("sse").asDouble(), TWELVE_DIGITS);
        assertThat(fit.regressionSumOfSquares()).isCloseTo(certified.path("ssr").asDouble(), TWELVE_DIGITS);
        assertThat(fit.degreesOfFreedom()).isEqualTo(certified.path("df_resid").asInt());
        assertThat(fit.leverage())
                .satisfies(h -> assertThat(Series.of("h", h).total()).isCloseTo(fit.parameterCount(), within(1e-9)));
    }

    @Test
    void everyAcmeModelHasThePublishedStatisticsAndVerdict() throws IOException {
        JsonNode expected = Published.json("enpi_acme/expected_all_models_minneapolis.json");
        List<Map<String, String>> rows = Published.rows("sep/acme_minneapolis_input.csv");
        for (Map.Entry<String, JsonNode> model : expected.properties()) {
            String[] key = model.getKey().split("\\|");
            List<Map<String, String>> year = Published.where(rows, row -> key[0].equals(row.get("Period")));
            List<Series> variables = new ArrayList<>();
            model.getValue().path("vars").forEach(v -> variables.add(Published.column(year, v.asText())));
            LinearFit fit = LinearFit.of(
                    Published.column(year, key[1].replace("Electricity (MMBTU)", "Electricity (MMBTU)")),
                    variables,
                    true);
            assertModel(model.getKey(), fit, model.getValue());
        }
    }

    private static void assertModel(String name, LinearFit fit, JsonNode expected) {
        List<Coefficient> all = new ArrayList<>();
        fit.intercept().ifPresent(all::add);
        all.addAll(fit.slopes());
        Percentage nineDigits = withinPercentage(1e-7);
        for (int j = 0; j < all.size(); j++) {
            assertThat(all.get(j).estimate()).as(name).isCloseTo(number(expected, "coef", j), nineDigits);
            assertThat(all.get(j).standardError()).as(name).isCloseTo(number(expected, "se", j), nineDigits);
            assertThat(all.get(j).p()).as(name).isCloseTo(number(expected, "p", j), nineDigits);
        }
        assertThat(fit.rSquared()).as(name).isCloseTo(expected.path("r2").asDouble(), nineDigits);
        assertThat(fit.adjustedRSquared())
                .as(name)
                .isCloseTo(expected.path("adjr2").asDouble(), nineDigits);
        assertThat(fit.f()).as(name).isCloseTo(expected.path("F").asDouble(), nineDigits);
        assertThat(fit.fPValue()).as(name).isCloseTo(expected.path("pF").asDouble(), nineDigits);
        assertThat(fit.residualStandardDeviation())
                .as(name)
                .isCloseTo(expected.path("rmse").asDouble(), nineDigits);
        assertThat(fit.cvRmse()).as(name).isCloseTo(expected.path("cvrmse").asDouble(), nineDigits);
        assertThat(fit.nmbe()).as(name).isCloseTo(0, within(1e-14));
        assertThat(fit.durbinWatson())
                .as(name)
                .isCloseTo(expected.path("durbin_watson").asDouble(), nineDigits);
        assertThat(fit.autocorrelationLag1())
                .as(name)
                .isCloseTo(expected.path("rho1").asDouble(), nineDigits);
        assertThat(Verdict.of(fit, SepRules.SEP).valid())
                .as(name)
                .isEqualTo(expected.path("sep_valid").asBoolean());
    }

    @Test
    void aModelSavedByVerifiIsReproduced() throws IOException {
        JsonNode model =
                Published.json("sep/verifi_expected.json").path("models").path(0);
        List<Map<String, String>> rows = Published.rows("sep/verifi_roasting_electricity_2023_monthly.csv");
        LinearFit fit = LinearFit.of(
                Published.column(rows, "source_energy_MMBtu"),
                List.of(Published.column(rows, "Production"), Published.column(rows, "CDD")),
                true);
        JsonNode saved = model.path("saved_by_VERIFI");
        assertThat(fit.slopes().get(0).estimate()).isCloseTo(number(saved, "coef", 1), withinPercentage(1e-7));
        assertThat(fit.slopes().get(1).estimate()).isCloseTo(number(saved, "coef", 2), withinPercentage(1e-7));
        assertThat(fit.rSquared()).isCloseTo(saved.path("R2").asDouble(), withinPercentage(1e-7));
        assertThat(fit.fPValue()).isCloseTo(model.path("recomputed").path("F_p").asDouble(), withinPercentage(1e-6));
    }

    /** A polynomial of degree 10 through points of which doubles lose nearly all digits in the normal equations. */
    @Test
    void aDegreeTenPolynomialIsRecoveredWhereDoublesLoseIt() {
        List<java.math.BigDecimal> x = new ArrayList<>();
        List<java.math.BigDecimal> y = new ArrayList<>();
        for (int i = 0; i < 82; i++) {
            java.math.BigDecimal at = new java.math.BigDecimal("-8.8")
                    .add(new java.math.BigDecimal("0.07").multiply(new java.math.BigDecimal(i)));
            java.math.BigDecimal value = java.math.BigDecimal.ZERO;
            for (int power = 10; power >= 0; power--) {
                value = value.multiply(at).add(new java.math.BigDecimal(power + 1));
            }
            x.add(at);
            y.add(value);
        }
        LinearFit fit = LinearFit.polynomial(Series.ofDecimals("y", y), Series.ofDecimals("x", x), 10, true);
        assertThat(fit.intercept().orElseThrow().estimate()).isCloseTo(1, withinPercentage(1e-7));
        for (int power = 1; power <= 10; power++) {
            assertThat(fit.slopes().get(power - 1).estimate()).isCloseTo(power + 1, withinPercentage(1e-7));
        }
    }

    @Test
    void varianceInflationIsOneOverOneMinusRSquaredOfAVariableOnTheOthers() {
        Random random = new Random(7);
        double[] a = random.doubles(50).toArray();
        double[] b = random.doubles(50).toArray();
        double[] c = new double[50];
        double[] y = new double[50];
        for (int i = 0; i < 50; i++) {
            c[i] = 0.7 * a[i] + 0.3 * random.nextDouble();
            y[i] = a[i] + b[i] + c[i] + random.nextGaussian();
        }
        List<Series> all = List.of(Series.of("a", a), Series.of("b", b), Series.of("c", c));
        double inflation = LinearFit.of(Series.of("y", y), all, true).varianceInflation()[2];
        LinearFit others = LinearFit.of(all.get(2), all.subList(0, 2), true);
        assertThat(inflation).isCloseTo(1 / (1 - others.rSquared()), withinPercentage(1e-9));
    }

    @Test
    void predictionsAndResidualsAddUpToTheMeasuredValues() throws IOException {
        List<Map<String, String>> rows = Published.rows("nist_strd/longley.csv");
        Series y = Published.column(rows, "y");
        LinearFit fit = LinearFit.of(y, sixVariables(rows), true);
        double[] predicted = fit.predict(fit.variables());
        for (int i = 0; i < predicted.length; i++) {
            assertThat(predicted[i] + fit.residuals()[i]).isCloseTo(y.at(i), within(1e-9));
        }
    }

    @Test
    void tooFewObservationsAreRefusedWithTheirNumber() {
        assertThatThrownBy(() -> LinearFit.of(Series.of("kWh", 1, 2), List.of(Series.of("t", 1, 3)), true))
                .isInstanceOf(NoModel.class)
                .hasMessageContaining("2 observations cannot carry 2 parameters");
    }

    @Test
    void aVariableThatIsACombinationOfOthersIsRefusedByName() {
        Series a = Series.of("pieces", 1, 2, 3, 4, 5, 7);
        Series twice = Series.of("halves", 2, 4, 6, 8, 10, 14);
        assertThatThrownBy(() -> LinearFit.of(Series.of("kWh", 1, 2, 3, 5, 4, 6), List.of(a, twice), true))
                .isInstanceOf(NoModel.class)
                .hasMessageContaining("'halves' is a combination");
    }

    @Test
    void aConstantVariableIsRefusedBesideAnIntercept() {
        assertThatThrownBy(() ->
                        LinearFit.of(Series.of("kWh", 1, 2, 3, 5), List.of(Series.of("shifts", 3, 3, 3, 3)), true))
                .isInstanceOf(NoModel.class);
    }

    private static List<Series> sixVariables(List<Map<String, String>> rows) {
        List<Series> variables = new ArrayList<>();
        for (int j = 1; j <= 6; j++) {
            variables.add(Published.column(rows, "x" + j));
        }
        return variables;
    }

    private static double number(JsonNode node, String name, int index) {
        return node.path(name).path(index).asDouble();
    }
}
