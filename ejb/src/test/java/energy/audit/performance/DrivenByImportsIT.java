package energy.audit.performance;

import static energy.audit.LoggedPlant.MAIN;
import static energy.audit.LoggedPlant.SITE;
import static energy.audit.LoggedPlant.ZONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import energy.audit.House;
import energy.audit.LoggedPlant;
import energy.audit.access.Caller;
import energy.audit.access.Role;
import energy.audit.analysis.enpi.ModelKind;
import energy.audit.consumption.DerivedHours;
import energy.audit.consumption.Resolution;
import energy.audit.evidence.wire.ProductionImport;
import energy.audit.evidence.wire.ProductionRow;
import energy.audit.evidence.wire.Shift;
import energy.audit.evidence.wire.ShiftPlan;
import energy.audit.evidence.wire.WeatherImport;
import energy.audit.evidence.wire.WeatherRow;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Promise;
import energy.audit.kernel.Refusal;
import energy.audit.variables.Variables;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Indicators whose variables are production, weather and shifts. */
class DrivenByImportsIT {
    private static final LocalDate FIRST = LocalDate.of(2025, 3, 1);
    private static final LocalDate LAST = LocalDate.of(2025, 3, 20);
    private static final LocalDate END = LocalDate.of(2025, 4, 2);
    private static final LocalDate HOLE = LocalDate.of(2025, 3, 9);
    private static final String CASTINGS = "castings=production:castings";
    private static final String HEATING = "heating=heating-degrees:weather/roof:15";
    private static final String HOURS = "hours=operating-hours";

    private final House house = new House();
    private final LoggedPlant plant = LoggedPlant.in(house, "acme");
    private final Variables variables = house.variables;
    private final Performance performance = house.performance;
    private long castings;
    private long weather;
    private long shifts;

    DrivenByImportsIT() {
        house.in(plant.tenant, () -> {
            house.access.grant("emma", Role.ENERGY_MANAGER, house.clock.instant(), Optional.empty(), "test");
            house.access.grant("anna", Role.AUDITOR, house.clock.instant(), Optional.empty(), "test");
        });
        plant.logDays(FIRST, END);
        DerivedHours.derive(house, plant.tenant);
    }

    private <T> T as(String person, Supplier<T> work) {
        return house.access.inTenant(new Caller(person, Set.of()), plant.tenant, work);
    }

    private static long at(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant().toEpochMilli();
    }

    private long produced(String id, LocalDate from, LocalDate to, String value) {
        ProductionImport.Builder delivery = ProductionImport.newBuilder()
                .setTenant("acme")
                .setSite("hall")
                .setSource("erp")
                .setImportId(id)
                .addRows(ProductionRow.newBuilder()
                        .setVariable("castings")
                        .setUnit("t")
                        .setFromMs(at(from))
                        .setToMs(at(to))
                        .setValue(value));
        return as("emma", () -> variables.importValues(delivery.build()));
    }

    private static String tonnes(LocalDate day) {
        return Integer.toString(10 + day.getDayOfMonth() * 7 % 11);
    }

    /** Production of each day but one, temperatures, and a plan of shifts. */
    private void imported() {
        ProductionImport.Builder production = ProductionImport.newBuilder()
                .setTenant("acme")
                .setSite("hall")
                .setSource("erp")
                .setImportId("march");
        WeatherImport.Builder temperatures = WeatherImport.newBuilder()
                .setTenant("acme")
                .setSite("hall")
                .setStation("roof")
                .setSource("dwd")
                .setImportId("march");
        for (LocalDate day = FIRST; !day.isAfter(END); day = day.plusDays(1)) {
            if (!day.equals(HOLE)) {
                production.addRows(ProductionRow.newBuilder()
                        .setVariable("castings")
                        .setUnit("t")
                        .setFromMs(at(day))
                        .setToMs(at(day.plusDays(1)))
                        .setValue(tonnes(day)));
            }
            temperatures.addRows(WeatherRow.newBuilder()
                    .setFromMs(at(day))
                    .setToMs(at(day.plusDays(1)))
                    .setTemperature(Integer.toString(day.getDayOfMonth() * 5 % 20)));
        }
        castings = as("emma", () -> variables.importValues(production.build()));
        weather = as("emma", () -> variables.importWeather(temperatures.build()));
        ShiftPlan plan = ShiftPlan.newBuilder()
                .setTenant("acme")
                .setSite("hall")
                .setEffectiveFrom("2025-01-01")
                .setReason("works agreement")
                .addShifts(Shift.newBuilder()
                        .setName("early")
                        .addAllDays(List.of(1, 2, 3, 4, 5))
                        .setStart("06:00")
                        .setEnd("14:00"))
                .build();
        shifts = as("emma", () -> variables.planShifts(plan));
    }

