package energy.audit.performance;

import static energy.audit.LoggedPlant.GAS;
import static energy.audit.LoggedPlant.MAIN;
import static energy.audit.LoggedPlant.SITE;
import static energy.audit.LoggedPlant.WATER;
import static energy.audit.LoggedPlant.ZONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.House;
import energy.audit.LoggedPlant;
import energy.audit.access.Caller;
import energy.audit.access.Role;
import energy.audit.analysis.document.JsonText;
import energy.audit.analysis.document.ModelFigures;
import energy.audit.analysis.enpi.ModelKind;
import energy.audit.analysis.performance.Method;
import energy.audit.analysis.regression.LinearFit;
import energy.audit.analysis.regression.SepRules;
import energy.audit.analysis.regression.Series;
import energy.audit.analysis.regression.Verdict;
import energy.audit.consumption.DerivedHours;
import energy.audit.consumption.Resolution;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Promise;
import energy.audit.kernel.Refusal;
import energy.audit.performance.Baseline.Factor;
import energy.audit.performance.Baseline.State;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PerformanceIT {
    private static final LocalDate FIRST = LocalDate.of(2025, 3, 1);
    private static final LocalDate LAST = LocalDate.of(2025, 3, 20);
    private static final LocalDate END = LocalDate.of(2025, 4, 2);
    private static final LocalDate HOLE = LocalDate.of(2025, 3, 9);

    private final House house = new House();
    private final LoggedPlant plant = LoggedPlant.in(house, "acme");
    private final Performance performance = house.performance;

    PerformanceIT() {
        Instant now = house.clock.instant();
        house.in(plant.tenant, () -> {
            house.access.grant("emma", Role.ENERGY_MANAGER, now, Optional.empty(), "test");
            house.access.grant("carl", Role.CONSULTANT, now, Optional.empty(), "test");
            house.access.grant("anna", Role.AUDITOR, now, Optional.empty(), "test");
        });
    }

    @Test
    @Promise("performance.R1")
    void theSameDefinitionAgainIsNoNewVersionAndAnotherOneLeavesTheOldStanding() {
        EnpiDefinition first = as("emma", () -> performance.define(draft(ModelKind.LINEAR, water())));
        EnpiDefinition again = as("carl", () -> performance.define(draft(ModelKind.LINEAR, water())));
        EnpiDefinition other = as("emma", () -> performance.define(draft(ModelKind.VALUE, List.of())));

        assertThat(again).isEqualTo(first);
        assertThat(other.version()).isEqualTo(2);
        assertThat(as("anna", () -> performance.standing("hall-power")).versions())
                .containsExactly(first, other);
        assertThat(house.in(plant.tenant, () -> house.log.entries(EntryKind.ENPI_DEFINITION, LogSize.NEWEST)))
                .hasSize(2);
    }

    @Test
    @Promise("performance.R2")
    void aBaselineCountsOnlyAfterSomebodyElseHasApprovedItAndIsFrozenThen() {
        log();
        as("emma", () -> performance.define(draft(ModelKind.LINEAR, water())));
        Baseline proposed = propose("emma");
        assertThat(proposed.state()).isEqualTo(State.PROPOSED);
        assertThat(as("emma", () -> performance.standing("hall-power")).inForce())
                .isEmpty();
        assertThatThrownBy(() -> as("emma", () -> performance.decide(proposed.id(), true, "mine")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("emma has proposed it");
        assertThatThrownBy(() -> as("anna", () -> performance.decide(proposed.id(), true, "auditing")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("DECIDE_ENPI");

        Baseline approved = as("carl", () -> performance.decide(proposed.id(), true, "statistics checked"));

        assertThat(approved.state()).isEqualTo(State.APPROVED);
        assertThat(approved.decision().map(Decision::person)).contains("carl");
        assertThat(as("emma", () -> performance.standing("hall-power")).inForce())
                .contains(approved);
        assertThatThrownBy(() -> as("carl", () -> performance.decide(proposed.id(), false, "on second thought")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("frozen");
        Baseline next = propose("carl");
        as("emma", () -> performance.decide(next.id(), true, "newer"));
        assertThat(as("emma", () -> performance.standing("hall-power")).history())
                .extracting(Baseline::state)
                .containsExactly(State.APPROVED, State.REPLACED);
    }

    @Test
    @Promise("performance.R3")
    @Promise("performance.R4")
    void theModelIsWhatItsInputsGiveAndADayWithoutDataIsLeftOutAndNamed() {
        Instant from = HOLE.atStartOfDay(ZONE).toInstant();
        plant.logDays(FIRST, END, at -> at.isBefore(from.minusSeconds(6 * 3600)) || at.isAfter(from.plusSeconds(3600)));
        as("emma", () -> performance.define(draft(ModelKind.LINEAR, water())));

        Baseline baseline = propose("emma");

        assertThat(baseline.inputs()).hasSize(18);
        assertThat(baseline.leftOut())
                .containsExactly(
                        HOLE.minusDays(1) + ": no energy of main, no value of water",
                        HOLE + ": no energy of main, no value of water");
        long counts =
                LoggedPlant.cumulated(MAIN, FIRST.plusDays(1).atStartOfDay(ZONE).toInstant())
                        - LoggedPlant.cumulated(MAIN, FIRST.atStartOfDay(ZONE).toInstant());
        assertThat(baseline.inputs().get(0).energy())
                .isEqualByComparingTo(BigDecimal.valueOf(counts).movePointLeft(1));
        LinearFit fit = LinearFit.of(
                Series.ofDecimals(
                        "energy",
                        baseline.inputs().stream().map(Baseline.Input::energy).toList()),
                List.of(Series.ofDecimals(
                        "water",
                        baseline.inputs().stream().map(i -> i.values().get(0)).toList())),
                true);
        String printed = JsonText.of(ModelFigures.of(fit, Verdict.of(fit, SepRules.SEP)));
        assertThat(baseline.model()).endsWith(printed.substring(1)).contains("\"valid\":true");
    }

    @Test
    @Promise("performance.R5")
    void aChangedStaticFactorOpensAReviewThatStopsClaimsUntilSomebodyDecides() {
        approved();
        Savings before = savings();
        assertThat(before.figures().verdict().valid()).isTrue();
        assertThat(Math.abs(before.figures().performance().improvementPercent()))
                .isLessThan(1);

        as(
                "emma",
                () -> performance.changeStaticFactor(
                        "hall-power", "presses", "3", LocalDate.of(2025, 3, 25), "second-hand press bought"));

        assertThatThrownBy(this::savings)
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("presses is 3 since 2025-03-25, was 2: second-hand press bought")
                .hasMessageContaining("energy manager or consultant");
        assertThatThrownBy(() -> as("emma", () -> performance.closeReview("hall-power", "my own change is fine")))
                .as("who recorded the change does not end its review")
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("emma has opened it, or recorded the change");
        as("carl", () -> performance.closeReview("hall-power", "press stands idle until May"));
        assertThat(savings().figures().performance().savings())
                .isEqualTo(before.figures().performance().savings());
        assertThat(as("emma", () -> performance.standing("hall-power")).factors())
                .containsExactly(new Factor("presses", "3"));
        assertThat(savings().figures().course().points())
                .anySatisfy(point -> assertThat(point.events())
                        .anyMatch(event -> event.what().equals("presses: 2 → 3")));
    }

    @Test
    @Promise("performance.R5")
    void anApprovalForAnIndicatorOfALikeNameEndsNoReview() {
        approved();
        as(
                "emma",
                () -> performance.changeStaticFactor(
                        "hall-power", "presses", "3", LocalDate.of(2025, 3, 25), "second-hand press bought"));
        EnpiDraft alike = draft(ModelKind.LINEAR, water());
        as(
                "emma",
                () -> performance.define(new EnpiDraft(
                        "hall-power-base",
                        alike.name(),
                        alike.site(),
                        alike.channels(),
                        alike.kind(),
                        alike.variables(),
                        alike.step(),
                        alike.formula(),
                        alike.reason())));
        Baseline other = as(
                "emma",
                () -> performance.propose("hall-power-base", FIRST, LAST, List.of(), List.of(), "first baseline"));
        as("carl", () -> performance.decide(other.id(), true, "checked"));
        assertThat(as("anna", () -> performance.standing("hall-power")).review())
                .as("its review stays open")
                .isPresent();
        assertThat(as("anna", () -> performance.standing("hall-power-base")).inForce())
                .isPresent();
    }

    @Test
    @Promise("performance.R5")
    void aModelThatMayNotBeAppliedToTheReportingDataOpensAReviewByItself() {
        plant.logDays(FIRST, LAST);
        Map<Instant, Long> flood = new HashMap<>();
        List<Instant> instants = new ArrayList<>();
        Instant from = LAST.plusDays(1).atStartOfDay(ZONE).toInstant();
        for (Instant at = from; !at.isAfter(END.atStartOfDay(ZONE).toInstant()); at = at.plusSeconds(900)) {
            instants.add(at);
            flood.put(at, LoggedPlant.cumulated(WATER, at) + (at.getEpochSecond() - from.getEpochSecond()));
        }
        plant.log(instants, Map.of(WATER, flood));
        DerivedHours.derive(house, plant.tenant);
        as("emma", () -> performance.define(draft(ModelKind.LINEAR, water())));
        Baseline proposed = propose("emma");
        as("carl", () -> performance.decide(proposed.id(), true, "checked"));

        for (int look = 0; look < 2; look++) {
            as("emma", () -> {
                performance.examine("hall-power");
                return true;
            });
        }

        Standing standing = as("emma", () -> performance.standing("hall-power"));
        assertThat(standing.review()).isPresent();
        assertThat(standing.review().orElseThrow().person()).isEqualTo("performance");
        assertThat(standing.review().orElseThrow().reason())
                .contains("The mean of water in the reporting period")
                .contains("lies outside the model's range");
        assertThat(standing.decisions())
                .filteredOn(d -> d.what().equals("review-opened"))
                .hasSize(1);
        assertThatThrownBy(this::savings).isInstanceOf(Refusal.class).hasMessageContaining("a review is open");
    }

    @Test
    void everyKindIsFittedOrSaysWhyNot() {
        log();
        as("emma", () -> performance.define(draft(ModelKind.RATIO, water())));
        Baseline ratio = propose("emma");
        assertThat(ratio.model()).contains("\"kind\":\"ratio\"").contains("carries no claim");
        as("carl", () -> performance.decide(ratio.id(), true, "for orientation"));
        assertThatThrownBy(this::savings).isInstanceOf(Refusal.class).hasMessageContaining("no error bar");
        List<ExpectedRow> rows = as("anna", () -> performance.values("hall-power", FIRST, FIRST, size()));
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.unit()).isEqualTo("kWh/water");
            assertThat(row.value().orElseThrow())
                    .isEqualTo(row.row().energy().orElseThrow().doubleValue()
                            / row.row()
                                    .variables()
                                    .getOrDefault("water", BigDecimal.ZERO)
                                    .doubleValue());
        });

        as(
                "emma",
                () -> performance.define(new EnpiDraft(
                        "hall-power",
                        "Power of the hall",
                        SITE,
                        List.of(MAIN),
                        ModelKind.ENGINEERING,
                        water(),
                        Resolution.DAY,
                        "2000 [kWh] + 3 [kWh] * water",
                        "nameplates")));
        assertThat(propose("emma").model()).contains("\"formula\":\"2000 [kWh] + 3 [kWh] * water\"");

        as(
                "emma",
                () -> performance.define(draft(
                        ModelKind.HEATING_3P, List.of(RelevantVariable.parse("load=mean:hall.main.active-power")))));
        assertThatThrownBy(() -> propose("emma")).isInstanceOf(Refusal.class).hasMessageContaining("no change point");
        as(
                "emma",
                () -> performance.define(draft(
                        ModelKind.COOLING_3P, List.of(RelevantVariable.parse("load=mean:hall.main.active-power")))));
        assertThat(propose("emma").model()).contains("\"changePoints\":[{\"at\":");
        assertThatThrownBy(() -> as("emma", () -> performance.define(draft(ModelKind.RATIO, List.of()))))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("a ratio or a change-point model one");
    }

    @Test
    void candidatesAreRankedWithTheReasonsAgainstEach() {
        log();
        as(
                "emma",
                () -> performance.define(draft(
                        ModelKind.LINEAR,
                        List.of(
                                RelevantVariable.parse("amount:" + WATER),
                                RelevantVariable.parse("gas=amount:" + GAS)))));
        DerivedHours.derive(house, plant.tenant);
        Ranking ranking = as("anna", () -> performance.candidates("hall-power", FIRST, LAST));
        assertThat(ranking.candidates()).hasSize(3);
        assertThat(ranking.candidates().get(0).fit().verdict().valid()).isTrue();
        for (Ranking.Candidate candidate : ranking.candidates()) {
            assertThat(candidate.fit().verdict().reasons().isEmpty())
                    .isEqualTo(candidate.fit().verdict().valid());
        }
    }

    private void log() {
        plant.logDays(FIRST, END);
    }

    private void approved() {
        log();
        as("emma", () -> performance.define(draft(ModelKind.LINEAR, water())));
        Baseline proposed = propose("emma");
        as("carl", () -> performance.decide(proposed.id(), true, "checked"));
    }

    private Baseline propose(String person) {
        return as(
                person,
                () -> performance.propose(
                        "hall-power", FIRST, LAST, List.of(), List.of(new Factor("presses", "2")), "first baseline"));
    }

    private Savings savings() {
        return as(
                "emma",
                () -> performance.savings("hall-power", Method.FORECAST, LAST.plusDays(1), END.minusDays(1), size()));
    }

    private LogSize size() {
        return house.log.size();
    }

    private static List<RelevantVariable> water() {
        return List.of(RelevantVariable.parse("amount:" + WATER));
    }

    private static EnpiDraft draft(ModelKind kind, List<RelevantVariable> variables) {
        return new EnpiDraft(
                "hall-power",
                "Power of the hall",
                SITE,
                List.of(MAIN),
                kind,
                variables,
                Resolution.DAY,
                "",
                "energy review");
    }

    private <T> T as(String person, Supplier<T> work) {
        return house.access.inTenant(new Caller(person, Set.of()), plant.tenant, work);
    }
}
