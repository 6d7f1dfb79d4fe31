package energy.audit.analysis.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import energy.audit.analysis.Published;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChangePointFitTest {
    @Test
    void theBalancePointOfACaltrackSampleIsFound() throws IOException {
        JsonNode expected =
                Published.json("caltrack/expected.json").path("results").path("il-gas-hdd-only-daily");
        List<Map<String, String>> rows = Published.where(
                Published.rows("caltrack/il-gas-hdd-only-daily.design.csv"),
                row -> "baseline".equals(row.get("period")));
        ChangePointFit found = ChangePointFit.onGrid(
                        Published.column(rows, "usage"),
                        Published.column(rows, "temperature_mean_F"),
                        ChangePointShape.HEATING_3P,
                        ChangePointFit.Grid.CALTRACK_DAILY_FAHRENHEIT)
                .orElseThrow();
        JsonNode parameters = expected.path("params");
        assertThat(found.changePoints()).containsExactly(60.0);
        assertThat(found.fit().intercept().orElseThrow().estimate())
                .isCloseTo(parameters.path("intercept").asDouble(), withinPercentage(1e-6));
        assertThat(found.fit().slopes().get(0).estimate())
                .isCloseTo(parameters.path("beta_hdd").asDouble(), withinPercentage(1e-6));
        assertThat(found.fit().adjustedRSquared())
                .isCloseTo(expected.path("r2adj").asDouble(), withinPercentage(1e-6));
    }

    @Test
    void changePointsOfMadeUpDataAreRefinedBetweenTheGridAndLieInTheirIntervals() {
        long seed = 11;
        Random random = new Random(seed);
        double[] temperature = random.doubles(400, -10, 35).toArray();
        double[] energy = new double[temperature.length];
        for (int i = 0; i < energy.length; i++) {
            energy[i] = 120
                    + 8 * Math.max(0, 13.37 - temperature[i])
                    + 5 * Math.max(0, temperature[i] - 21.61)
                    + random.nextGaussian();
        }
        Series t = Series.of("temperature", temperature);
        ChangePointFit found = ChangePointFit.refined(
                        Series.of("kWh", energy),
                        t,
                        ChangePointShape.HEATING_AND_COOLING_5P,
                        ChangePointFit.Grid.over(t))
                .orElseThrow();
        assertThat(found.changePoints().get(0)).as("seed " + seed).isCloseTo(13.37, within(0.15));
        assertThat(found.changePoints().get(1)).as("seed " + seed).isCloseTo(21.61, within(0.15));
        assertThat(found.intervals().get(0).low()).isLessThan(13.37);
        assertThat(found.intervals().get(0).high()).isGreaterThan(13.37);
        assertThat(found.predict(-5)).isCloseTo(120 + 8 * 18.37, within(1.0));
        assertThat(found.predict(17)).isCloseTo(120, within(1.0));
    }

    @Test
    void coolingOnlyDataGiveNoHeatingModel() {
        Series temperature = Series.of("temperature", 0, 5, 10, 15, 20, 25, 30, 35);
        Series energy = Series.of("kWh", 10, 10, 10, 10, 20, 30, 40, 50);
        ChangePointFit.Grid grid = new ChangePointFit.Grid(5, 30, 1, 2, 0);
        assertThat(ChangePointFit.onGrid(energy, temperature, ChangePointShape.HEATING_3P, grid))
                .isEmpty();
        assertThat(ChangePointFit.onGrid(energy, temperature, ChangePointShape.COOLING_3P, grid)
                        .orElseThrow()
                        .changePoints())
                .containsExactly(15.0);
        assertThat(ChangePointFit.onGrid(energy, temperature, ChangePointShape.COMMON_4P, grid))
                .isPresent();
    }
}
