package energy.audit.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.EvidenceBundle;
import energy.audit.evidence.wire.ExchangedRegister;
import energy.audit.evidence.wire.MeterExchange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A meter that was exchanged, as both verifiers see it. */
class ExchangedMeterTest {
    private static final Instant CUT = Instant.parse("2026-05-12T09:30:00Z");

    @TempDir
    private Path dir = Path.of("");

    @Test
    void consumptionGoesOnFromTheOldMeterToTheNewOneAndTheNewestEntryCounts() throws Exception {
        SmallPlant plant = SmallPlant.withExchange();
        Verification ours = verify(plant.bundle().build(), plant);
        assertThat(ours.findings().problems()).isEmpty();
        assertThat(ours.rows().get(0).recomputed()).isEqualTo("250.0");
        assertThat(theirs(plant.bundle().build(), plant).path("valid").asBoolean())
                .isTrue();
        assertThat(new Explanation(
                                ours.log().orElseThrow(), ours.recomputation().orElseThrow())
                        .of("F0001"))
                .anyMatch(line -> line.contains("old register taken out at count 998500 (serial SN-1), new one put in"
                        + " at count 20 (serial SN-2)"))
                .anyMatch(line -> line.contains("read by T. Nolan, because: calibration period over (log entry 8)"));
    }

    @Test
    void aFigureThatBooksTheJumpOfTheRegisterIsNamed() throws Exception {
        SmallPlant plant = SmallPlant.withExchange();
        plant.figures().getFiguresBuilder(0).setValue("250.1");
        assertRefused(plant, "F0001", "250.0");
    }

    @Test
    void anExchangeThatWasWithdrawnIsNone() throws Exception {
        SmallPlant plant = SmallPlant.withExchange();
        plant.withdrawExchange(CUT);
        assertRefused(plant, "F0001", "recomputed from the readings");
    }

    @Test
    void anEntryThatContradictsItselfOrSpeaksOfAnotherMeterIsNamed() throws Exception {
        MeterExchange.Builder honest = MeterExchange.newBuilder()
                .setTenant("demo")
                .setSite("hall")
                .setMeter("main")
                .setAtMs(CUT.toEpochMilli());
        ExchangedRegister register = ExchangedRegister.newBuilder()
                .setChannel(SmallPlant.MAIN)
                .setOldFinalCount(998_500)
                .setNewInitialCount(20)
                .build();
        List<MeterExchange> wrong = List.of(
                honest.clone().build(),
                honest.clone().addRegisters(register).setWithdrawn(true).build(),
                honest.clone().addRegisters(register).addRegisters(register).build(),
                honest.clone().addRegisters(register).setMeter("gas").build(),
                honest.clone().addRegisters(register).setTenant("globex").build(),
                honest.clone()
                        .addRegisters(register.toBuilder().setNewInitialCount(-1))
                        .build());
        for (MeterExchange exchange : wrong) {
            SmallPlant plant = SmallPlant.withExchange();
            long index = plant.append(EntryKind.METER_EXCHANGE, "emma", exchange);
            assertRefused(plant, "log entry " + index, "");
        }
    }

    private void assertRefused(SmallPlant plant, String thing, String words) throws Exception {
        EvidenceBundle bundle = plant.bundle().build();
        assertThat(verify(bundle, plant).findings().problems())
                .anyMatch(problem ->
                        problem.thing().equals(thing) && problem.text().contains(words));
        JsonNode theirs = theirs(bundle, plant);
        assertThat(theirs.path("valid").asBoolean()).isFalse();
        assertThat(theirs.path("reason").asText()).contains(thing);
    }

    private static Verification verify(EvidenceBundle bundle, SmallPlant plant) throws Exception {
        return Verification.of("r.zip", PrintedReports.zip(bundle, plant.logKey), TrustAnchors.NONE, Seen.NOTHING);
    }

    private JsonNode theirs(EvidenceBundle bundle, SmallPlant plant) throws Exception {
        Path file = Files.write(dir.resolve("r.zip"), PrintedReports.zip(bundle, plant.logKey));
        return SecondVerifier.answers(List.of(file)).get(0);
    }
}