    private EnpiDefinition define(String... written) {
        return as(
                "emma",
                () -> performance.define(new EnpiDraft(
                        "hall-power",
                        "Power of the hall",
                        SITE,
                        List.of(MAIN),
                        ModelKind.LINEAR,
                        List.of(written).stream().map(RelevantVariable::parse).toList(),
                        Resolution.DAY,
                        "",
                        "energy review")));
    }

    private Baseline propose() {
        return as("emma", () -> performance.propose("hall-power", FIRST, LAST, List.of(), List.of(), "first baseline"));
    }

    private PeriodRow day(LocalDate day, LogSize asKnownAt) {
        return as("anna", () -> performance.values("hall-power", day, day, asKnownAt))
                .get(0)
                .row();
    }

    @Test
    @Promise("performance.R7")
    void aModelOfProductionDegreeDaysAndHoursNamesTheImportBehindEachInput() {
        imported();
        EnpiDefinition enpi = define(CASTINGS, HEATING, HOURS);
        assertThat(enpi.variables()).extracting(RelevantVariable::text).containsExactly(CASTINGS, HEATING, HOURS);
        assertThat(as("anna", () -> performance.standing("hall-power")).definition())
                .as("read back from the log")
                .isEqualTo(enpi);

        Baseline baseline = propose();

        assertThat(baseline.leftOut()).containsExactly(HOLE + ": no value of castings");
        assertThat(baseline.inputs()).hasSize(19);
        Baseline.Input monday = baseline.inputs().get(2);
        LocalDate third = LocalDate.of(2025, 3, 3);
        assertThat(monday.from()).isEqualTo(third.atStartOfDay(ZONE).toInstant());
        assertThat(monday.values().get(0)).isEqualByComparingTo(tonnes(third));
        assertThat(monday.values().get(1)).as("15 degC, base 15").isEqualByComparingTo("0");
        assertThat(monday.values().get(2)).isEqualByComparingTo("8");
        assertThat(monday.origins()).containsExactly(List.of(castings), List.of(weather), List.of(shifts));
        assertThat(baseline.inputs().get(0).values().get(2)).as("a Saturday").isZero();
    }

    @Test
    @Promise("performance.R7")
    void aCorrectionChangesWhatIsReadNowAndNotWhatWasKnownThen() {
        imported();
        define(CASTINGS);
        Baseline before = propose();
        LogSize then = as("anna", house.log::size);

        long correction = produced("march-2", FIRST, FIRST.plusDays(1), "99");

        assertThat(day(FIRST, LogSize.NEWEST).variables()).containsEntry("castings", new BigDecimal("99"));
        assertThat(day(FIRST, LogSize.NEWEST).origins()).containsEntry("castings", List.of(correction));
        assertThat(day(FIRST, then).variables().get("castings")).isEqualByComparingTo(tonnes(FIRST));
        assertThat(day(FIRST, then).origins()).containsEntry("castings", List.of(castings));
        assertThat(as("anna", () -> performance.baselines()).get(0).inputs()).isEqualTo(before.inputs());
    }

    @Test
    void aFigureOfAWeekSaysNothingExactAboutADay() {
        produced("week", LocalDate.of(2025, 3, 3), LocalDate.of(2025, 3, 10), "70");
        define(CASTINGS);
        PeriodRow row = day(LocalDate.of(2025, 3, 5), LogSize.NEWEST);
        assertThat(row.variables()).isEmpty();
        assertThat(row.leftOut())
                .isEqualTo("no exact value of castings (a figure of it crosses the interval's boundary)");
    }

