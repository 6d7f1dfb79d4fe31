package energy.audit.facility;

import static energy.audit.LoggedPlant.GAS;
import static energy.audit.LoggedPlant.MAIN;
import static energy.audit.LoggedPlant.PRESS;
import static energy.audit.LoggedPlant.SITE;
import static energy.audit.LoggedPlant.WATER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import energy.audit.House;
import energy.audit.LoggedPlant;
import energy.audit.access.Caller;
import energy.audit.access.Role;
import energy.audit.analysis.enpi.ModelKind;
import energy.audit.analysis.performance.Method;
import energy.audit.consumption.DerivedHours;
import energy.audit.consumption.Resolution;
import energy.audit.evidence.wire.FactorTable;
import energy.audit.factor.Factors;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Promise;
import energy.audit.kernel.Refusal;
import energy.audit.performance.Baseline;
import energy.audit.performance.Comparison;
import energy.audit.performance.EnpiDraft;
import energy.audit.performance.RelevantVariable;
import energy.audit.performance.Savings;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A site's savings are those of its indicators, weighed, and nothing is counted twice or kept quiet. */
class FacilityPerformanceIT {
    private static final LocalDate FIRST = LocalDate.of(2025, 3, 1);
    private static final LocalDate LAST = LocalDate.of(2025, 3, 20);
    private static final LocalDate END = LocalDate.of(2025, 4, 2);
    private static final Comparison LATE_MARCH =
            Comparison.of(Method.FORECAST, LAST.plusDays(1), LocalDate.of(2025, 3, 31));

    private final House house = new House();
    private final LoggedPlant plant = LoggedPlant.in(house, "acme");
    private final Factors factors = new Factors(house.tenancy, house.access, house.log, house.metering, house.clock);
    private final FacilityPerformance facility =
            new FacilityPerformance(house.access, house.metering, house.consumption, factors, house.performance);

    FacilityPerformanceIT() {
        Instant now = house.clock.instant();
        house.in(plant.tenant, () -> {
            house.access.grant("emma", Role.ENERGY_MANAGER, now, Optional.empty(), "test");
            house.access.grant("carl", Role.CONSULTANT, now, Optional.empty(), "test");
        });
        plant.logDays(FIRST, END);
        DerivedHours.derive(house, plant.tenant);
    }

    private <T> T as(String person, Supplier<T> work) {
        return house.access.inTenant(new Caller(person, Set.of()), plant.tenant, work);
    }

    private void approved(String id, ChannelId... channels) {
        as(
                "emma",
                () -> house.performance.define(new EnpiDraft(
                        id,
                        id,
                        SITE,
                        List.of(channels),
                        ModelKind.LINEAR,
                        List.of(RelevantVariable.parse("water=amount:" + WATER)),
                        Resolution.DAY,
                        "",
                        "energy review 2025")));
        Baseline proposed =
                as("emma", () -> house.performance.propose(id, FIRST, LAST, List.of(), List.of(), "energy review"));
        as("carl", () -> house.performance.decide(proposed.id(), true, "statistics checked"));
    }

    private void weighed(String csv) {
        house.in(
                plant.tenant,
                () -> factors.enter(FactorTable.newBuilder()
                        .setTenant("acme")
                        .setId("primary")
                        .setKind("primary-energy-factors")
                        .setCsv("energy,unit,from,until,kwh_primary_per_unit,source,edition\n" + csv)
                        .setReason("test")
                        .build()));
    }

    private FacilitySavings savings(boolean primary, String... enpis) {
        return as("emma", () -> facility.savings(SITE, List.of(enpis), LATE_MARCH, primary));
    }

    private Savings of(String enpi) {
        return as("emma", () -> house.performance.savings(enpi, LATE_MARCH, LogSize.NEWEST));
    }

    @Test
    void theSumOfTheIndicatorsIsTheSitesSavingsInSiteAndInPrimaryEnergy() {
        approved("power", MAIN);
        approved("gas", GAS);
        double power = of("power").figures().performance().savings();
        double gas = of("gas").figures().performance().savings();

        FacilitySavings site = savings(false);
        assertThat(site.figures().performance().savings()).isCloseTo(power + gas, within(1e-6));
        assertThat(site.figures().site()).isEmpty();
        assertThat(site.figures().verdict().reasons())
                .as("all energy is accounted for")
                .noneMatch(reason -> reason.contains("sources counted"));

        assertThatThrownBy(() -> savings(true))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no primary-energy factor holds");
        weighed("electricity,kWh,2025-01-01,2026-01-01,3.0,SEP,2012\ngas,kWh,2025-01-01,2026-01-01,1.1,DIN,2018\n");
        FacilitySavings primary = savings(true);
        assertThat(primary.figures().performance().savings()).isCloseTo(3 * power + 1.1 * gas, within(1e-6));
        assertThat(primary.figures().site().orElseThrow().savings()).isCloseTo(power + gas, within(1e-6));
        assertThat(primary.factorEntries()).hasSize(1);
    }

    @Test
    @Promise("facility.R2")
    void energyThatNoIndicatorAccountsForIsNamedAndStopsTheClaim() {
        approved("gas", GAS);
        FacilitySavings site = savings(false);
        assertThat(site.energyByPart()).containsOnlyKeys("gas", "other electricity");
        assertThat(site.figures().verdict().valid()).isFalse();
        assertThat(site.figures().verdict().reasons())
                .anyMatch(reason -> reason.contains("they must make 95.00 %") && reason.contains("other electricity"));
    }

    @Test
    @Promise("facility.R1")
    void anEnergyInTwoBoundariesIsRefusedUntilSomebodyChooses() {
        approved("power", MAIN);
        approved("power-again", MAIN);
        assertThatThrownBy(() -> savings(false)).hasMessageContaining("is in the boundary of power and of power-again");
        assertThat(savings(false, "power").combined().parts()).hasSize(1);
    }

    @Test
    @Promise("facility.R1")
    void aMeterBelowAnotherOneOfTheSumIsRefused() {
        approved("power", MAIN);
        approved("press", PRESS);
        assertThatThrownBy(() -> savings(false))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("meter press in the boundary of press lies below meter main in that of power");
        assertThat(savings(false, "press").combined().parts()).hasSize(1);
    }

    @Test
    void anIndicatorOfTwoEnergiesIsNamedAndTheCheckIsSaidAlsoWhereItIsPassed() {
        approved("power", MAIN);
        approved("gas", GAS);
        approved("both", MAIN, GAS);
        FacilitySavings site = savings(false);
        assertThat(site.combined().notIncluded())
                .singleElement()
                .satisfies(each -> assertThat(each)
                        .startsWith("both: its boundary takes ")
                        .endsWith("an indicator for each is needed"));
        assertThat(site.check())
                .startsWith("The sources counted make 100.00 % of")
                .contains("must make 95.00 %");
    }

    @Test
    void anIndicatorWithoutAnApprovedBaselineIsNamed() {
        approved("power", MAIN);
        as(
                "emma",
                () -> house.performance.define(new EnpiDraft(
                        "press",
                        "press",
                        SITE,
                        List.of(PRESS),
                        ModelKind.LINEAR,
                        List.of(RelevantVariable.parse("water=amount:" + WATER)),
                        Resolution.DAY,
                        "",
                        "energy review 2025")));
        assertThat(savings(false).combined().notIncluded())
                .containsExactly("press: no baseline of its present version is approved");
    }
}
