package energy.audit.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import energy.audit.evidence.Checkpoint;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.OpenedBatch;
import energy.audit.evidence.OpenedReceipt;
import energy.audit.evidence.ReceiptSigner;
import energy.audit.evidence.SealedArchive;
import energy.audit.evidence.SignedPdf;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.EvidenceBundle;
import energy.audit.evidence.wire.LogEntry;
import energy.audit.evidence.wire.Outcome;
import energy.audit.evidence.wire.ProvenEntry;
import energy.audit.evidence.wire.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every parser of evidence answers whatever it is given with a value or with MalformedEvidence. R1. */
class DamagedInputTest {
    private static final long SEED = 20261123;
    private static final int ROUNDS = 10_000;

    private final SmallPlant plant = SmallPlant.withTwoMonths();
    private final EvidenceBundle bundle = plant.bundle().build();
    private final Random random = new Random(SEED);

    /** What reads bytes that a stranger may have written. */
    private interface Parser {
        void parse(byte[] bytes) throws MalformedEvidence;
    }

    @Test
    void aBatchIsReadOrRefused() throws Exception {
        List<byte[]> batches = new ArrayList<>();
        for (ProvenEntry proven : bundle.getEntriesList()) {
            LogEntry entry = LogEntry.parseFrom(proven.getEntry());
            if (entry.getKind() == EntryKind.TELEMETRY_BATCH) {
                batches.add(entry.getPayload().toByteArray());
            }
        }
        damage(batches.get(0), bytes -> OpenedBatch.parse(bytes).channels());
    }

    @Test
    void aCheckpointIsReadOrRefused() throws Exception {
        byte[] note = plant.note().getBytes(StandardCharsets.UTF_8);
        damage(
                note,
                bytes -> Checkpoint.open(
                        new String(bytes, StandardCharsets.UTF_8),
                        plant.head().keyName(),
                        plant.logKey.verificationKey()));
    }

    @Test
    void aReceiptIsReadOrRefused() {
        byte[] receipt = new ReceiptSigner(plant.logKey)
                .sign(Receipt.newBuilder()
                        .setTenant("demo")
                        .setAgent("hall-agent")
                        .setSequence(1)
                        .setOutcome(Outcome.STORED)
                        .setCheckpoint(ByteString.copyFromUtf8(plant.note()))
                        .addAllInclusion(bundle.getEntries(3).getInclusionList())
                        .build());
        damage(receipt, bytes -> OpenedReceipt.open(bytes, plant.logKey.verificationKey()));
    }

    @Test
    void anArchiveIsReadOrRefused() throws Exception {
        damage(PrintedReports.zip(bundle, plant.logKey), SealedArchive::peek);
    }

    @Test
    void aPdfSignatureIsReadOrRefused() throws Exception {
        byte[] pdf = PrintedReports.pdf(bundle, PrintedReports.lines(bundle), PrintedReports.signatory());
        damage(pdf, SignedPdf::verify);
    }

    /** Any other exception than MalformedEvidence comes through and fails the test. */
    private void damage(byte[] original, Parser parser) {
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = damaged(original);
            try {
                parser.parse(damaged);
            } catch (MalformedEvidence e) {
                refused++;
                assertThat(e.getMessage()).as("round %d, seed %d", round, SEED).isNotBlank();
            }
        }
        assertThat(refused).isPositive();
    }

    /** Noise, a cut, or some bytes set to values that lengths and tags like least; often near the beginning or end. */
    private byte[] damaged(byte[] original) {
        int way = random.nextInt(8);
        if (way == 0) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] damaged = way == 1 ? Arrays.copyOf(original, random.nextInt(original.length)) : original.clone();
        for (int times = random.nextInt(6); times >= 0 && damaged.length > 0; times--) {
            int reach = Math.min(damaged.length, way < 5 ? damaged.length : 64);
            int at = way % 2 == 0 ? random.nextInt(reach) : damaged.length - 1 - random.nextInt(reach);
            damaged[at] = random.nextBoolean() ? (byte) random.nextInt(256) : (byte) (random.nextInt(3) - 1);
        }
        return damaged;
    }
}
