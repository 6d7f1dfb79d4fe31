package energy.audit.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import energy.audit.analysis.report.EnpiFormula;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.EvidenceBundle;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.LogEntry;
import energy.audit.evidence.wire.WorkflowDecision;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both verifiers say the same of reports about indicators, and of the ways in which such a report may lie. */
class IndicatorFiguresTest {
    @TempDir
    private Path dir = Path.of("");

    private final SmallPlant plant = IndicatorPlants.published();

    @Test
    void everyFormulaIsRecomputedAlikeByBothVerifiers() throws Exception {
        List<Path> files = new ArrayList<>();
        List<Verification> ours = new ArrayList<>();
        Set<EnpiFormula> met = EnumSet.noneOf(EnpiFormula.class);
        for (int seed = 0; seed < 60; seed++) {
            SmallPlant each = IndicatorPlants.ofSeed(seed);
            byte[] zip = PrintedReports.zip(each.bundle().build(), each.logKey);
            files.add(Files.write(dir.resolve(seed + ".zip"), zip));
            Verification verification = Verification.of("r.zip", zip, TrustAnchors.NONE, Seen.NOTHING);
            assertThat(verification.findings().problems()).as("seed %d", seed).isEmpty();
            ours.add(verification);
            each.figures()
                    .getFiguresList()
                    .forEach(figure -> EnpiFormula.of(figure.getFormula())
                            .filter(formula -> !figure.getValue().isEmpty())
                            .ifPresent(met::add));
        }
        assertThat(met).containsExactly(EnpiFormula.values());
        JsonNode theirs = SecondVerifier.answers(files);
        for (int i = 0; i < files.size(); i++) {
            assertThat(theirs.get(i).path("valid").asBoolean())
                    .as("seed %d: %s", i, theirs.get(i).path("reason"))
                    .isTrue();
            List<String> recomputed = new ArrayList<>();
            theirs.get(i)
                    .path("figures")
                    .forEach(row -> recomputed.add(row.path("recomputed").asText()));
            assertThat(recomputed)
                    .as("seed %d", i)
                    .isEqualTo(ours.get(i).rows().stream()
                            .map(FigureRow::recomputed)
                            .toList());
        }
    }

    @Test
    void savingsThatTheModelDoesNotGiveAreRefused() throws Exception {
        EvidenceBundle.Builder lie = plant.bundle();
        Figure.Builder savings = figure(lie, EnpiFormula.SAVINGS);
        String claimed = new BigDecimal(savings.getValue()).add(BigDecimal.ONE).toPlainString();
        savings.setValue(claimed);
        assertRefused(lie, savings.getId(), claimed);
    }

    @Test
    void aBaselineWhoseInputsTheRegistersDoNotGiveIsRefused() throws Exception {
        SmallPlant invented = IndicatorPlants.withInventedInput();
        EvidenceBundle.Builder lie = invented.bundle();
        assertRefused(invented, lie, figure(lie, EnpiFormula.OBSERVATIONS).getId(), "input");
    }

    @Test
    void aBaselineThatItsAuthorApprovedIsRefused() throws Exception {
        SmallPlant own = IndicatorPlants.approvedByItsAuthor();
        EvidenceBundle.Builder lie = own.bundle();
        assertRefused(own, lie, figure(lie, EnpiFormula.OBSERVATIONS).getId(), "approved");
    }

    @Test
    void withoutTheApprovalNoFigureIsAccepted() throws Exception {
        EvidenceBundle.Builder lie = plant.bundle();
        for (int i = 0; i < lie.getEntriesCount(); i++) {
            if (LogEntry.parseFrom(lie.getEntries(i).getEntry()).getKind() == EntryKind.WORKFLOW_DECISION) {
                lie.removeEntries(i);
                break;
            }
        }
        assertRefused(lie, figure(lie, EnpiFormula.OBSERVATIONS).getId(), "approval");
    }

    @Test
    void anOpenReviewStopsTheClaimAndLeavesTheOtherFigures() throws Exception {
        plant.append(
                EntryKind.WORKFLOW_DECISION,
                "performance",
                WorkflowDecision.newBuilder()
                        .setSubject("enpi:hall")
                        .setDecision("review-opened")
                        .setReason("a furnace was added")
                        .build());
        EvidenceBundle.Builder claimed = plant.bundle();
        assertRefused(claimed, figure(claimed, EnpiFormula.SAVINGS).getId(), "review");
        List<Figure> kept = plant.figures().getFiguresList().stream()
                .filter(figure -> EnpiFormula.of(figure.getFormula())
                        .filter(formula -> formula.about() == EnpiFormula.About.CLAIM)
                        .isEmpty())
                .toList();
        plant.figures().clearFigures().addAllFigures(kept);
        assertThat(Verification.of(
                                "r.zip",
                                PrintedReports.zip(plant.bundle().build(), plant.logKey),
                                TrustAnchors.NONE,
                                Seen.NOTHING)
                        .findings()
                        .problems())
                .isEmpty();
    }

