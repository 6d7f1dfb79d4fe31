package energy.audit.analysis.enpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import energy.audit.analysis.regression.LinearFit;
import energy.audit.analysis.regression.Series;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndicatorTest {
    private static final Map<String, Unit> FURNACE =
            Map.of("melted", Unit.parse("t"), "hours", Unit.parse("h"), "outside", Unit.parse("K"));

    @Test
    void aFormulaConvertsUnitsOnTheWay() {
        Formula formula =
                Formula.parse("0.5 [kWh/kg] * melted + 5 [kW] * max(hours, 2 [h])", FURNACE, Unit.parse("MWh"));
        assertThat(formula.of(Map.of("melted", 10.0, "hours", 1.0, "outside", 0.0)))
                .isCloseTo(5.01, within(1e-12));
        assertThat(new Indicator.EngineeringModel("melting", formula)
                        .of(6.012, Map.of("melted", 10.0, "hours", 1.0, "outside", 0.0))
                        .value()
                        .orElseThrow())
                .isCloseTo(1.2, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "melted + hours | 8 | the left side is kg, the right side s",
                "5 * melted | 11 | comes out as kg, not as kWh",
                "5 [kWh/q] * melted | 5 | unknown symbol 'q'",
                "5 [kWh/t] * meltd | 13 | variable 'meltd' is not known",
                "exec(melted) | 1 | function 'exec' is not known",
                "5 [kWh/t * melted | 3 | bracket is not closed",
                "(5 [kWh/t] * melted | 20 | ')' is missing",
                "melted.getClass() | 7 | does not belong here",
                "5 [kWh/t] * | 12 | the formula ends too early"
            })
    void whatCannotBeMeantIsRefusedAtItsColumn(String text, int column, String why) {
        assertThatThrownBy(() -> Formula.parse(text, FURNACE, Unit.parse("kWh")))
                .isInstanceOf(FormulaRefused.class)
                .hasMessageContaining(why)
                .satisfies(e -> assertThat(((FormulaRefused) e).column()).isEqualTo(column));
    }

    @Test
    void aFormulaNestedTooDeeplyIsRefusedAndOverflowsNothing() {
        assertThatThrownBy(() -> Formula.parse("(".repeat(1500), FURNACE, Unit.ONE))
                .isInstanceOf(FormulaRefused.class)
                .hasMessageContaining("nested too deeply");
    }

    @Test
    void aRatioWithoutProductionIsNoFigureAndSaysWhy() {
        Indicator ratio = new Indicator.Ratio("specific energy", "melted", "kWh/t");
        assertThat(ratio.of(100, Map.of("melted", 4.0)).value()).hasValue(25);
        assertThat(ratio.of(100, Map.of("melted", 0.0)).value()).isEmpty();
        assertThat(ratio.of(100, Map.of("melted", 0.0)).reason()).contains("melted is 0.0");
        assertThat(ratio.of(100, Map.of()).reason()).isEqualTo("no value of melted");
    }

    @Test
    void aLinearModelIsMeasuredOverExpected() {
        LinearFit fit = LinearFit.of(Series.of("kWh", 12, 14, 16, 18.1), List.of(Series.of("t", 1, 2, 3, 4)), true);
        Indicator.Figure figure = new Indicator.LinearModel("oven", fit).of(10, Map.of("t", 2.5));
        assertThat(figure.expected().orElseThrow()).isCloseTo(15.025, within(1e-9));
        assertThat(figure.value().orElseThrow()).isCloseTo(10 / 15.025, within(1e-9));
    }
}
