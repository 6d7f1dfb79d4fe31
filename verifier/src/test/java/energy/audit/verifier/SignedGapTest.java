package energy.audit.verifier;

import static energy.audit.verifier.SmallPlant.JUNE;
import static energy.audit.verifier.SmallPlant.MAY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.EvidenceBundle;
import energy.audit.evidence.wire.SignedGap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gap that a person has signed for, as both verifiers see it. */
class SignedGapTest {
    private static final Instant FROM = Instant.parse("2026-05-12T08:00:00Z");
    private static final Instant TO = Instant.parse("2026-05-14T08:00:00Z");

    @TempDir
    private Path dir = Path.of("");

    @Test
    void aPrintedGapIsShownToTheReaderWithWhoSignedIt() throws Exception {
        SmallPlant plant = SmallPlant.withTwoMonths();
        long entry = plant.signGap(FROM, TO, "lightning", false);
        plant.figures().addSignedGaps(entry);
        Verification ours = verify(plant);
        assertThat(ours.findings().problems()).isEmpty();
        assertThat(ours.findings().remarks())
                .contains("No data of meter main of hall from 2026-05-12T08:00:00Z to 2026-05-14T08:00:00Z, signed by"
                        + " emma: lightning (log entry " + entry + ")");
        assertThat(theirs(plant).path("valid").asBoolean()).isTrue();
    }

    @Test
    void aGapThatTheReportConcealsIsNamed() throws Exception {
        SmallPlant plant = SmallPlant.withTwoMonths();
        plant.signGap(FROM, TO, "lightning", false);
        assertRefused(plant, "signed gaps");
    }

    @Test
    void aGapThatNobodyHasSignedForIsNamed() throws Exception {
        SmallPlant plant = SmallPlant.withTwoMonths();
        plant.figures().addSignedGaps(3);
        assertRefused(plant, "signed gaps");
    }

    @Test
    void aGapThatWasTakenBackOrLiesOutsideIsNotPrinted() throws Exception {
        SmallPlant plant = SmallPlant.withTwoMonths();
        long entry = plant.signGap(FROM, TO, "lightning", false);
        plant.signGap(FROM, TO, "it was another cabinet", true);
        plant.signGap(JUNE.plusSeconds(86_400L * 300), JUNE.plusSeconds(86_400L * 301), "later", false);
        assertThat(verify(plant).findings().problems()).isEmpty();
        assertThat(theirs(plant).path("valid").asBoolean()).isTrue();
        plant.figures().addSignedGaps(entry);
        assertRefused(plant, "signed gaps");
    }

    @Test
    void anEntryThatSaysNothingOrIsOfAnotherTenantIsNamed() throws Exception {
        SignedGap.Builder honest = SignedGap.newBuilder()
                .setTenant("demo")
                .setSite("hall")
                .setFromMs(MAY.toEpochMilli())
                .setToMs(JUNE.toEpochMilli())
                .setReason("flood");
        List<SignedGap> wrong = List.of(
                honest.clone().clearReason().build(),
                honest.clone().clearSite().build(),
                honest.clone().setToMs(MAY.toEpochMilli()).build(),
                honest.clone().setTenant("globex").build());
        for (SignedGap gap : wrong) {
            SmallPlant plant = SmallPlant.withTwoMonths();
            long index = plant.append(EntryKind.SIGNED_GAP, "emma", gap);
            assertRefused(plant, "log entry " + index);
        }
    }

    private void assertRefused(SmallPlant plant, String thing) throws Exception {
        Verification ours = verify(plant);
        assertThat(ours.valid()).isFalse();
        assertThat(ours.findings().problems())
                .anySatisfy(problem -> assertThat(problem.thing()).isEqualTo(thing));
        JsonNode theirs = theirs(plant);
        assertThat(theirs.path("valid").asBoolean()).isFalse();
        assertThat(theirs.path("reason").asText()).contains(thing);
    }

    private static Verification verify(SmallPlant plant) throws Exception {
        return Verification.of("r.zip", zip(plant), TrustAnchors.NONE, Seen.NOTHING);
    }

    private JsonNode theirs(SmallPlant plant) throws Exception {
        return SecondVerifier.answers(List.of(Files.write(dir.resolve("r.zip"), zip(plant))))
                .get(0);
    }

    private static byte[] zip(SmallPlant plant) throws Exception {
        EvidenceBundle bundle = plant.bundle().build();
        return PrintedReports.zip(bundle, plant.logKey);
    }
}
