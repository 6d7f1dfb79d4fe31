package energy.audit.analysis.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import energy.audit.analysis.regression.Verdict;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdjustmentsTest {
    @Test
    void onlyAnApprovedAdjustmentCounts() {
        Performance performance = new Performance(
                Method.FORECAST, List.of(), 1000, 900, 100, 0.9, new Uncertainty(0.9, 0.5, 50), Verdict.of(List.of()));
        NonRoutineAdjustment.Adjusted adjusted =
                NonRoutineAdjustment.apply(performance, List.of(furnace(200, "carl"), furnace(5000, "")));
        assertThat(adjusted.savings()).isEqualTo(300);
        assertThat(adjusted.improvementPercent()).isEqualTo(25);
        assertThat(adjusted.waiting()).hasSize(1);
    }

    @Test
    void nobodyApprovesAnAdjustmentOfTheirOwn() {
        assertThatThrownBy(() -> furnace(1, "emma")).hasMessageContaining("must be approved by somebody else");
    }

    @Test
    void sourcesBelowNinetyFivePercentAreRefusedWithTheirShare() {
        Map<String, Double> all = Map.of("electricity", 900.0, "gas", 50.0, "oil", 50.0);
        assertThat(AccountedEnergy.of(all, Set.of("electricity", "gas"), AccountedEnergy.SEP_SHARE)
                        .valid())
                .isTrue();
        assertThat(AccountedEnergy.of(all, Set.of("electricity"), AccountedEnergy.SEP_SHARE)
                        .reasons())
                .containsExactly("The sources counted make 90.00 % of primary energy; they must make 95.00 %. "
                        + "Not counted: gas, oil.");
    }

    @Test
    void anOutlierIsShownWithItsDistance() {
        assertThat(Outliers.beyond(3, 10, 11, 9, 10, 12, 50, 8))
                .singleElement()
                .satisfies(o -> assertThat(o.index()).isEqualTo(5));
        assertThat(Outliers.beyond(3, 5, 5, 5, 5, 9)).isEmpty();
    }

    @Test
    void billsAreSpreadOverTheDaysTheyCoverAndKeepTheirSum() {
        List<BilledMonths.Month> months = BilledMonths.of(List.of(
                new BilledMonths.Bill(LocalDate.of(2025, 1, 20), 999),
                new BilledMonths.Bill(LocalDate.of(2025, 2, 20), 310),
                new BilledMonths.Bill(LocalDate.of(2025, 3, 31), 390)));
        assertThat(months)
                .extracting(BilledMonths.Month::month)
                .containsExactly(YearMonth.of(2025, 1), YearMonth.of(2025, 2), YearMonth.of(2025, 3));
        assertThat(months.get(0).energy()).isCloseTo(110, within(1e-9));
        assertThat(months.get(1).energy()).isCloseTo(280, within(1e-9));
        assertThat(months.get(0).whole()).isFalse();
        assertThat(months.get(1).whole()).isTrue();
    }

    @Test
    void powerFactorOfAPeriodComesFromItsEnergies() {
        assertThat(Demand.powerFactor(80, 60)).isCloseTo(0.8, within(1e-12));
        assertThat(Demand.powerFactor(0, 0)).isNaN();
    }

    private static NonRoutineAdjustment furnace(double energy, String approvedBy) {
        return new NonRoutineAdjustment(
                "second furnace",
                "1",
                "2",
                LocalDate.of(2025, 3, 1),
                LocalDate.of(2025, 12, 31),
                energy,
                "rated power times hours",
                "document 12",
                "emma",
                approvedBy);
    }
}
