package energy.audit.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.evidence.Hash;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.Batch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server that holds the log's true key shows one history to the auditor and another to the plant. R3. */
class LyingServerTest {
    private static final int SEEDS = 200;
    private static final SigningKey STRANGER =
            SigningKey.ofSeed(Hash.sha256(new byte[] {99}).bytes());

    @Test
    void oneCheckpointFromOutsideShowsThatThereAreTwoHistories() throws Exception {
        int larger = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            SmallPlant shown = RandomPlants.ofSeed(seed);
            SmallPlant hidden = RandomPlants.ofSeed(seed + 10_000L);
            long size = shown.head().size();
            byte[] report = PrintedReports.zip(shown.bundle().build(), shown.logKey);
            assertThat(judge(report, Seen.NOTHING).valid()).isTrue();
            while (hidden.head().size() < size) {
                later(hidden);
            }
            if (seed % 2 == 0) {
                later(hidden);
            }
            boolean grown = hidden.head().size() > size;
            larger += grown ? 1 : 0;
            Seen seen = new Seen(
                    List.of(new OutsideCheckpoint("seen at the plant", hidden.note())),
                    grown ? List.of(hidden.proof(size)) : List.of());
            Verification caught = judge(report, seen);
            assertThat(caught.valid()).as("seed %d", seed).isFalse();
            assertThat(caught.findings().problems().get(0).thing()).contains("seen at the plant");
        }
        // both ways of being caught must have been tried
        assertThat(larger).isBetween(1, SEEDS - 1);
    }

    @Test
    void aLogThatOnlyGrewIsNotSuspected() throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            SmallPlant plant = RandomPlants.ofSeed(seed);
            long size = plant.head().size();
            byte[] report = PrintedReports.zip(plant.bundle().build(), plant.logKey);
            later(plant);
            Seen seen = new Seen(
                    List.of(new OutsideCheckpoint("seen at the plant", plant.note())), List.of(plant.proof(size)));
            assertThat(judge(report, seen).findings().problems())
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void batchesOfAStrangerReplaysAndForksInTheLogAreNamed() throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            SmallPlant plant = RandomPlants.ofSeed(seed);
            Batch.Builder batch = plant.nextBatch(SmallPlant.JULY, 1_500L, 620L);
            if (seed % 3 == 0) {
                plant.sends(batch.build(), STRANGER);
            } else {
                plant.sends(batch.build(), plant.agentKey);
                plant.sends(
                        seed % 3 == 1 ? batch.build() : batch.setCutTailBytes(1).build(), plant.agentKey);
            }
            Verification caught = judge(PrintedReports.zip(plant.bundle().build(), plant.logKey), Seen.NOTHING);
            assertThat(caught.findings().problems())
                    .as("seed %d", seed)
                    .anyMatch(problem ->
                            problem.thing().contains("batch " + batch.getSequence() + " of demo/hall-agent"));
        }
    }

    @Test
    void aWitnessThatTheAuditorTrustsIsToldAndAForgedLineIsFound() throws Exception {
        SmallPlant plant = RandomPlants.ofSeed(1);
        byte[] report = PrintedReports.zip(plant.bundle().build(), plant.logKey);
        SigningKey anna = SigningKey.ofSeed(Hash.sha256(new byte[] {7}).bytes());
        String name = "auditor.example/anna";
        java.time.Instant at = java.time.Instant.parse("2026-11-23T12:00:00Z");
        TrustAnchors trust = new TrustAnchors(
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                List.of(),
                List.of(new TrustAnchors.WitnessKey(name, anna.verificationKey())));
        String good = energy.audit.evidence.Cosignature.addTo(plant.note(), name, anna, at);
        Verification told = Verification.of(
                "report", report, trust, new Seen(List.of(new OutsideCheckpoint("head", good)), List.of()));
        assertThat(told.valid()).isTrue();
        assertThat(told.findings().passed())
                .anyMatch(line -> line.contains("cosigned by auditor.example/anna at 2026-11-23T12:00:00Z"));
        String line = good.substring(plant.note().length());
        SmallPlant grown = RandomPlants.ofSeed(1);
        later(grown);
        Verification forged = Verification.of(
                "report",
                report,
                trust,
                new Seen(List.of(new OutsideCheckpoint("head", grown.note() + line)), List.of()));
        assertThat(forged.valid()).isFalse();
        assertThat(forged.findings().problems().get(0).toString())
                .contains("auditor.example/anna")
                .contains("forged");
    }

    private static void later(SmallPlant plant) {
        plant.reads(SmallPlant.JULY.plusSeconds(plant.head().size()), 1L, 1L);
    }

    private static Verification judge(byte[] zip, Seen seen) throws UnreadableFile {
        return Verification.of("r.zip", zip, TrustAnchors.NONE, seen);
    }
}
