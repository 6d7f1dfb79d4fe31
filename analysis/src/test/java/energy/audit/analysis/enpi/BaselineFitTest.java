package energy.audit.analysis.enpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.analysis.document.JsonText;
import energy.audit.analysis.regression.NoModel;
import energy.audit.analysis.regression.Series;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BaselineFitTest {
    private static final Series ENERGY = Series.of("energy", 110, 130, 150, 172, 190, 208);
    private static final Series TONNES = Series.of("tonnes", 1, 2, 3, 4, 5, 6);

    @Test
    void aValueExpectsTheMeanAndARatioEnergyForEachUnit() {
        BaselineFit value = BaselineFit.of(ModelKind.VALUE, ENERGY, List.of(), Optional.empty());
        assertThat(value.expected(List.of(), 2)).containsExactly(160, 160);
        BaselineFit ratio = BaselineFit.of(ModelKind.RATIO, ENERGY, List.of(TONNES), Optional.empty());
        assertThat(ratio.expected(List.of(Series.of("tonnes", 10)), 1)[0]).isEqualTo(960.0 / 21 * 10);
        assertThat(ratio.verdict().valid()).isFalse();
        assertThat(JsonText.of(ratio.document())).contains("carries no claim");
    }

    @Test
    void aFormulaIsComparedWithWhatWasMeasured() {
        Formula formula = Formula.parse("90 [kWh] + 20 [kWh] * tonnes", Map.of("tonnes", Unit.ONE), Unit.parse("kWh"));
        BaselineFit fit = BaselineFit.of(ModelKind.ENGINEERING, ENERGY, List.of(TONNES), Optional.of(formula));
        assertThat(fit.expected(List.of(TONNES), 6)).containsExactly(110, 130, 150, 170, 190, 210);
        assertThat(JsonText.of(fit.document())).contains("\"nmbe\":0,");
    }

    @Test
    void changePointsBecomeDegreesOnTheirSides() {
        double[] degrees = new double[40];
        double[] energy = new double[40];
        for (int i = 0; i < 40; i++) {
            degrees[i] = i - 10;
            energy[i] = 100 + 5 * Math.max(0, 12 - degrees[i]) + (i % 2 == 0 ? 0.2 : -0.2);
        }
        BaselineFit fit = BaselineFit.of(
                ModelKind.HEATING_3P,
                Series.of("energy", energy),
                List.of(Series.of("outside", degrees)),
                Optional.empty());
        assertThat(fit.verdict().valid()).isTrue();
        assertThat(fit.expected(List.of(Series.of("outside", 20, 2)), 2))
                .satisfies(expected -> assertThat(expected[0]).isBetween(99.5, 100.5))
                .satisfies(expected -> assertThat(expected[1]).isBetween(149.0, 151.0));
        assertThat(JsonText.of(fit.document())).contains("\"changePoints\":[{\"at\":1");
    }

    @Test
    void whatAKindCannotUseIsSaid() {
        assertThatThrownBy(() -> BaselineFit.of(ModelKind.RATIO, ENERGY, List.of(), Optional.empty()))
                .isInstanceOf(NoModel.class)
                .hasMessageContaining("has one variable, not 0");
        assertThatThrownBy(() -> BaselineFit.of(ModelKind.LINEAR, ENERGY, List.of(), Optional.empty()))
                .isInstanceOf(NoModel.class);
    }
}
