package energy.audit.report;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.kernel.Promise;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class FigurePlanTest {
    private static final LocalDate FIRST = LocalDate.of(2025, 11, 1);
    private static final LocalDate LAST = LocalDate.of(2026, 1, 31);

    @Test
    @Promise("report.R1")
    void theSameConfigurationsAndPeriodGiveTheSameFiguresUnderTheSameIds() {
        FigurePlan one = plan(FIRST, LAST, SampleReport.foundry(), SampleReport.coldStore());
        FigurePlan other = plan(FIRST, LAST, SampleReport.coldStore(), SampleReport.foundry());
        assertThat(one.figures()).isEqualTo(other.figures());
        assertThat(one.figures()).extracting(Figure::getId).doesNotHaveDuplicates();
    }

    @Test
    void onlyMetersWithoutAMeterAboveThemAreAddedUp() {
        FigurePlan plan = plan(FIRST, LAST, SampleReport.foundry());
        for (PlanRow sum : plan.sites().get(0).sources()) {
            assertThat(figure(plan, sum.total()).getTermsList())
                    .hasSize(1)
                    .allSatisfy(
                            term -> assertThat(figure(plan, term).getMeter()).isIn("main", "gas-main"));
        }
    }

    @Test
    void eachMeterFollowsTheOneAboveItAndReactiveEnergyIsNotPrinted() {
        List<PlanRow> meters =
                plan(FIRST, LAST, SampleReport.foundry()).sites().get(0).meters();
        assertThat(meters)
                .extracting(PlanRow::meter)
                .containsExactly(
                        "main",
                        "furnace-1",
                        "furnace-2",
                        "compressors",
                        "sand-plant",
                        "hvac",
                        "lighting",
                        "gas-main",
                        "ladle-heater");
        assertThat(meters).extracting(PlanRow::depth).containsExactly(0, 1, 1, 1, 1, 1, 1, 0, 1);
    }

    @Test
    void waterAndOutputAreListedInTheirOwnUnits() {
        assertThat(plan(FIRST, LAST, SampleReport.foundry()).sites().get(0).others())
                .extracting(PlanRow::unit)
                .containsExactly("m3", "t");
    }

    @Test
    void aPeriodInsideOneMonthHasOneFigureAMeter() {
        FigurePlan plan = plan(FIRST, FIRST.plusDays(6), SampleReport.coldStore());
        assertThat(plan.figures()).hasSize(3);
        PlanRow main = plan.sites().get(0).meters().get(0);
        assertThat(main.figures()).containsExactly(main.total());
    }

    @Test
    void monthsBeginAtLocalMidnightOfTheSiteAlsoWhenTheClocksHaveChanged() {
        List<Span> spans = plan(LocalDate.of(2026, 3, 15), LocalDate.of(2026, 4, 30), SampleReport.coldStore())
                .sites()
                .get(0)
                .spans();
        assertThat(spans)
                .extracting(Span::from)
                .containsExactly(Instant.parse("2026-03-14T23:00:00Z"), Instant.parse("2026-03-31T22:00:00Z"));
        assertThat(spans).extracting(Span::whole).containsExactly(false, true);
        assertThat(spans.get(1).to()).isEqualTo(Instant.parse("2026-04-30T22:00:00Z"));
    }

    @Test
    void aLaterEntryReplacesAllThatWasSaidOfItsTimeAndAfter() {
        MeteringConfiguration first = SampleReport.coldStore();
        MeteringConfiguration future = first.toBuilder()
                .setEffectiveFromMs(first.getEffectiveFromMs() + 2_000_000)
                .build();
        MeteringConfiguration correction = first.toBuilder()
                .setEffectiveFromMs(first.getEffectiveFromMs() + 1_000_000)
                .build();
        assertThat(InForce.of(List.of(first, future, correction))).containsExactly(first, correction);
    }

    @Test
    void aMeterNamedLikeAFormulaIsPlainTextEverywhere() {
        MeteringConfiguration.Builder site = SampleReport.coldStore().toBuilder();
        site.getMetersBuilder(0).setName("=1+1");
        assertThat(plan(FIRST, FIRST, site.build()).figures().get(0).getLabel()).startsWith("'=1+1");
    }

    private static FigurePlan plan(LocalDate first, LocalDate last, MeteringConfiguration... sites) {
        return FigurePlan.of(java.util.Arrays.stream(sites).map(List::of).toList(), first, last);
    }

    private static Figure figure(FigurePlan plan, String id) {
        return plan.figures().stream()
                .filter(figure -> figure.getId().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
