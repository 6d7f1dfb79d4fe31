package energy.audit.analysis.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import energy.audit.analysis.Published;
import energy.audit.analysis.regression.LinearFit;
import energy.audit.analysis.regression.NoModel;
import energy.audit.analysis.regression.SepRules;
import energy.audit.analysis.regression.Series;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnergyPerformanceTest {
    private static final double CONFIDENCE = 0.9;

    @Test
    void theAcmePlantsForecastIsReproduced() throws IOException {
        Performance year2009 = acme(Method.FORECAST, "2007", "2009");
        assertThat(year2009.senpi()).isCloseTo(0.904966, within(5e-7));
        assertThat(year2009.improvementPercent()).isCloseTo(9.5033728949, within(1e-5));
        assertThat(year2009.verdict().valid()).isTrue();
        assertThat(acme(Method.FORECAST, "2007", "2008").improvementPercent()).isCloseTo(8.4421578765, within(1e-5));
    }

    @Test
    void theAcmePlantsBackcastIsReproduced() throws IOException {
        Performance backcast = acme(Method.BACKCAST, "2007", "2009");
        assertThat(backcast.senpi()).isCloseTo(0.9249771039, within(1e-9));
        assertThat(backcast.improvementPercent()).isCloseTo(7.50228961, within(1e-6));
        assertThat(backcast.savings()).isCloseTo(backcast.adjustedBaseline() - backcast.actual(), within(1e-6));
    }

    @Test
    void aModelOfTheBaselineChainsToTheSameResultAsTheForecast() throws IOException {
        List<SourceData> chained = new ArrayList<>();
        for (SourceData source : sources("2007", "2009")) {
            chained.add(source.withMiddle(source.baseline()));
        }
        Performance chaining = EnergyPerformance.of(Method.CHAINING, chained, true, CONFIDENCE, SepRules.SEP);
        assertThat(chaining.senpi())
                .isCloseTo(acme(Method.FORECAST, "2007", "2009").senpi(), within(1e-12));
        assertThat(chaining.savings())
                .isCloseTo(acme(Method.FORECAST, "2007", "2009").savings(), within(1e-4));
    }

    @Test
    void standardConditionsOfTheReportingPeriodGiveItsMeasuredEnergyOverTheForecast() throws IOException {
        List<SourceData> standard = new ArrayList<>();
        for (SourceData source : sources("2007", "2009")) {
            standard.add(source.withStandard(source.reporting().variables()));
        }
        Performance atReporting =
                EnergyPerformance.of(Method.STANDARD_CONDITIONS, standard, true, CONFIDENCE, SepRules.SEP);
        assertThat(atReporting.senpi())
                .isCloseTo(acme(Method.FORECAST, "2007", "2009").senpi(), within(1e-12));
        assertThat(atReporting.actual())
                .isCloseTo(acme(Method.FORECAST, "2007", "2009").actual(), within(1e-6));
    }

    @Test
    void chainingWithoutAMiddlePeriodIsRefused() throws IOException {
        List<SourceData> twoPeriods = sources("2007", "2009");
        assertThatThrownBy(() -> EnergyPerformance.of(Method.CHAINING, twoPeriods, true, CONFIDENCE, SepRules.SEP))
                .isInstanceOf(NoModel.class)
                .hasMessageContaining("between baseline and reporting period");
    }

    @Test
    void uncertaintyFollowsTheFormulaWithAutocorrelation() throws IOException {
        SourceData gas = sources("2007", "2009").get(1);
        Performance performance = EnergyPerformance.of(Method.FORECAST, List.of(gas), true, CONFIDENCE, SepRules.SEP);
        LinearFit fit = performance.models().get(0).baseline().orElseThrow();
        double rho = fit.autocorrelationLag1();
        double effective = 12 * (1 - rho) / (1 + rho);
        double t = 1.8331129326536337;
        double saved = performance.savings() / performance.adjustedBaseline();
        double expected =
                t * 1.26 * fit.cvRmse() / saved * Math.sqrt(12 / effective * (1 + 2 / effective) * (1 / 12.0));
        assertThat(performance.uncertainty().relative()).isCloseTo(Math.abs(expected), withinPercentage(1e-6));
        assertThat(performance.uncertainty().absolute())
                .isCloseTo(Math.abs(expected * performance.savings()), withinPercentage(1e-6));
    }

    @Test
    void aPeriodFarFromTheModelsDataFeedsNoClaim() throws IOException {
        SourceData gas = sources("2007", "2009").get(1);
        List<Series> far = List.of(
                Series.of("Production", gas.reporting().variables().get(0).values()),
                Series.of(
                        "HDD",
                        java.util.Arrays.stream(
                                        gas.reporting().variables().get(1).values())
                                .map(hdd -> hdd + 9000)
                                .toArray()));
        SourceData moved = SourceData.of(
                "gas", gas.baseline(), new PeriodData(gas.reporting().energy(), far));
        Performance performance = EnergyPerformance.of(Method.FORECAST, List.of(moved), true, CONFIDENCE, SepRules.SEP);
        assertThat(performance.verdict().valid()).isFalse();
        assertThat(performance.verdict().reasons()).singleElement().asString().contains("HDD in the reporting period");
    }

    @Test
    void theErrorBandOfCaltrackIsReproduced() throws IOException {
        var result = Published.json("caltrack/expected.json").path("results").path("il-gas-hdd-only-daily");
        var totals = result.path("totals");
        double band = SavingsUncertainty.errorBand(
                SavingsUncertainty.Frequency.DAILY,
                result.path("base_sum").asDouble(),
                totals.path("cvrmse_adj").asDouble(),
                totals.path("observed_length").asInt(),
                totals.path("n_prime").asDouble(),
                totals.path("degrees_of_freedom").asDouble(),
                365,
                365 / 30.0,
                CONFIDENCE);
        assertThat(band).isCloseTo(result.path("err").path("FSU Error Band").asDouble(), withinPercentage(0.5));
    }

    @Test
    void theRunningSumDatesTheChangeOfPerformance() {
        double[] expected = new double[24];
        double[] measured = new double[24];
        for (int i = 0; i < 24; i++) {
            expected[i] = 100 + i;
            measured[i] = expected[i] + (i % 2 == 0 ? 0.5 : -0.5) - (i > 13 ? 8 : 0);
        }
        double[] sums = Cusum.of(Series.of("measured", measured), Series.of("expected", expected));
        assertThat(sums[13]).isCloseTo(0, within(1e-9));
        assertThat(sums[23]).isCloseTo(-80, within(1e-9));
        assertThat(Cusum.turn(sums)).isEqualTo(13);
    }

    @Test
    void degreeDaysOfHourlyMeansWeighAnHourAsOne24thOfADay() {
        double[] day = new double[24];
        java.util.Arrays.fill(day, 0, 12, 10);
        java.util.Arrays.fill(day, 12, 24, 30);
        assertThat(DegreeDays.heating(18, day, 1 / 24.0)).isCloseTo(4, within(1e-12));
        assertThat(DegreeDays.cooling(18, day, 1 / 24.0)).isCloseTo(6, within(1e-12));
        assertThat(DegreeDays.heating(18, new double[] {20}, 1)).isZero();
    }

    private static Performance acme(Method method, String baseline, String reporting) throws IOException {
        return EnergyPerformance.of(method, sources(baseline, reporting), true, CONFIDENCE, SepRules.SEP);
    }

    /** Electricity by production and cooling, gas by production and heating, in primary energy as published. */
    private static List<SourceData> sources(String baseline, String reporting) throws IOException {
        return List.of(
                SourceData.of(
                        "electricity",
                        period(baseline, "Electricity (MMBTU)", "CDD"),
                        period(reporting, "Electricity (MMBTU)", "CDD")),
                SourceData.of(
                        "gas",
                        period(baseline, "Natural Gas (MMBTU)", "HDD"),
                        period(reporting, "Natural Gas (MMBTU)", "HDD")));
    }

    private static PeriodData period(String year, String energy, String weather) throws IOException {
        List<Map<String, String>> rows = Published.where(
                Published.rows("sep/acme_minneapolis_input.csv"), row -> year.equals(row.get("Period")));
        return new PeriodData(
                Published.column(rows, energy),
                List.of(Published.column(rows, "Production"), Published.column(rows, weather)));
    }
}
