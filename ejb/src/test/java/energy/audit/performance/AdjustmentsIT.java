package energy.audit.performance;

import static energy.audit.LoggedPlant.MAIN;
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
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Promise;
import energy.audit.kernel.Refusal;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Non-routine adjustments of a real plant's baseline. */
class AdjustmentsIT {
    private static final LocalDate FIRST = LocalDate.of(2025, 3, 1);
    private static final LocalDate LAST = LocalDate.of(2025, 3, 20);
    private static final LocalDate END = LocalDate.of(2025, 4, 2);
    private static final LocalDate DAY = LocalDate.of(2025, 3, 24);
    private static final BigDecimal KWH = new BigDecimal("431.5");

    private final House house = new House();
    private final LoggedPlant plant = LoggedPlant.in(house, "acme");
    private final Performance performance = house.performance;

    @BeforeEach
    void aBaselineInForce() {
        Instant now = house.clock.instant();
        house.in(plant.tenant, () -> {
            house.access.grant("emma", Role.ENERGY_MANAGER, now, Optional.empty(), "test");
            house.access.grant("carl", Role.CONSULTANT, now, Optional.empty(), "test");
            house.access.grant("anna", Role.AUDITOR, now, Optional.empty(), "test");
        });
        plant.logDays(FIRST, END);
        DerivedHours.derive(house, plant.tenant);
        as(
                "emma",
                () -> performance.define(new EnpiDraft(
                        "hall-power",
                        "Power of the hall",
                        SITE,
                        List.of(MAIN),
                        ModelKind.LINEAR,
                        List.of(RelevantVariable.parse("amount:" + WATER)),
                        Resolution.DAY,
                        "",
                        "energy review")));
        approveBaseline();
    }

    @Test
    @Promise("performance.R8")
    void anAdjustmentCountsOnlyAfterSomebodyElseHasApprovedIt() {
        Savings before = savings(Method.FORECAST, LogSize.NEWEST);
        Adjustment proposed = propose("emma", DAY, DAY.plusDays(1));
        LogSize known = house.in(plant.tenant, () -> house.log.size());

        Savings waiting = savings(Method.FORECAST, LogSize.NEWEST);
        assertThat(waiting.figures().claimed().savings())
                .isEqualTo(before.figures().performance().savings());
        assertThat(waiting.waiting()).containsExactly(proposed);
        assertThat(waiting.counted()).isEmpty();
        assertThatThrownBy(() -> decide("emma", proposed, true))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("nobody approves an own proposal");
        assertThatThrownBy(() -> decide("anna", proposed, true))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("DECIDE_ENPI");
        assertThatThrownBy(() -> propose("anna", DAY, DAY))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("DEFINE_ENPI");

        Adjustment approved = decide("carl", proposed, true);

        assertThat(approved.state()).isEqualTo(Adjustment.State.APPROVED);
        Savings after = savings(Method.FORECAST, LogSize.NEWEST);
        assertThat(after.counted()).containsExactly(approved);
        assertThat(after.waiting()).isEmpty();
        assertThat(after.figures().claimed().savings())
                .isCloseTo(before.figures().performance().savings() + 431.5, within(1e-6));
        assertThat(after.figures().claimed().uncertainty().absolute())
                .isEqualTo(before.figures().performance().uncertainty().absolute());
        assertThat(after.figures().performance().savings())
                .isEqualTo(before.figures().performance().savings());
        Savings asKnown = savings(Method.FORECAST, known);
        assertThat(asKnown.counted()).isEmpty();
        assertThat(asKnown.waiting()).containsExactly(proposed);
        assertThat(asKnown.figures().claimed().savings())
                .isEqualTo(before.figures().performance().savings());
        assertThatThrownBy(() -> decide("carl", proposed, false))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("approved and frozen");
    }

