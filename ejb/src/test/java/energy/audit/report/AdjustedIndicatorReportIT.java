package energy.audit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import energy.audit.LoggedPlant;
import energy.audit.analysis.enpi.ModelKind;
import energy.audit.analysis.performance.Method;
import energy.audit.analysis.performance.NonRoutineAdjustment;
import energy.audit.analysis.report.EnpiFormula;
import energy.audit.evidence.wire.Figure;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Promise;
import energy.audit.kernel.Refusal;
import energy.audit.performance.Adjustment;
import energy.audit.performance.Comparison;
import energy.audit.performance.Savings;
import energy.audit.performance.Standing;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Non-routine adjustments: who may make them count, where they count, and that report and verifier say the same. */
class AdjustedIndicatorReportIT extends ReportedIndicator {
    private static final LocalDate AFTER = LAST.plusDays(1);
    private static final LocalDate MARCH = LocalDate.of(2025, 3, 31);

    @BeforeEach
    void anIndicatorWithABaseline() {
        plant.logDays(FIRST, END);
        approved(ModelKind.LINEAR, "amount:" + LoggedPlant.WATER);
    }

    private Standing proposed(String energyKwh, LocalDate first, LocalDate last) {
        return as(
                "emma",
                () -> house.performance.proposeAdjustment(
                        "hall-power",
                        new Adjustment.Draft(
                                "presses",
                                "2",
                                "3",
                                first,
                                last,
                                new BigDecimal(energyKwh),
                                "nameplate power times hours",
                                "audit folder 7")));
    }

    private Savings savings(LogSize size) {
        return as("emma", () -> house.performance.savings("hall-power", Method.FORECAST, AFTER, MARCH, size));
    }

