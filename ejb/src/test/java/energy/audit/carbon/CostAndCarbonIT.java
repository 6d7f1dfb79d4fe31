package energy.audit.carbon;

import static energy.audit.LoggedPlant.GAS;
import static energy.audit.LoggedPlant.MAIN;
import static energy.audit.LoggedPlant.SITE;
import static energy.audit.LoggedPlant.ZONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.House;
import energy.audit.LoggedPlant;
import energy.audit.analysis.carbon.EmissionFactor.Basis;
import energy.audit.analysis.carbon.EmissionFactor.Scope;
import energy.audit.analysis.carbon.Emissions;
import energy.audit.analysis.carbon.Emissions.Lack;
import energy.audit.analysis.cost.Bill;
import energy.audit.analysis.register.Quality;
import energy.audit.consumption.Consumption;
import energy.audit.consumption.DerivedHours;
import energy.audit.cost.Costs;
import energy.audit.cost.SupplyCost;
import energy.audit.evidence.wire.FactorTable;
import energy.audit.evidence.wire.ProductionImport;
import energy.audit.evidence.wire.ProductionRow;
import energy.audit.factor.Factors;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.Promise;
import energy.audit.variables.Variables;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cost and emissions of a plant whose registers are a known function of time. */
class CostAndCarbonIT {
    private static final LocalDate FIRST = LocalDate.of(2025, 3, 10);
    private static final LocalDate LAST = LocalDate.of(2025, 3, 16);
    private static final LocalDate CHANGE = LocalDate.of(2025, 3, 13);

    private final House house = new House();
    private final LoggedPlant plant = LoggedPlant.in(house, "acme");
    private final Consumption consumption =
            new Consumption(house.tenancy, house.access, house.metering, house.ingest, house.clock);
    private final Factors factors = new Factors(house.tenancy, house.access, house.log, house.metering, house.clock);
    private final Variables variables = house.variables;
    private final Costs costs = new Costs(house.access, house.metering, consumption, factors, house.clock);
    private final Carbon carbon =
            new Carbon(house.access, house.metering, consumption, factors, variables, house.clock);

    @BeforeEach
    void tables() {
        enter(
                "supply",
                "tariff",
                "electricity",
                "tariff,from,until,kind,name,months,days,hours,price\n"
                        + "A,2025-01-01,2025-03-13,energy,all,,,,0.20\n"
                        + "A,2025-01-01,2025-03-13,standing,,,,,3\n"
                        + "B,2025-03-13,2025-03-16,energy,all,,,,0.25\n");
        enter(
                "grid",
                "emission-factors",
                "",
                "energy,unit,scope,basis,from,until,kg_co2e_per_unit,source,edition,gwp\n"
                        + "electricity,kWh,2,location,2025-01-01,2025-03-13,0.380,grid,2023,CO2\n"
                        + "electricity,kWh,2,location,2025-03-13,2026-01-01,0.363,grid,2024,CO2\n"
                        + "electricity,kWh,2,market,2025-01-01,2026-01-01,0.5,contract,2025,CO2\n"
                        + "gas,kWh,1,,2025-01-01,2026-01-01,0.18296,factors,2025,AR5\n");
    }

    private void enter(String id, String kind, String source, String csv) {
        boolean tariff = kind.equals("tariff");
        house.in(
                plant.tenant,
                () -> factors.enter(FactorTable.newBuilder()
                        .setTenant("acme")
                        .setId(id)
                        .setKind(kind)
                        .setEnergySource(source)
                        .setCurrency(tariff ? "EUR" : "")
                        .setSource(tariff ? "contract 7" : "")
                        .setCsv(csv)
                        .setReason("test")
                        .build()));
    }

    private void week() {
        plant.logDays(FIRST, LAST.plusDays(2));
        DerivedHours.derive(house, plant.tenant);
    }

    private static Instant at(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant();
    }

    private static BigDecimal kwh(ChannelId channel, LocalDate from, LocalDate until, String perCount) {
        return BigDecimal.valueOf(LoggedPlant.cumulated(channel, at(until)) - LoggedPlant.cumulated(channel, at(from)))
                .multiply(new BigDecimal(perCount));
    }

    private SupplyCost electricity() {
        return house.in(plant.tenant, () -> costs.of(SITE, FIRST, LAST)).stream()
                .filter(each -> each.source().equals("electricity"))
                .findFirst()
                .orElseThrow();
    }

    private SiteEmissions emissions() {
        return house.in(plant.tenant, () -> carbon.of(SITE, FIRST, LAST)).orElseThrow();
    }

    @Test
    @Promise("cost.R1")
    void eachTariffIsBilledForItsDaysAndADayWithoutOneIsNamed() {
        week();
        SupplyCost cost = electricity();
        Bill bill = cost.bill().orElseThrow();
        BigDecimal first = kwh(MAIN, FIRST, CHANGE, "0.1");
        BigDecimal second = kwh(MAIN, CHANGE, LAST, "0.1");
        assertThat(bill.lines())
                .extracting(line -> line.tariff() + " " + line.name() + " " + line.amount())
                .containsExactly(
                        "A all " + first.multiply(new BigDecimal("0.20")).setScale(2, RoundingMode.HALF_EVEN),
                        "A standing charge 9.00",
                        "B all " + second.multiply(new BigDecimal("0.25")).setScale(2, RoundingMode.HALF_EVEN));
        assertThat(cost.uncovered()).containsExactly(LAST);
        assertThat(bill.quality()).isEqualTo(Quality.MEASURED);
        assertThat(house.in(plant.tenant, () -> costs.of(SITE, FIRST, LAST)))
                .filteredOn(each -> each.source().equals("gas"))
                .singleElement()
                .satisfies(gas -> assertThat(gas.bill()).isEmpty());
    }

