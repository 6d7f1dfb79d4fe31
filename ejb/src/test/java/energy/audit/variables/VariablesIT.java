package energy.audit.variables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import energy.audit.House;
import energy.audit.LoggedPlant;
import energy.audit.evidence.wire.ProductionImport;
import energy.audit.evidence.wire.ProductionRow;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.kernel.Promise;
import energy.audit.kernel.Refusal;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class VariablesIT {
    private static final LocalDate MARCH = LocalDate.of(2025, 3, 1);

    private final House house = new House();
    private final LoggedPlant plant = LoggedPlant.in(house, "acme");
    private final Variables variables = house.variables;

    private static Instant at(LocalDate day) {
        return day.atStartOfDay(LoggedPlant.ZONE).toInstant();
    }

    private static ProductionRow row(LocalDate from, LocalDate to, String value) {
        return ProductionRow.newBuilder()
                .setVariable("castings")
                .setUnit("t")
                .setFromMs(at(from).toEpochMilli())
                .setToMs(at(to).toEpochMilli())
                .setValue(value)
                .build();
    }

    private long take(String id, ProductionRow... rows) {
        ProductionImport delivery = ProductionImport.newBuilder()
                .setTenant("acme")
                .setSite("hall")
                .setSource("erp")
                .setImportId(id)
                .addAllRows(List.of(rows))
                .build();
        return house.in(plant.tenant, () -> variables.importValues(delivery));
    }

    private List<VariableValue> march(LogSize asKnownAt) {
        return house.in(
                plant.tenant,
                () -> variables.values(
                        LoggedPlant.SITE, "castings", Period.of(at(MARCH), at(MARCH.plusMonths(1))), asKnownAt));
    }

    @Test
    @Promise("variables.R1")
    void theSameDeliveryTwiceIsOneEntryAndItsNumberCannotSayTwoThings() {
        long first = take("1", row(MARCH, MARCH.plusDays(1), "12.5"));
        assertThat(take("1", row(MARCH, MARCH.plusDays(1), "12.5"))).isEqualTo(first);
        assertThatThrownBy(() -> take("1", row(MARCH, MARCH.plusDays(1), "13")))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.code()).isEqualTo("IMPORT_ID_USED"));
        assertThat(march(LogSize.NEWEST)).hasSize(1);
    }

    @Test
    @Promise("variables.R1")
    void everyBadRowIsNamedAndNothingOfTheDeliveryIsTaken() {
        long before = house.in(plant.tenant, () -> house.log.size().entries());
        assertThatThrownBy(() -> take(
                        "2",
                        row(MARCH, MARCH.plusDays(1), "12"),
                        row(MARCH.plusDays(1), MARCH.plusDays(2), "1,5"),
                        row(MARCH.plusDays(3), MARCH.plusDays(2), "1"),
                        row(MARCH, MARCH.plusDays(1), "12"),
                        row(MARCH, MARCH.plusDays(7), "80"),
                        row(MARCH.plusDays(8), MARCH.plusDays(9), "1").toBuilder()
                                .setUnit("kg")
                                .build()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("5 of 6 rows")
                .hasMessageContaining("row 2, value '1,5'")
                .hasMessageContaining("row 3, to: it is not after from")
                .hasMessageContaining("row 4: the same variable and period as row 1")
                .hasMessageContaining("row 5, from")
                .hasMessageContaining("would count twice")
                .hasMessageContaining("row 6, unit 'kg': castings is in t");
        assertThat(house.in(plant.tenant, () -> house.log.size().entries())).isEqualTo(before);
        assertThat(march(LogSize.NEWEST)).isEmpty();
    }

    @Test
    @Promise("variables.R2")
    void aCorrectionIsANewVersionAndTheOldAnswerStays() {
        long first = take("1", row(MARCH, MARCH.plusDays(1), "12.5"));
        take("2", row(MARCH, MARCH.plusDays(1), "11.5"));
        assertThat(march(LogSize.NEWEST).get(0).value()).contains(new BigDecimal("11.5"));
        assertThat(march(LogSize.of(first + 1)).get(0).value()).contains(new BigDecimal("12.5"));
        take(
                "3",
                row(MARCH, MARCH.plusDays(1), "").toBuilder().setWithdrawn(true).build());
        assertThat(march(LogSize.NEWEST)).isEmpty();
        assertThat(march(LogSize.of(first + 2))).hasSize(1);
        take("4", row(MARCH, MARCH.plusDays(7), "80"));
        assertThat(march(LogSize.NEWEST).get(0).value()).contains(new BigDecimal("80"));
        VariableSummary summary = house.in(plant.tenant, () -> variables.variables(LoggedPlant.SITE))
                .get(0);
        assertThat(summary.values()).isEqualTo(1);
        assertThat(summary.corrected()).isEqualTo(1);
    }

    @Test
    @Promise("variables.R3")
    void aWeekAcrossTheEndOfAMonthIsSplitAndMarkedAndAHoleIsNoZero() {
        LocalDate week = LocalDate.of(2025, 3, 31); // Monday; from here on no change of clocks
        take("1", row(week, week.plusDays(7), "70"), row(week.plusDays(7), week.plusDays(29), "220"));
        List<AlignedValue> aligned = house.in(
                plant.tenant,
                () -> variables.aligned(
                        LoggedPlant.SITE,
                        "castings",
                        List.of(
                                at(week),
                                at(LocalDate.of(2025, 4, 1)),
                                at(LocalDate.of(2025, 4, 7)),
                                at(LocalDate.of(2025, 4, 29)),
                                at(LocalDate.of(2025, 5, 1))),
                        LogSize.NEWEST));
        assertThat(aligned.get(0).value().orElseThrow()).isEqualByComparingTo("10");
        assertThat(aligned.get(0).split()).isTrue();
        assertThat(aligned.get(1).value().orElseThrow()).isEqualByComparingTo("60");
        assertThat(aligned.get(2).value().orElseThrow()).isEqualByComparingTo("220");
        assertThat(aligned.get(2).split()).isFalse();
        assertThat(aligned.get(3).value()).isEmpty();
        assertThat(aligned.get(3).coverage()).isCloseTo(0, within(1e-12));
    }
}
