package energy.audit.analysis.derived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import energy.audit.analysis.derived.MeterBalance.Metered;
import energy.audit.analysis.register.Quality;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DerivedTest {
    private static final Instant T0 = Instant.parse("2025-06-01T00:00:00Z");

    @Test
    void aSumIsAsGoodAsItsWorstPartAndMissingWhereOneIsMissing() {
        VirtualMeter rest = new VirtualMeter(
                "rest",
                List.of(
                        new VirtualMeter.Term("main", BigDecimal.ONE),
                        new VirtualMeter.Term("oven", new BigDecimal("-1"))));
        Map<String, List<Amount>> meters = Map.of(
                "main", List.of(hour(0, "10.5", Quality.MEASURED), hour(1, "9", Quality.MEASURED)),
                "oven", List.of(hour(0, "4.2", Quality.ESTIMATED), gap(1)));
        List<Amount> result = rest.over(meters);
        assertThat(result.get(0).value().orElseThrow()).isEqualByComparingTo("6.3");
        assertThat(result.get(0).quality()).isEqualTo(Quality.ESTIMATED);
        assertThat(result.get(1).value()).isEmpty();
        assertThatThrownBy(() -> rest.over(Map.of("main", meters.get("main")))).hasMessageContaining("needs oven");
    }

    @Test
    void gasIsConvertedByTheCalorificValueInForceAndAChangeInsideAnIntervalIsAnEstimate() {
        Conversion calorific = new Conversion(
                "H gas",
                "kWh/m3 upper",
                List.of(
                        new Conversion.Step(T0, new BigDecimal("10"), "bill June"),
                        new Conversion.Step(T0.plusSeconds(5400), new BigDecimal("12"), "bill July")));
        List<Amount> kwh = calorific.apply(List.of(
                hour(-1, "1", Quality.MEASURED),
                hour(0, "1", Quality.MEASURED),
                hour(1, "1", Quality.MEASURED),
                hour(2, "1", Quality.MEASURED)));
        assertThat(kwh.get(0).quality()).isEqualTo(Quality.MISSING);
        assertThat(kwh.get(1).value().orElseThrow()).isEqualByComparingTo("10");
        assertThat(kwh.get(2).value().orElseThrow()).isEqualByComparingTo("11");
        assertThat(kwh.get(2).quality()).isEqualTo(Quality.ESTIMATED);
        assertThat(kwh.get(3).value().orElseThrow()).isEqualByComparingTo("12");
    }

    @Test
    void aCubicMetreAtNormalConditionsIsOneAndWarmGasIsLess() {
        assertThat(Conversion.gasStateFactor(1.01325, 0, 1)).isEqualTo(1);
        assertThat(Conversion.gasStateFactor(1.03525, 15, 1)).isCloseTo(0.968526, within(1e-6));
        assertThat(Conversion.heatKwh(3.6, 1000, 4.18, 20)).isCloseTo(83.6, within(1e-12));
    }

    @Test
    void aResidualIsJudgedAgainstTheMetersOwnUncertainty() {
        Metered main = new Metered("main", hour(0, "1000", Quality.MEASURED), 1);
        Metered sub = new Metered("sub", hour(0, "990", Quality.MEASURED), 1);
        MeterBalance fits = MeterBalance.of(main, List.of(sub), 0);
        assertThat(fits.residual().orElseThrow()).isEqualTo(10);
        assertThat(fits.standardUncertainty()).isCloseTo(Math.sqrt((100 + 98.01) / 3), within(1e-12));
        assertThat(fits.outside()).isFalse();
        Metered less = new Metered("sub", hour(0, "900", Quality.MEASURED), 1);
        MeterBalance leaks = MeterBalance.of(main, List.of(less), 0);
        assertThat(leaks.outside()).isTrue();
        assertThat(MeterBalance.persistent(List.of(leaks, fits, leaks, leaks, leaks), 3))
                .isEqualTo(2);
        assertThat(MeterBalance.persistent(List.of(leaks, fits, leaks), 2)).isEqualTo(-1);
        assertThat(MeterBalance.of(main, List.of(new Metered("sub", gap(0), 1)), 0)
                        .residual())
                .isEmpty();
    }

    private static Amount hour(int index, String value, Quality quality) {
        return new Amount(start(index), start(index + 1), Optional.of(new BigDecimal(value)), quality, 1);
    }

    private static Amount gap(int index) {
        return new Amount(start(index), start(index + 1), Optional.empty(), Quality.MISSING, 0);
    }

    private static Instant start(int hour) {
        return T0.plusSeconds(3600L * hour);
    }
}