    @Test
    @Promise("cost.R2")
    void quarterHoursWithoutAFigureAreCountedAndNotBilled() {
        Instant hole = at(FIRST.plusDays(1));
        plant.logDays(
                FIRST, LAST.plusDays(2), read -> !read.isAfter(hole) || !read.isBefore(hole.plusSeconds(12 * 3600)));
        DerivedHours.derive(house, plant.tenant);
        SupplyCost cost = electricity();
        assertThat(cost.missing()).isEqualTo(48);
        assertThat(cost.bill().orElseThrow().quality()).isEqualTo(Quality.PARTIAL);
    }

    @Test
    void aTariffWithoutAPriceForSomeHoursIsRefusedInWords() {
        week();
        enter(
                "supply",
                "tariff",
                "electricity",
                "tariff,from,until,kind,name,months,days,hours,price\n"
                        + "A,2025-01-01,2026-01-01,energy,day,,,06:00-22:00,0.20\n");
        assertThatThrownBy(this::electricity).hasMessageContaining("tariff A has no price at 2025-03-10T00:00");
    }

    @Test
    @Promise("carbon.R1")
    @Promise("carbon.R3")
    void energyIsCutWhereAFactorChangesAndBothBasesOfScopeTwoAreThere() {
        week();
        SiteEmissions site = emissions();
        Emissions emissions = site.emissions();
        assertThat(emissions.gaps()).isEmpty();
        BigDecimal before = kwh(MAIN, FIRST, CHANGE, "0.1");
        BigDecimal after = kwh(MAIN, CHANGE, LAST.plusDays(1), "0.1");
        BigDecimal gas = kwh(GAS, FIRST, LAST.plusDays(1), "0.1055");
        assertThat(total(emissions, Scope.SCOPE_2, Basis.LOCATION))
                .isEqualByComparingTo(
                        before.multiply(new BigDecimal("0.380")).add(after.multiply(new BigDecimal("0.363"))));
        assertThat(total(emissions, Scope.SCOPE_2, Basis.MARKET))
                .isEqualByComparingTo(before.add(after).multiply(new BigDecimal("0.5")));
        assertThat(total(emissions, Scope.SCOPE_1, Basis.ACTIVITY))
                .isEqualByComparingTo(gas.multiply(new BigDecimal("0.18296")));
        assertThat(site.energyKwh().orElseThrow())
                .isEqualByComparingTo(before.add(after).add(gas));
        assertThat(site.energyQuality()).isEqualTo(Quality.MEASURED);
    }

    private static BigDecimal total(Emissions emissions, Scope scope, Basis basis) {
        return emissions.total(scope, basis).orElseThrow().kgCo2e();
    }

    @Test
    @Promise("carbon.R2")
    void whatHasNoFactorOrNoFigureIsNamedAndTakesTheIntensityAway() {
        plant.logDays(FIRST, CHANGE);
        DerivedHours.derive(house, plant.tenant);
        enter(
                "grid",
                "emission-factors",
                "",
                "energy,unit,scope,basis,from,until,kg_co2e_per_unit,source,edition,gwp\n"
                        + "electricity,kWh,2,location,2025-01-01,2025-03-12,0.380,grid,2023,CO2\n");
        Emissions emissions = emissions().emissions();
        assertThat(emissions.gaps())
                .extracting(
                        gap -> gap.activity().activity() + " " + gap.activity().from() + " " + gap.lack())
                .contains(
                        "electricity 2025-03-10 " + Lack.NO_MARKET_FACTOR,
                        "electricity 2025-03-12 " + Lack.NO_FACTOR,
                        "gas 2025-03-10 " + Lack.NO_FACTOR);
        assertThat(emissions.total(Scope.SCOPE_1, Basis.ACTIVITY)).isEmpty();
    }

    @Test
    void intensitiesAreForEachUnitThatIsKnownForTheWholePeriod() {
        week();
        produced("castings", FIRST, LAST.plusDays(1), "700");
        produced("cores", FIRST, LAST, "50");
        List<SiteEmissions.Intensity> intensities = emissions().intensities();
        assertThat(intensities).extracting(SiteEmissions.Intensity::per).containsExactly("castings", "cores");
        BigDecimal all = kwh(MAIN, FIRST, LAST.plusDays(1), "0.1").add(kwh(GAS, FIRST, LAST.plusDays(1), "0.1055"));
        assertThat(intensities.get(0).kwhPer()).contains(all.divide(new BigDecimal("700"), MathContext.DECIMAL64));
        assertThat(intensities.get(0).kgCo2ePer()).isPresent();
        assertThat(intensities.get(1).amount()).as("the last day lacks").isEqualTo(Optional.empty());
        assertThat(intensities.get(1).kwhPer()).isEmpty();
    }

    private void produced(String variable, LocalDate from, LocalDate until, String tonnes) {
        house.in(
                plant.tenant,
                () -> variables.importValues(ProductionImport.newBuilder()
                        .setTenant("acme")
                        .setSite("hall")
                        .setSource("erp")
                        .setImportId(variable)
                        .addRows(ProductionRow.newBuilder()
                                .setVariable(variable)
                                .setUnit("t")
                                .setFromMs(at(from).toEpochMilli())
                                .setToMs(at(until).toEpochMilli())
                                .setValue(tonnes))
                        .build()));
    }
}