    @Test
    @Promise("performance.R8")
    void aRejectedOneChangesNothingAndANumberThatNobodyGaveIsNotFound() {
        Adjustment proposed = propose("emma", DAY, DAY);
        assertThat(decide("emma", proposed, false).state())
                .as("whoever proposed may take it back")
                .isEqualTo(Adjustment.State.REJECTED);

        Savings savings = savings(Method.FORECAST, LogSize.NEWEST);

        assertThat(savings.counted()).isEmpty();
        assertThat(savings.waiting()).isEmpty();
        assertThat(savings.figures().adjusted()).isEmpty();
        assertThatThrownBy(() -> as("carl", () -> performance.decideAdjustment("hall-power", 7, true, "ok")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("adjustment 7 of hall-power");
    }

    @Test
    void everyMethodThatHasAReportingPeriodCountsIt() {
        decide("carl", propose("emma", DAY, DAY), true);

        for (Method method : List.of(Method.FORECAST, Method.BACKCAST, Method.STANDARD_CONDITIONS)) {
            Savings savings = savings(method, LogSize.NEWEST);
            assertThat(savings.figures().claimed().adjustedBaseline())
                    .as(method.name())
                    .isCloseTo(savings.figures().performance().adjustedBaseline() + 431.5, within(1e-6));
        }
    }

    @Test
    void aPeriodThatHoldsOnlyAPartOfItHasNoSavingsAndOneThatHoldsNothingOfItIsNotChanged() {
        decide("carl", propose("emma", DAY, DAY.plusDays(3)), true);

        assertThatThrownBy(() -> as(
                        "anna",
                        () -> performance.savings(
                                "hall-power", Method.FORECAST, DAY.plusDays(1), END.minusDays(1), LogSize.NEWEST)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Adjustment 1 applies from")
                .hasMessageContaining("only partly in the reporting period");
        Savings after = as(
                "anna",
                () -> performance.savings(
                        "hall-power", Method.FORECAST, DAY.plusDays(4), END.minusDays(1), LogSize.NEWEST));
        assertThat(after.counted()).isEmpty();
        assertThat(after.figures().adjusted()).isEmpty();
    }

    @Test
    void daysOfTheBaselineAndDaysThatAreNotOverAreRefused() {
        assertThatThrownBy(() -> propose("emma", LAST, DAY))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("the baseline ends on 2025-03-20");
        LocalDate today = house.clock.instant().atZone(LoggedPlant.ZONE).toLocalDate();
        assertThatThrownBy(() -> propose("emma", DAY, today))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("not over");
        assertThatThrownBy(() -> propose("emma", DAY, DAY.minusDays(1)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("ends before it begins");
    }

    @Test
    void anotherBaselineIsNotAdjustedByWhatWasApprovedForTheOneBefore() {
        decide("carl", propose("emma", DAY, DAY), true);
        Adjustment late = propose("emma", DAY, DAY);
        approveBaseline();

        assertThat(savings(Method.FORECAST, LogSize.NEWEST).counted()).isEmpty();
        assertThatThrownBy(() -> decide("carl", late, true))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("hall-power-b2 is in force");
    }

    private void approveBaseline() {
        Baseline baseline =
                as("emma", () -> performance.propose("hall-power", FIRST, LAST, List.of(), List.of(), "energy review"));
        as("carl", () -> performance.decide(baseline.id(), true, "checked"));
    }

    private Adjustment propose(String person, LocalDate first, LocalDate last) {
        return as(
                person,
                () -> performance.proposeAdjustment(
                        "hall-power", KWH, first, last, "second furnace", "nameplate times hours"));
    }

    private Adjustment decide(String person, Adjustment adjustment, boolean approve) {
        return as(
                person, () -> performance.decideAdjustment("hall-power", adjustment.number(), approve, "looked at it"));
    }

    private Savings savings(Method method, LogSize size) {
        return as("anna", () -> performance.savings("hall-power", method, LAST.plusDays(1), END.minusDays(1), size));
    }

    private <T> T as(String person, Supplier<T> work) {
        return house.access.inTenant(new Caller(person, Set.of()), plant.tenant, work);
    }
}