    @Test
    @Promise("performance.R8")
    void anAdjustmentCountsOnceSomebodyElseHasApprovedIt() {
        double plain = savings(LogSize.NEWEST).figures().performance().savings();
        assertThat(savings(LogSize.NEWEST).figures().adjusted()).isEmpty();
        Adjustment adjustment =
                proposed("-1500.5", AFTER, AFTER.plusDays(3)).adjustments().get(0);
        assertThat(adjustment.number()).isEqualTo(1);
        assertThat(savings(LogSize.NEWEST).figures().adjusted())
                .as("waits")
                .map(NonRoutineAdjustment.Adjusted::savings)
                .contains(plain);
        assertThatThrownBy(() -> as("emma", () -> house.performance.decideAdjustment("hall-power", 1, true, "mine")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("nobody approves an own proposal");
        LogSize before = as("emma", house.log::size);

        as("carl", () -> house.performance.decideAdjustment("hall-power", 1, true, "calculation checked"));

        Savings after = savings(LogSize.NEWEST);
        assertThat(after.figures().performance().savings()).as("of the model").isEqualTo(plain);
        assertThat(after.figures().adjusted().orElseThrow().savings()).isCloseTo(plain - 1500.5, within(1e-6));
        assertThat(savings(before).figures().adjusted().orElseThrow().counted())
                .as("as it was known then")
                .isEmpty();
        assertThatThrownBy(() -> as("carl", () -> house.performance.decideAdjustment("hall-power", 1, false, "no")))
                .hasMessageContaining("frozen");
        assertThatThrownBy(() -> as("carl", () -> house.performance.decideAdjustment("hall-power", 2, true, "yes")))
                .hasMessageContaining("none of this number");
    }

    @Test
    void oneThatLiesOnlyPartlyInThePeriodIsNamedAndNotCounted() {
        proposed("900", MARCH, MARCH.plusDays(1));
        as("carl", () -> house.performance.decideAdjustment("hall-power", 1, true, "checked"));
        Savings savings = savings(LogSize.NEWEST);
        assertThat(savings.figures().adjusted()).isEmpty();
        assertThat(savings.leftOut()).anyMatch(each -> each.contains("adjustment 1") && each.contains("only partly"));
    }

    @Test
    void oneThatWasProposedForTheBaselineBeforeIsNamedAndNotCounted() throws Exception {
        proposed("900", AFTER, AFTER);
        as("carl", () -> house.performance.decideAdjustment("hall-power", 1, true, "checked"));
        var second = as(
                "emma",
                () -> house.performance.propose(
                        "hall-power", FIRST, LAST, List.of(), List.of(), "after the energy review of 2026"));
        as("carl", () -> house.performance.decide(second.id(), true, "statistics checked"));

        Savings savings = savings(LogSize.NEWEST);
        assertThat(savings.figures().adjusted()).isEmpty();
        assertThat(savings.leftOut()).anyMatch(each -> each.contains("before the baseline in force was approved"));
        Path zip = issue(ReportFormat.CSV);
        assertThat(verdict(zip)).startsWith("0 ");
        assertThat(of(figures(zip), EnpiFormula.ADJUSTMENTS)).isEmpty();
        assertThat(text(issue(ReportFormat.PDF)).replaceAll("\\s+", ""))
                .contains("wasproposedbeforethisbaselinewasapproved");
    }

    @Test
    void whatSaysNothingOrEndsBeforeItBeginsIsRefused() {
        assertThatThrownBy(() -> proposed("0", AFTER, AFTER)).hasMessageContaining("no amount to adjust by");
        assertThatThrownBy(() -> proposed("5", AFTER, LAST)).hasMessageContaining("before it begins");
    }

    @Test
    @Promise("report.R2")
    void theReportPrintsSavingsAfterAdjustmentsAsThePageHasThem() throws Exception {
        proposed("-1500.5", AFTER, AFTER.plusDays(3));
        as("carl", () -> house.performance.decideAdjustment("hall-power", 1, true, "calculation checked"));

        Path zip = issue(ReportFormat.CSV);
        Path pdf = issue(ReportFormat.PDF);

        assertThat(verdict(zip)).startsWith("0 ");
        assertThat(verdict(pdf)).startsWith("0 ");
        List<Figure> figures = figures(zip);
        NonRoutineAdjustment.Adjusted page =
                savings(LogSize.NEWEST).figures().adjusted().orElseThrow();
        assertThat(value(figures, EnpiFormula.ADJUSTMENTS)).isEqualTo("-1500.5");
        assertThat(value(figures, EnpiFormula.SAVINGS_AFTER_ADJUSTMENTS)).isEqualTo(inFull(page.savings()));
        assertThat(value(figures, EnpiFormula.IMPROVEMENT_AFTER_ADJUSTMENTS))
                .isEqualTo(inFull(page.improvementPercent()));
        assertThat(text(pdf).replaceAll("\\s+", "")).contains("nameplatepowertimeshours");
    }

    @Test
    @Promise("report.R2")
    void whatWaitsOrLiesOnlyPartlyInTheReportIsNamedThereAndBothVerifiersAgree() throws Exception {
        proposed("-431.25", AFTER, AFTER);
        as("carl", () -> house.performance.decideAdjustment("hall-power", 1, true, "checked"));
        proposed("900", MARCH, MARCH.plusDays(1));
        as("carl", () -> house.performance.decideAdjustment("hall-power", 2, true, "checked"));
        proposed("70", AFTER.plusDays(2), AFTER.plusDays(3));

        Path zip = issue(ReportFormat.CSV);
        Path pdf = issue(ReportFormat.PDF);

        for (Path file : List.of(zip, pdf)) {
            assertThat(verdict(file)).startsWith("0 ");
            assertThat(second(file)).startsWith("0 ");
        }
        assertThat(value(figures(zip), EnpiFormula.ADJUSTMENTS)).isEqualTo("-431.25");
        assertThat(text(pdf).replaceAll("\\s+", ""))
                .contains("approved,liesonlypartlyintheseintervalsandisnotcounted")
                .contains("Adjustment3:presses")
                .contains("waitsforadecisionandchangesnothinghere");
        assertThat(savings(LogSize.NEWEST).adjustments())
                .extracting(Adjustment::state)
                .containsExactly(Adjustment.State.APPROVED, Adjustment.State.PROPOSED);
    }

    /** docs/verify_evidence.py, which shares no line with the other verifier. */
    private static String second(Path file) throws Exception {
        try {
            Process process = new ProcessBuilder("python3", "../docs/verify_evidence.py", file.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() + " " + said;
        } catch (IOException e) {
            System.err.println("SKIPPED: there is no python3 here, so the second verifier is not asked");
            Assumptions.abort("no python3 here: " + e.getMessage());
            throw e;
        }
    }

    @Test
    void savingsAreChainedOverTheDaysBetween() {
        LocalDate late = LocalDate.of(2025, 3, 29);
        Savings chained = as(
                "emma",
                () -> house.performance.savings(
                        "hall-power", Comparison.of(Method.CHAINING, late, MARCH), LogSize.NEWEST));
        Savings named = as(
                "emma",
                () -> house.performance.savings(
                        "hall-power",
                        new Comparison(
                                Method.CHAINING,
                                late,
                                MARCH,
                                Optional.of(new Comparison.Days(AFTER, late.minusDays(1)))),
                        LogSize.NEWEST));
        assertThat(chained.figures().performance().senpi())
                .isEqualTo(named.figures().performance().senpi())
                .isPositive();
        assertThatThrownBy(() -> as(
                        "emma",
                        () -> house.performance.savings(
                                "hall-power", Comparison.of(Method.CHAINING, AFTER, MARCH), LogSize.NEWEST)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no day lies between");
    }
}
