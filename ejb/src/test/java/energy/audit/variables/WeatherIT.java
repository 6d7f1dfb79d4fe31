package energy.audit.variables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.House;
import energy.audit.LoggedPlant;
import energy.audit.analysis.variable.DegreeDayRule;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.Shift;
import energy.audit.evidence.wire.ShiftPlan;
import energy.audit.evidence.wire.WeatherImport;
import energy.audit.evidence.wire.WeatherRow;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.kernel.Promise;
import energy.audit.kernel.Refusal;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeatherIT {
    private static final LocalDate MARCH = LocalDate.of(2025, 3, 3);
    private static final VariableSource DEGREE_DAYS =
            new VariableSource.DegreeDays("roof", DegreeDayRule.parse(DegreeDayRule.Side.HEATING, "18/15"));

    private final House house = new House();
    private final LoggedPlant plant = LoggedPlant.in(house, "acme");
    private final Variables variables = house.variables;

    private static Instant at(LocalDate day) {
        return day.atStartOfDay(LoggedPlant.ZONE).toInstant();
    }

    private static WeatherRow row(Instant from, Instant to, String temperature) {
        return WeatherRow.newBuilder()
                .setFromMs(from.toEpochMilli())
                .setToMs(to.toEpochMilli())
                .setTemperature(temperature)
                .build();
    }

    private static WeatherRow day(LocalDate day, String temperature) {
        return row(at(day), at(day.plusDays(1)), temperature);
    }

    private long take(String id, WeatherRow... rows) {
        WeatherImport delivery = WeatherImport.newBuilder()
                .setTenant("acme")
                .setSite("hall")
                .setStation("roof")
                .setSource("dwd")
                .setImportId(id)
                .addAllRows(List.of(rows))
                .build();
        return house.in(plant.tenant, () -> variables.importWeather(delivery));
    }

    private AlignedValue aligned(VariableSource source, LocalDate from, LocalDate to, LogSize asKnownAt) {
        return house.in(
                        plant.tenant,
                        () -> variables.aligned(LoggedPlant.SITE, source, List.of(at(from), at(to)), asKnownAt))
                .get(0);
    }

    private List<Temperature> march(LogSize asKnownAt) {
        return house.in(
                plant.tenant,
                () -> variables.temperatures(
                        LoggedPlant.SITE, "roof", Period.of(at(MARCH), at(MARCH.plusDays(7))), asKnownAt));
    }

    @Test
    @Promise("variables.R1")
    void theSameWeatherTwiceIsOneEntryOfItsOwnKindAndItsNumberCannotSayTwoThings() {
        long first = take("1", day(MARCH, "4.5"));
        assertThat(take("1", day(MARCH, "4.5"))).isEqualTo(first);
        assertThatThrownBy(() -> take("1", day(MARCH, "5")))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.code()).isEqualTo("IMPORT_ID_USED"));
        assertThat(house.in(plant.tenant, () -> house.log.entries(EntryKind.WEATHER_IMPORT, LogSize.NEWEST)))
                .hasSize(1);
    }

    @Test
    @Promise("variables.R1")
    void everyBadRowIsNamedAlsoForProgramsAndNothingIsTaken() {
        take("1", day(MARCH, "4.5"));
        assertThatThrownBy(() -> take(
                        "2",
                        day(MARCH.plusDays(1), "4"),
                        day(MARCH.plusDays(1), "5"),
                        row(at(MARCH), at(MARCH).plusSeconds(3600), "3"),
                        day(MARCH.plusDays(2), "451"),
                        day(MARCH.plusDays(3), ""),
                        row(at(MARCH.plusDays(4)), at(MARCH.plusDays(6)), "1")))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        no -> assertThat(no.rows())
                                .extracting(fault -> fault.row() + " " + fault.column())
                                .containsExactly("2 ", "3 timestamp", "4 temperature", "5 temperature", "6 to"))
                .hasMessageContaining("5 of 6 rows")
                .hasMessageContaining("which would count twice");
        assertThat(march(LogSize.NEWEST)).hasSize(1);
    }

    @Test
    @Promise("variables.R2")
    void aCorrectedTemperatureIsANewVersionAndTheOldAnswerStays() {
        long first = take("1", day(MARCH, "4"), day(MARCH.plusDays(1), "20"));
        long second = take("2", day(MARCH, "6"));
        assertThat(march(LogSize.NEWEST))
                .first()
                .satisfies(now -> assertThat(now.degrees()).isEqualByComparingTo("6"))
                .satisfies(now -> assertThat(now.version()).isEqualTo(2))
                .satisfies(now -> assertThat(now.logIndex()).isEqualTo(second));
        assertThat(march(LogSize.of(first + 1)).get(0).degrees()).isEqualByComparingTo("4");
        LocalDate end = MARCH.plusDays(2);
        assertThat(aligned(DEGREE_DAYS, MARCH, end, LogSize.NEWEST).value()).contains(new BigDecimal("12"));
        assertThat(aligned(DEGREE_DAYS, MARCH, end, LogSize.of(first + 1)).value())
                .contains(new BigDecimal("14"));
        take("3", day(MARCH, "").toBuilder().setWithdrawn(true).build());
        assertThat(aligned(DEGREE_DAYS, MARCH, end, LogSize.NEWEST).value()).isEmpty();
        StationSummary roof = house.in(plant.tenant, () -> variables.stations(LoggedPlant.SITE))
                .get(0);
        assertThat(roof.values()).isEqualTo(1);
        assertThat(roof.corrected()).isEqualTo(1);
        assertThat(roof.source()).isEqualTo("dwd");
    }

    @Test
    @Promise("variables.R4")
    void anAnswerNamesTheImportsItRestsOn() {
        long first = take("1", day(MARCH, "4"), day(MARCH.plusDays(1), "20"));
        long second = take("2", day(MARCH, "6"));
        assertThat(aligned(DEGREE_DAYS, MARCH, MARCH.plusDays(2), LogSize.NEWEST)
                        .entries())
                .containsExactly(first, second);
        assertThat(aligned(DEGREE_DAYS, MARCH, MARCH.plusDays(1), LogSize.NEWEST)
                        .entries())
                .containsExactly(second);
    }

    @Test
    @Promise("variables.R3")
    void aDayOfWhichTooFewHoursAreKnownIsMissing() {
        List<WeatherRow> hours = new ArrayList<>();
        for (int hour = 0; hour < 21; hour++) {
            Instant from = at(MARCH).plusSeconds(3600L * hour);
            hours.add(row(from, from.plusSeconds(3600), "8"));
        }
        take("1", hours.toArray(WeatherRow[]::new));
        AlignedValue few = aligned(DEGREE_DAYS, MARCH, MARCH.plusDays(1), LogSize.NEWEST);
        assertThat(few.value()).isEmpty();
        assertThat(few.coverage()).isEqualTo(21 / 24.0);
        Instant more = at(MARCH).plusSeconds(3600L * 21);
        take("2", row(more, more.plusSeconds(3600), "8"));
        assertThat(aligned(DEGREE_DAYS, MARCH, MARCH.plusDays(1), LogSize.NEWEST)
                        .value())
                .contains(new BigDecimal("10"));
    }

    private long plan(String from, String reason, String... names) {
        ShiftPlan.Builder plan = ShiftPlan.newBuilder()
                .setTenant("acme")
                .setSite("hall")
                .setEffectiveFrom(from)
                .setReason(reason);
        for (String name : names) {
            plan.addShifts(Shift.newBuilder()
                    .setName(name)
                    .addAllDays(List.of(1, 2, 3, 4, 5))
                    .setStart(name.equals("late") ? "14:00" : "06:00")
                    .setEnd(name.equals("late") ? "22:00" : "14:00"));
        }
        return house.in(plant.tenant, () -> variables.planShifts(plan.build()));
    }

    @Test
    @Promise("variables.R2")
    void aShiftPlanHoldsFromItsDayOnAndTheAnswerAsKnownBeforeStays() {
        assertThat(aligned(new VariableSource.OperatingHours(), MARCH, MARCH.plusDays(7), LogSize.NEWEST)
                        .value())
                .isEmpty();
        long one = plan("2025-01-01", "agreed with the works council", "early");
        assertThat(plan("2025-01-01", "agreed with the works council", "early")).isEqualTo(one);
        assertThat(aligned(new VariableSource.OperatingHours(), MARCH, MARCH.plusDays(7), LogSize.NEWEST)
                        .value())
                .hasValueSatisfying(h -> assertThat(h).isEqualByComparingTo("40"));
        long two = plan("2025-03-05", "more orders", "early", "late");
        AlignedValue week = aligned(new VariableSource.OperatingHours(), MARCH, MARCH.plusDays(7), LogSize.NEWEST);
        assertThat(week.value().orElseThrow()).isEqualByComparingTo("64");
        assertThat(week.entries()).containsExactly(one, two);
        assertThat(aligned(new VariableSource.ShiftHours("late"), MARCH, MARCH.plusDays(7), LogSize.NEWEST)
                        .value()
                        .orElseThrow())
                .isEqualByComparingTo("24");
        assertThat(aligned(new VariableSource.OperatingHours(), MARCH, MARCH.plusDays(7), LogSize.of(two))
                        .value()
                        .orElseThrow())
                .isEqualByComparingTo("40");
        assertThat(house.in(plant.tenant, () -> variables.shiftPlans(LoggedPlant.SITE, LogSize.NEWEST)))
                .extracting(PlannedShifts::inForce)
                .containsExactly(true, true);
    }

    @Test
    void aPlanThatCannotBeIsRefusedAndSaysWhy() {
        assertThatThrownBy(() -> plan("2025-01-01", "", "early")).hasMessageContaining("it has no reason");
        assertThatThrownBy(() -> plan("1.1.2025", "x", "early")).hasMessageContaining("Write days like 2026-01-31");
        assertThatThrownBy(() -> plan("2025-01-01", "x", "early", "early")).hasMessageContaining("named twice");
    }

    @Test
    void partsOfDaysHaveNoDegreeDaysFromDailyMeans() {
        take("1", day(MARCH, "4"));
        assertThatThrownBy(() -> house.in(
                        plant.tenant,
                        () -> variables.aligned(
                                LoggedPlant.SITE,
                                DEGREE_DAYS,
                                List.of(at(MARCH), at(MARCH).plusSeconds(3600)),
                                LogSize.NEWEST)))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.code()).isEqualTo("BAD_PERIODS"));
    }
}
