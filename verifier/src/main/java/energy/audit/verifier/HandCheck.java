package energy.audit.verifier;

import energy.audit.evidence.AttachedReadings.Read;
import energy.audit.evidence.VerificationKey;
import energy.audit.evidence.wire.EvidenceBundle;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.LogEntry;
import energy.audit.evidence.wire.ProvenEntry;
import energy.audit.evidence.wire.SignedBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Takes the evidence of one reading out of a report as plain files, so that it can be checked by hand with openssl and
 * sha256sum, without this program: docs/check-by-hand.md.
 */
final class HandCheck {
    private static final String BATCH_PREFIX = "energy-audit/batch/v1\n";
    /** SubjectPublicKeyInfo of an Ed25519 key, RFC 8410, up to the 32 bytes themselves. */
    private static final String ED25519_DER = "302a300506032b6570032100";

    private final EvidenceBundle bundle;
    private final LogEvidence log;
    private final Path folder;

    HandCheck(EvidenceBundle bundle, LogEvidence log, Path folder) {
        this.bundle = bundle;
        this.log = log;
        this.folder = folder;
    }

    /**
     * Writes the files of the reading that stands at, or last before, the figure's end.
     *
     * @throws FigureRefused if the figure has no register, or none of its readings is attached
     */
    void takeOut(Figure figure) throws IOException, FigureRefused {
        Read reading = null;
        for (Read read : log.readings().of(figure.getChannel())) {
            if (read.atMs() <= figure.getToMs()) {
                reading = read;
            }
        }
        if (reading == null || log.checkpoint().isEmpty()) {
            throw new FigureRefused(figure.getId() + " has no verified reading of its own; name a figure of a meter");
        }
        Files.createDirectories(folder);
        for (ProvenEntry proven : bundle.getEntriesList()) {
            if (proven.getIndex() == reading.logIndex()) {
                write(proven);
            }
        }
        String note = bundle.getCheckpoint().toStringUtf8();
        int end = note.lastIndexOf("\n\n") + 1;
        String signature = note.substring(note.lastIndexOf(' ') + 1).strip();
        text("checkpoint.text", note.substring(0, end));
        byte[] withKeyId = Base64.getDecoder().decode(signature);
        bytes("checkpoint.sig", java.util.Arrays.copyOfRange(withKeyId, 4, withKeyId.length));
        pem("log-key.pem", log.logKey().orElseThrow());
    }

    private void write(ProvenEntry proven) throws IOException {
        byte[] entry = proven.getEntry().toByteArray();
        SignedBatch batch = SignedBatch.parseFrom(LogEntry.parseFrom(entry).getPayload());
        ByteArrayOutputStream signedText = new ByteArrayOutputStream();
        signedText.write(BATCH_PREFIX.getBytes(StandardCharsets.US_ASCII));
        batch.getBody().writeTo(signedText);
        bytes("entry.bin", entry);
        bytes("batch.body", batch.getBody().toByteArray());
        bytes("batch.text", signedText.toByteArray());
        bytes("batch.sig", batch.getSignature().toByteArray());
        text("inclusion.txt", sides(proven));
        VerifiedBatch verified = log.batches().get(proven.getIndex());
        if (verified != null) {
            pem("agent-key.pem", verified.key());
        }
    }

    /** One line a step from the leaf up: on which side the sibling stands, and its hash. RFC 9162 section 2.1.3.2. */
    private String sides(ProvenEntry proven) {
        long fn = proven.getIndex();
        long sn = log.checkpoint().orElseThrow().size() - 1;
        StringBuilder lines = new StringBuilder();
        for (var sibling : proven.getInclusionList()) {
            boolean left = (fn & 1) == 1 || fn == sn;
            lines.append(left ? "left " : "right ")
                    .append(HexFormat.of().formatHex(sibling.toByteArray()))
                    .append('\n');
            while (left && (fn & 1) == 0 && fn != 0) {
                fn >>>= 1;
                sn >>>= 1;
            }
            fn >>>= 1;
            sn >>>= 1;
        }
        return lines.toString();
    }

    private void pem(String name, VerificationKey key) throws IOException {
        byte[] der = HexFormat.of().parseHex(ED25519_DER + HexFormat.of().formatHex(key.raw()));
        text(
                name,
                "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(der)
                        + "\n-----END PUBLIC KEY-----\n");
    }

    private void text(String name, String content) throws IOException {
        bytes(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private void bytes(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }
}
