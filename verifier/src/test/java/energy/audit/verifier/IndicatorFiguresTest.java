package energy.audit.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import energy.audit.analysis.document.NumberText;
import energy.audit.analysis.report.EnpiFormula;
import energy.audit.evidence.wire.EnpiDefinition;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.EvidenceBundle;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.LogEntry;
import energy.audit.evidence.wire.ProvenEntry;
import energy.audit.evidence.wire.WorkflowDecision;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
        Set<String> origins = new TreeSet<>();
        for (int seed = 0; seed < 100; seed++) {
            SmallPlant each = IndicatorPlants.ofSeed(seed);
            byte[] zip = PrintedReports.zip(each.bundle().build(), each.logKey);
            files.add(Files.write(dir.resolve(seed + ".zip"), zip));
            Verification verification = Verification.of("r.zip", zip, TrustAnchors.NONE, Seen.NOTHING);
            assertThat(verification.findings().problems()).as("seed %d", seed).isEmpty();
            ours.add(verification);
            origins.addAll(origins(each));
            each.figures()
                    .getFiguresList()
                    .forEach(figure -> EnpiFormula.of(figure.getFormula())
                            .filter(formula -> !figure.getValue().isEmpty())
                            .ifPresent(met::add));
        }
        assertThat(met).containsExactly(EnpiFormula.values());
        assertThat(origins).containsAll(IndicatorPlants.DRIVERS).contains("production:castings");
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
    void aDigitThatDoublesCanCarryIsNotChangedUnseen() throws Exception {
        List<Path> files = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        for (EnpiFormula formula : EnpiFormula.values()) {
            EvidenceBundle.Builder lie = plant.bundle();
            Figure.Builder largest = lie.getFiguresBuilder().getFiguresBuilderList().stream()
                    .filter(figure -> figure.getFormula().equals(formula.text()))
                    .filter(figure -> !figure.getValue().isEmpty())
                    .max(Comparator.comparing(figure -> new BigDecimal(figure.getValue()).abs()))
                    .orElseThrow();
            BigDecimal value = new BigDecimal(largest.getValue());
            largest.setValue(NumberText.of(
                    value.add(value.multiply(new BigDecimal("3e-9"))).doubleValue()));
            byte[] zip = PrintedReports.zip(lie.build(), plant.logKey);
            assertThat(Verification.of("r.zip", zip, TrustAnchors.NONE, Seen.NOTHING)
                            .findings()
                            .problems())
                    .as("%s, %s", formula, value)
                    .anySatisfy(problem -> assertThat(problem.thing()).isEqualTo(largest.getId()));
            files.add(Files.write(dir.resolve(formula + ".zip"), zip));
            changed.add(largest.getId());
        }
        JsonNode theirs = SecondVerifier.answers(files);
        for (int i = 0; i < files.size(); i++) {
            assertThat(theirs.get(i).path("valid").asBoolean())
                    .as(changed.get(i))
                    .isFalse();
            assertThat(theirs.get(i).path("reason").asText()).contains(changed.get(i));
        }
    }

    /** Of the variables that have a value in a report. */
    private static Set<String> origins(SmallPlant plant) throws Exception {
        Map<String, String> byId = new HashMap<>();
        for (ProvenEntry proven : plant.bundle().getEntriesList()) {
            LogEntry entry = LogEntry.parseFrom(proven.getEntry());
            if (entry.getKind() == EntryKind.ENPI_DEFINITION) {
                EnpiDefinition.parseFrom(entry.getPayload())
                        .getVariablesList()
                        .forEach(variable -> byId.put(variable.getId(), variable.getOrigin()));
            }
        }
        return plant.figures().getFiguresList().stream()
                .filter(figure -> figure.getFormula().equals(EnpiFormula.VARIABLE.text()))
                .filter(figure -> !figure.getValue().isEmpty())
                .map(figure -> Objects.requireNonNull(byId.get(figure.getOf())))
                .collect(Collectors.toSet());
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
            LogEntry entry = LogEntry.parseFrom(lie.getEntries(i).getEntry());
            if (entry.getKind() == EntryKind.WORKFLOW_DECISION
                    && WorkflowDecision.parseFrom(entry.getPayload())
                            .getDecision()
                            .equals("approved")) {
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
                        .filter(formula -> formula.about() == EnpiFormula.About.CLAIM
                                || formula.about() == EnpiFormula.About.ADJUSTED)
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
    void approvedAdjustmentsAreNotKeptQuiet() throws Exception {
        SmallPlant adjusted = IndicatorPlants.adjusted("carl");
        EvidenceBundle.Builder lie = adjusted.bundle();
        List<Figure> figures = new ArrayList<>(lie.getFigures().getFiguresList());
        figures.removeIf(figure -> EnpiFormula.of(figure.getFormula())
                .filter(formula -> formula.about() == EnpiFormula.About.ADJUSTED)
                .isPresent());
        lie.getFiguresBuilder().clearFigures().addAllFigures(figures);
        assertRefused(adjusted, lie, figure(lie, EnpiFormula.SAVINGS).getId(), "no savings after them");
    }

    @Test
    void anAdjustmentThatItsAuthorApprovedIsRefused() throws Exception {
        SmallPlant own = IndicatorPlants.adjusted("emma");
        EvidenceBundle.Builder lie = own.bundle();
        assertRefused(own, lie, figure(lie, EnpiFormula.SAVINGS).getId(), "approved by somebody else");
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