    @Test
    @Promise("performance.R6")
    void anIntervalIsExcludedByAnEntryWithAReasonAndCanComeBack() {
        imported();
        define(CASTINGS);
        Baseline before = propose();
        LocalDate strike = LocalDate.of(2025, 3, 12);
        assertThatThrownBy(() -> as("emma", () -> performance.exclude("hall-power", strike, true, " ")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("it has no reason");
        assertThatThrownBy(() -> as("anna", () -> performance.exclude("hall-power", strike, true, "x")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("DEFINE_ENPI");

        Standing standing = as("emma", () -> performance.exclude("hall-power", strike, true, "warning strike"));

        Decision decision = standing.excluded().get(strike);
        assertThat(decision).isNotNull().satisfies(d -> assertThat(d.reason()).isEqualTo("warning strike"));
        Baseline after = propose();
        assertThat(after.inputs()).hasSize(before.inputs().size() - 1);
        assertThat(after.leftOut())
                .contains(strike + ": excluded by emma (entry "
                        + standing.decisions().get(0).logIndex() + "): warning strike");
        assertThat(as("anna", () -> performance.candidates("hall-power", FIRST, LAST))
                        .leftOut())
                .isEqualTo(after.leftOut());
        assertThat(as("anna", () -> performance.baselines()).get(0).inputs()).isEqualTo(before.inputs());
        assertThat(day(strike, LogSize.NEWEST).usable())
                .as("what is reported is not touched")
                .isTrue();
        assertThatThrownBy(() -> as("emma", () -> performance.exclude("hall-power", strike, true, "again")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("excluded already");

        as("emma", () -> performance.exclude("hall-power", strike, false, "it was a normal day after all"));
        assertThat(propose().inputs()).isEqualTo(before.inputs());
    }

    @Test
    void inputsFarFromTheModelAreShownAndStay() {
        imported();
        define(CASTINGS);
        produced("typo", FIRST.plusDays(3), FIRST.plusDays(4), "990");
        Baseline baseline = propose();
        assertThat(baseline.inputs()).hasSize(19);
        ModelDiagnosis diagnosis = as("anna", () -> performance.diagnosis(baseline.id()));
        assertThat(diagnosis.leverageLimit()).isEqualTo(3 * 2 / 19.0);
        assertThat(diagnosis.points())
                .filteredOn(point -> point.far() || point.pulling())
                .singleElement()
                .satisfies(point -> {
                    assertThat(point.from()).isEqualTo(baseline.inputs().get(3).from());
                    assertThat(point.pulling()).isTrue();
                });
    }

    @Test
    void aModelIsDiagnosedInputByInput() {
        imported();
        define(CASTINGS, HOURS);
        Baseline baseline = propose();

        ModelDiagnosis diagnosis = as("anna", () -> performance.diagnosis(baseline.id()));

        assertThat(diagnosis.points()).hasSameSizeAs(baseline.inputs());
        double residuals = 0;
        double leverages = 0;
        for (ModelDiagnosis.Point point : diagnosis.points()) {
            residuals += point.residualKwh();
            leverages += point.leverage();
            assertThat(point.energyKwh()).isCloseTo(point.modelledKwh() + point.residualKwh(), within(1e-6));
        }
        assertThat(residuals).as("of a model with intercept").isCloseTo(0, within(1e-6));
        assertThat(leverages).as("parameters").isCloseTo(3, within(1e-9));
        assertThat(diagnosis.variables())
                .extracting(ModelDiagnosis.Inflation::variable)
                .containsExactly("castings", "hours");
        assertThat(diagnosis.variables()).allMatch(each -> each.varianceInflation() >= 1);
        assertThat(diagnosis.variables().get(0).varianceInflation())
                .as("of two variables both have the same")
                .isCloseTo(diagnosis.variables().get(1).varianceInflation(), within(1e-9));
    }

    @Test
    void aVariableOfWhichNothingWasImportedIsRefusedWithWhatThereIs() {
        imported();
        assertThatThrownBy(() -> define("x=production:bread"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("nothing was imported for bread; there is castings");
        assertThatThrownBy(() -> define("x=mean:weather/tower")).hasMessageContaining("there is roof");
        assertThatThrownBy(() -> define("x=shift-hours:night")).hasMessageContaining("there is early");
        assertThatThrownBy(() -> define("x=amount:weather/roof")).hasMessageContaining("a mean and no amount");
        assertThatThrownBy(() -> define("x=heating-degrees:weather/roof:15/18")).hasMessageContaining("lies above");
        assertThat(RelevantVariable.parse("cooling-degrees:weather/roof:21/24").id())
                .isEqualTo("roof_cooling");
    }
}
