package energy.audit.analysis.carbon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import energy.audit.analysis.Published;
import energy.audit.analysis.carbon.EmissionFactor.Basis;
import energy.audit.analysis.carbon.EmissionFactor.Scope;
import energy.audit.analysis.carbon.Emissions.Activity;
import energy.audit.analysis.register.Quality;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmissionsTest {
    private static final LocalDate YEAR = LocalDate.of(2025, 1, 1);

    @Test
    void gridRatesByGasGiveThePublishedEmissions() throws IOException {
        List<Map<String, String>> rates = Published.rows("ghg/egrid_subregion_rates.csv");
        JsonNode cases = Published.json("ghg/expected.json").path("egrid").path("cases");
        assertThat(cases).isNotEmpty();
        for (JsonNode c : cases) {
            Map<String, String> row = Published.where(
                            rates,
                            r -> c.path("subregion").asText().equals(r.get("subregion"))
                                    && c.path("category").asText().equals(r.get("category"))
                                    && c.path("year").asText().equals(r.get("year")))
                    .get(0);
            BigDecimal perKwh = new GasRates(
                            decimal(row, "co2_kg_per_MWh"),
                            decimal(row, "ch4_g_per_MWh"),
                            decimal(row, "n2o_g_per_MWh"))
                    .kgCo2ePerKwh(new GasRates.WarmingPotentials(
                            c.path("gwp_set").asText(),
                            new BigDecimal(c.path("gwp_ch4").asText()),
                            new BigDecimal(c.path("gwp_n2o").asText())));
            assertThat(perKwh.doubleValue() * c.path("kWh").asDouble())
                    .as(c.toString())
                    .isCloseTo(c.path("expected").path("total_kgCO2e").asDouble(), withinPercentage(1e-10));
        }
    }

    @Test
    void factorsOfAGovernmentGiveThePublishedEmissionsInTheirScope() throws IOException {
        List<Map<String, String>> table = Published.rows("ghg/defra_2025_subset.csv");
        JsonNode cases = Published.json("ghg/expected.json").path("defra2025").path("cases");
        assertThat(cases).isNotEmpty();
        for (JsonNode c : cases) {
            Map<String, String> row = Published.where(
                            table, r -> c.path("id").asText().equals(r.get("id")))
                    .get(0);
            Scope scope = Scope.valueOf("SCOPE_" + c.path("scope").asInt());
            Basis basis = scope == Scope.SCOPE_2 ? Basis.LOCATION : Basis.ACTIVITY;
            EmissionFactor factor = new EmissionFactor(
                    c.path("activity").asText(),
                    c.path("uom").asText(),
                    scope,
                    basis,
                    YEAR,
                    YEAR.plusYears(1),
                    decimal(row, "factor_2025"),
                    "DEFRA",
                    "2025",
                    "AR5");
            Emissions emissions = Emissions.of(
                    List.of(used(factor.activity(), factor.unit(), c.path("qty").asText(), YEAR)),
                    new EmissionFactors(List.of(factor)));
            assertThat(emissions.total(scope, basis).orElseThrow().kgCo2e().doubleValue())
                    .isCloseTo(c.path("expected_kgCO2e").asDouble(), withinPercentage(1e-10));
        }
    }

    @Test
    void aFactorOfAnotherYearIsNeverTakenSilently() {
        EmissionFactors factors = new EmissionFactors(List.of(gas("0.18296")));
        assertThatThrownBy(() -> factors.inForce("natural gas", "kWh", Basis.ACTIVITY, LocalDate.of(2020, 5, 1)))
                .isInstanceOf(NoFactor.class)
                .hasMessageContaining("natural gas")
                .hasMessageContaining("from 2025-01-01 until 2026-01-01");
        Emissions emissions = Emissions.of(List.of(used("natural gas", "kWh", "10", YEAR.minusYears(5))), factors);
        assertThat(emissions.lines()).isEmpty();
        assertThat(emissions.gaps()).singleElement().asString().contains("no factor per kWh");
    }

    @Test
    void scopeTwoWithoutAMarketFactorIsNamedAsAGapAndTheTotalIsPartial() {
        EmissionFactor grid = new EmissionFactor(
                "electricity",
                "kWh",
                Scope.SCOPE_2,
                Basis.LOCATION,
                YEAR,
                YEAR.plusYears(1),
                new BigDecimal("0.177"),
                "DEFRA",
                "2025",
                "AR5");
        Emissions emissions =
                Emissions.of(List.of(used("electricity", "kWh", "100", YEAR)), new EmissionFactors(List.of(grid)));
        Emissions.Total total = emissions.total(Scope.SCOPE_2, Basis.LOCATION).orElseThrow();
        assertThat(total.kgCo2e()).isEqualByComparingTo("17.7");
        assertThat(total.quality()).isEqualTo(Quality.PARTIAL);
        assertThat(emissions.total(Scope.SCOPE_2, Basis.MARKET)).isEmpty();
    }

    @Test
    void twoFactorsInForceOnOneDayAreRefused() {
        assertThatThrownBy(() -> new EmissionFactors(List.of(gas("0.18"), gas("0.19"))))
                .isInstanceOf(NoFactor.class)
                .hasMessageContaining("End the older one first");
    }

    private static EmissionFactor gas(String factor) {
        return new EmissionFactor(
                "natural gas",
                "kWh",
                Scope.SCOPE_1,
                Basis.ACTIVITY,
                YEAR,
                YEAR.plusYears(1),
                new BigDecimal(factor),
                "DEFRA",
                "2025",
                "AR5");
    }

    private static Activity used(String activity, String unit, String amount, LocalDate from) {
        return new Activity(
                "works",
                activity,
                unit,
                from,
                from.plusMonths(1),
                Optional.of(new BigDecimal(amount)),
                Quality.MEASURED);
    }

    private static BigDecimal decimal(Map<String, String> row, String name) {
        return new BigDecimal(Objects.requireNonNull(row.get(name)));
    }
}
