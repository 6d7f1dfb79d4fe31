package energy.audit.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import energy.audit.evidence.wire.EvidenceBundle;
import energy.audit.evidence.wire.Figure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two programs, written apart in two languages from one specification, must say the same of every file. */
class SecondVerifierTest {
    private static final int PLANTS = 150;
    private static final long SEED = 20261123;

    @TempDir
    private Path dir = Path.of("");

    @Test
    void bothVerifiersRecomputeTheSameFiguresOfHonestPlants() throws Exception {
        List<Path> files = new ArrayList<>();
        for (int seed = 0; seed < PLANTS; seed++) {
            SmallPlant plant = plant(seed);
            EvidenceBundle bundle = plant.bundle().build();
            files.add(Files.write(dir.resolve("plant-" + seed + ".zip"), PrintedReports.zip(bundle, plant.logKey)));
            if (seed < 3) {
                byte[] pdf = PrintedReports.pdf(bundle, PrintedReports.lines(bundle), PrintedReports.signatory());
                files.add(Files.write(dir.resolve("plant-" + seed + ".pdf"), pdf));
            }
        }
        JsonNode answers = SecondVerifier.answers(files);
        for (int i = 0; i < files.size(); i++) {
            Verification ours = verify(files.get(i));
            JsonNode theirs = answers.get(i);
            assertThat(theirs.path("valid").asBoolean())
                    .as("%s", theirs)
                    .isEqualTo(ours.valid())
                    .isTrue();
            List<String> recomputed = new ArrayList<>();
            theirs.path("figures")
                    .forEach(row -> recomputed.add(row.path("recomputed").asText()));
            assertThat(recomputed)
                    .isEqualTo(ours.rows().stream().map(FigureRow::recomputed).toList());
        }
    }

    @Test
    void bothVerifiersRefuseTheSameLies() throws Exception {
        Random random = new Random(SEED);
        List<Path> files = new ArrayList<>();
        for (int seed = 0; seed < PLANTS; seed++) {
            SmallPlant plant = plant(seed);
            EvidenceBundle.Builder bundle = plant.bundle();
            int figure = random.nextInt(bundle.getFigures().getFiguresCount());
            Figure.Builder lie = bundle.getFiguresBuilder().getFiguresBuilder(figure);
            int entry = random.nextInt(bundle.getEntriesCount());
            switch (seed % 5) {
                case 0 -> lie.setValue(lie.getValue().isEmpty() ? "0" : lie.getValue() + "1");
                case 1 -> lie.setNote(lie.getNote() + " no");
                case 2 -> lie.setToMs(lie.getToMs() + 900_000);
                case 3 -> bundle.getEntriesBuilder(entry).setIndex(entry + 1L);
                default -> bundle.removeEntries(entry);
            }
            files.add(
                    Files.write(dir.resolve("lie-" + seed + ".zip"), PrintedReports.zip(bundle.build(), plant.logKey)));
        }
        JsonNode answers = SecondVerifier.answers(files);
        int refused = 0;
        for (int i = 0; i < files.size(); i++) {
            Verification ours = verify(files.get(i));
            assertThat(answers.get(i).path("valid").asBoolean())
                    .as(
                            "lie %d: %s against %s",
                            i, answers.get(i).path("reason"), ours.findings().problems())
                    .isEqualTo(ours.valid());
            refused += ours.valid() ? 0 : 1;
        }
        // leaving out an entry that no figure needs is no lie
        assertThat(refused).isGreaterThan(PLANTS * 4 / 5);
    }

    /** Every third report is about an indicator. */
    private static SmallPlant plant(int seed) {
        return seed % 3 == 2 ? IndicatorPlants.ofSeed(SEED + seed) : RandomPlants.ofSeed(SEED + seed);
    }

    private static Verification verify(Path file) throws Exception {
        return Verification.of(file.toString(), Files.readAllBytes(file), TrustAnchors.NONE, Seen.NOTHING);
    }
}
