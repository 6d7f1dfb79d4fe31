package energy.audit.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.EvidenceBundle;
import energy.audit.evidence.wire.TenantOpened;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both verifiers insist on what docs/evidence-format.md says is attached, also where no figure needs it. */
class RequiredEntriesTest {
    @TempDir
    private Path dir = Path.of("");

    @Test
    void theOpeningOfTheLogMayNotBeLeftOut() throws Exception {
        SmallPlant plant = SmallPlant.withTwoMonths();
        plant.withhold(0);
        assertRefused(plant, plant.bundle().build(), "opening of the log", "must be attached");
    }

    @Test
    void aSecondOpeningIsRefused() throws Exception {
        SmallPlant plant = SmallPlant.withTwoMonths();
        plant.append(
                EntryKind.TENANT_OPENED,
                "admin",
                TenantOpened.newBuilder().setTenant("demo").setName("Demo").build());
        assertRefused(plant, plant.bundle().build(), "opening of the log", "no other");
    }

    @Test
    void theReportMayNotCallTheTenantByAnotherNameThanItsOpening() throws Exception {
        SmallPlant plant = SmallPlant.withTwoMonths();
        EvidenceBundle.Builder bundle = plant.bundle();
        bundle.getFiguresBuilder().setTenantName("Demo Green");
        assertRefused(plant, bundle.build(), "opening of the log", "'Demo'");
    }

    @Test
    void aSiteThatTheReportNamesNeedsItsConfiguration() throws Exception {
        SmallPlant plant = SmallPlant.withTwoMonths();
        EvidenceBundle.Builder bundle = plant.bundle();
        bundle.getFiguresBuilder().addSites("cellar");
        assertRefused(plant, bundle.build(), "site cellar", "no metering configuration");
    }

    @Test
    void aFigureOfASiteThatTheReportDoesNotNameIsRefused() throws Exception {
        SmallPlant plant = SmallPlant.withTwoMonths();
        EvidenceBundle.Builder bundle = plant.bundle();
        bundle.getFiguresBuilder().clearSites();
        assertRefused(plant, bundle.build(), "F0001", "not among the report's sites");
    }

    private void assertRefused(SmallPlant plant, EvidenceBundle bundle, String thing, String words) throws Exception {
        byte[] zip = PrintedReports.zip(bundle, plant.logKey);
        Verification ours = Verification.of("r.zip", zip, TrustAnchors.NONE, Seen.NOTHING);
        assertThat(ours.valid()).isFalse();
        assertThat(ours.findings().problems()).anySatisfy(problem -> {
            assertThat(problem.thing()).isEqualTo(thing);
            assertThat(problem.text()).contains(words);
        });
        JsonNode theirs = SecondVerifier.answers(List.of(Files.write(dir.resolve("r.zip"), zip)));
        assertThat(theirs.get(0).path("valid").asBoolean()).isFalse();
        assertThat(theirs.get(0).path("reason").asText()).contains(thing);
    }
}
