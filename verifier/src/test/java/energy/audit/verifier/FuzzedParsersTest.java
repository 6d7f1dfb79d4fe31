package energy.audit.verifier;

import com.code_intelligence.jazzer.junit.FuzzTest;
import energy.audit.evidence.Checkpoint;
import energy.audit.evidence.Cosignature;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.OpenedBatch;
import energy.audit.evidence.OpenedReceipt;
import energy.audit.evidence.SealedArchive;
import energy.audit.evidence.SignedPdf;
import energy.audit.evidence.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Every parser of what a stranger may have written, for Jazzer. A build runs the inputs that are kept beside this class;
 * {@code JAZZER_FUZZ=1 ./mvnw -pl verifier test -Dtest=FuzzedParsersTest#batch} looks for new ones. A parser answers with a
 * value or with MalformedEvidence (the program: UnreadableFile or findings); anything else is a defect.
 */
class FuzzedParsersTest {
    private static final SigningKey KEY = SigningKey.ofSeed(new byte[32]);

    @FuzzTest(maxDuration = "2m")
    void batch(byte[] bytes) {
        try {
            OpenedBatch batch = OpenedBatch.parse(bytes);
            batch.channels().forEach(channel -> channel.counts());
            batch.signedBy(KEY.verificationKey());
        } catch (MalformedEvidence e) {
            requireWords(e);
        }
    }

    @FuzzTest(maxDuration = "2m")
    void receipt(byte[] bytes) {
        try {
            OpenedReceipt.open(bytes, KEY.verificationKey());
        } catch (MalformedEvidence e) {
            requireWords(e);
        }
    }

    @FuzzTest(maxDuration = "2m")
    void note(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            Checkpoint claimed = Checkpoint.claimed(text);
            Cosignature.of(text, "auditor.example/anna", KEY.verificationKey());
            Checkpoint.open(text, "energy-audit/plant-7", KEY.verificationKey());
            if (claimed.size() < 0) {
                throw new AssertionError("a negative size was read: " + claimed);
            }
        } catch (MalformedEvidence e) {
            requireWords(e);
        }
    }

    @FuzzTest(maxDuration = "2m")
    void archive(byte[] bytes) {
        try {
            SealedArchive.peek(bytes);
        } catch (MalformedEvidence e) {
            requireWords(e);
        }
    }

    @FuzzTest(maxDuration = "2m")
    void pdfSignature(byte[] bytes) {
        try {
            SignedPdf.verify(bytes);
        } catch (MalformedEvidence e) {
            requireWords(e);
        }
    }

    /** The whole program over a file of either kind. */
    @FuzzTest(maxDuration = "2m")
    void report(byte[] bytes) {
        String name = bytes.length > 0 && bytes[0] == '%' ? "r.pdf" : "r.zip";
        try {
            Verification judged = Verification.of(name, bytes, TrustAnchors.NONE, Seen.NOTHING);
            if (!judged.valid() && judged.findings().problems().isEmpty()) {
                throw new AssertionError("INVALID without a reason: " + Arrays.hashCode(bytes));
            }
        } catch (UnreadableFile e) {
            requireWords(e);
        }
    }

    /** The evidence inside a report whose manifest is right. */
    @FuzzTest(maxDuration = "2m")
    void evidence(byte[] bytes) throws Exception {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        SealedArchive.seal(
                java.util.Map.of("figures.csv", new byte[0], "figures.pb", new byte[0], "evidence.pb", bytes),
                KEY,
                out);
        report(out.toByteArray());
    }

    private static void requireWords(Exception e) {
        if (e.getMessage() == null || e.getMessage().isBlank()) {
            throw new AssertionError("refused without words", e);
        }
    }
}