    @Test
    void anApprovedAdjustmentThatTheSavingsDoNotHaveIsMissed() throws Exception {
        adjust("carl", 0);
        EvidenceBundle.Builder quiet = plant.bundle();
        Figure.Builder adjusted = figure(quiet, EnpiFormula.ADJUSTED_BASELINE);
        assertRefused(quiet, adjusted.getId(), adjusted.getValue());
    }

    @Test
    void anAdjustmentThatItsAuthorApprovedIsRefused() throws Exception {
        adjust("emma", 0);
        EvidenceBundle.Builder lie = plant.bundle();
        assertRefused(lie, figure(lie, EnpiFormula.SAVINGS).getId(), "adjustment 1 was approved by");
    }

    @Test
    void anAdjustmentThatLiesPartlyInThePeriodStopsTheClaim() throws Exception {
        adjust("carl", 1);
        EvidenceBundle.Builder lie = plant.bundle();
        assertRefused(lie, figure(lie, EnpiFormula.SAVINGS).getId(), "only partly");
    }

    /** Of the report's first whole interval. @param before hours that it begins before the reporting period */
    private void adjust(String approver, int before) {
        List<Figure> energies = plant.figures().getFiguresList().stream()
                .filter(figure -> figure.getFormula().equals(EnpiFormula.ENERGY.text()))
                .toList();
        Figure whole = energies.stream()
                .filter(figure -> !figure.getValue().isEmpty())
                .findFirst()
                .orElseThrow();
        WorkflowDecision.Builder decision = WorkflowDecision.newBuilder()
                .setSubject("enpi:hall")
                .setAdjustment(1)
                .setReason("nameplate times hours");
        long from = before == 0 ? whole.getFromMs() : energies.get(0).getFromMs() - before * 3_600_000L;
        plant.append(
                EntryKind.WORKFLOW_DECISION,
                "emma",
                decision.clone()
                        .setDecision("adjustment-proposed")
                        .setBaseline(1)
                        .setKwh("120.5")
                        .setFromMs(from)
                        .setToMs(whole.getToMs())
                        .setWhat("a furnace stood still")
                        .build());
        plant.append(
                EntryKind.WORKFLOW_DECISION,
                approver,
                decision.setDecision("adjustment-approved").build());
    }

    @Test
    void anIntervalThatIsKeptQuietIsMissed() throws Exception {
        EvidenceBundle.Builder lie = plant.bundle();
        List<Figure> figures = new ArrayList<>(lie.getFigures().getFiguresList());
        List<Figure> energies = figures.stream()
                .filter(figure -> figure.getFormula().equals(EnpiFormula.ENERGY.text()))
                .toList();
        Figure quiet = energies.get(energies.size() / 2);
        figures.removeIf(figure -> figure.getFromMs() == quiet.getFromMs() && figure.getToMs() == quiet.getToMs());
        lie.getFiguresBuilder().clearFigures().addAllFigures(figures);
        assertRefused(lie, figure(lie, EnpiFormula.SAVINGS).getId(), "interval");
    }

    @Test
    void anotherUnitIsRefused() throws Exception {
        EvidenceBundle.Builder lie = plant.bundle();
        Figure.Builder savings = figure(lie, EnpiFormula.SAVINGS).setUnit("MWh");
        assertRefused(lie, savings.getId(), "'MWh'");
    }

    private static Figure.Builder figure(EvidenceBundle.Builder bundle, EnpiFormula formula) {
        return bundle.getFiguresBuilder().getFiguresBuilderList().stream()
                .filter(figure -> figure.getFormula().equals(formula.text()))
                .findFirst()
                .orElseThrow();
    }

    private void assertRefused(EvidenceBundle.Builder bundle, String thing, String words) throws Exception {
        assertRefused(plant, bundle, thing, words);
    }

    private void assertRefused(SmallPlant of, EvidenceBundle.Builder bundle, String thing, String words)
            throws Exception {
        byte[] zip = PrintedReports.zip(bundle.build(), of.logKey);
        Verification ours = Verification.of("r.zip", zip, TrustAnchors.NONE, Seen.NOTHING);
        assertThat(ours.findings().problems()).anySatisfy(problem -> {
            assertThat(problem.thing()).isEqualTo(thing);
            assertThat(problem.text()).contains(words);
        });
        JsonNode theirs = SecondVerifier.answers(List.of(Files.write(dir.resolve("r.zip"), zip)));
        assertThat(theirs.get(0).path("valid").asBoolean()).isFalse();
        assertThat(theirs.get(0).path("reason").asText()).contains(words);
    }
}
