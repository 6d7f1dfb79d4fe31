package energy.audit.verifier;

import static energy.audit.verifier.SmallPlant.JUNE;
import static energy.audit.verifier.SmallPlant.MAIN;
import static energy.audit.verifier.SmallPlant.MAY;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import energy.audit.evidence.Commissioning;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.ClockState;
import energy.audit.evidence.wire.Gap;
import energy.audit.evidence.wire.GapCause;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent says besides its readings changes no figure, for either verifier. */
class BatchBesidesReadingsTest {
    @TempDir
    private Path dir = Path.of("");

    @Test
    void clockPlacedReadingsMappingAndCommissioningLeaveTheFigureAsItIs() throws Exception {
        SmallPlant plant = SmallPlant.opened();
        Batch.Builder first = plant.nextBatch(MAY, 997_000L, 500L);
        first.getColumnsBuilderList()
                .forEach(column -> column.setReanchored(true).setErrorBoundMs(27));
        plant.sends(
                first.setClock(ClockState.newBuilder()
                                .setSynchronised(true)
                                .setErrorBoundMs(20)
                                .setSource("chrony")
                                .setSinceSyncMs(1)
                                .setLeapSeconds(-1)
                                .setSteps(2))
                        .addGaps(Gap.newBuilder()
                                .setFromMs(MAY.toEpochMilli() - 1000)
                                .setToMs(MAY.toEpochMilli())
                                .setCause(GapCause.CLOCK_STEP)
                                .setStepMs(-1000)
                                .setLeapSecond(true))
                        .setMapping(ByteString.copyFromUtf8("{}"))
                        .addCommissioning(Commissioning.seal("{\"unit\":3}", plant.agentKey))
                        .build(),
                plant.agentKey);
        plant.reads(JUNE, 999_500L, 620L);
        plant.figure("F0001", "main", MAIN, MAY, JUNE, "kWh", "250.0", "");
        byte[] zip = PrintedReports.zip(plant.bundle().build(), plant.logKey);
        Verification ours = Verification.of("r.zip", zip, TrustAnchors.NONE, Seen.NOTHING);
        assertThat(ours.findings().problems()).isEmpty();
        assertThat(ours.rows().get(0).recomputed()).isEqualTo("250.0");
        assertThat(SecondVerifier.answers(List.of(Files.write(dir.resolve("r.zip"), zip)))
                        .get(0)
                        .path("valid")
                        .asBoolean())
                .isTrue();
    }
}
