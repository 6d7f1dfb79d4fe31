package energy.audit.evidence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A witness's line under a checkpoint: at that time, this head was consistent with every head of this log that the witness
 * had seen before. C2SP tlog-cosignature, {@code cosignature/v1}: Ed25519 over the words {@code cosignature/v1}, a line
 * {@code time SECONDS}, and the checkpoint's text.
 *
 * @param name of the witness, without spaces or plus sign
 * @param at whole seconds
 */
public record Cosignature(String name, Instant at) {
    private static final byte TIMESTAMPED = 4;
    private static final int KEY_ID_LENGTH = 4;
    private static final int LENGTH = KEY_ID_LENGTH + Long.BYTES + 64;

    /** The note with one more line at its end. It must be a checkpoint; whether it may be signed, the caller has decided. */
    public static String addTo(String note, String name, SigningKey key, Instant at) throws MalformedEvidence {
        Checkpoint.requireKeyName(name);
        Checkpoint.claimed(note);
        byte[] signature = key.sign(message(Checkpoint.textOf(note), at.getEpochSecond()));
        byte[] line = ByteBuffer.allocate(LENGTH)
                .put(keyId(name, key.verificationKey()))
                .putLong(at.getEpochSecond())
                .put(signature)
                .array();
        return note + Checkpoint.SIGNATURE_START + name + " "
                + Base64.getEncoder().encodeToString(line) + "\n";
    }

    /**
     * The cosignature of one witness under a note, or empty if it has none with this key.
     *
     * @throws MalformedEvidence if the note is none, or has a line by that key which is not good for its text
     */
    public static Optional<Cosignature> of(String note, String name, VerificationKey key) throws MalformedEvidence {
        return lineOf(note, name, key).map(line -> new Cosignature(name, at(line)));
    }

    /** The line itself, with its end of line, as it can be put under the same checkpoint elsewhere. */
    public static Optional<String> textOf(String note, String name, VerificationKey key) throws MalformedEvidence {
        return lineOf(note, name, key)
                .map(line -> Checkpoint.SIGNATURE_START + name + " "
                        + Base64.getEncoder().encodeToString(line) + "\n");
    }

    private static Optional<byte[]> lineOf(String note, String name, VerificationKey key) throws MalformedEvidence {
        Checkpoint.requireKeyName(name);
        String text = Checkpoint.textOf(note);
        byte[] id = keyId(name, key);
        List<byte[]> lines = new ArrayList<>();
        for (String line : note.substring(text.length() + 1).split("\n")) {
            byte[] bytes = Checkpoint.signatureOf(line, name);
            if (bytes.length == LENGTH && Arrays.equals(id, Arrays.copyOf(bytes, KEY_ID_LENGTH))) {
                byte[] signature = Arrays.copyOfRange(bytes, KEY_ID_LENGTH + Long.BYTES, LENGTH);
                if (!key.verifies(message(text, seconds(bytes)), signature)) {
                    throw new MalformedEvidence(
                            "checkpoint", "cosignature of " + name, "it is not good for this text and time");
                }
                lines.add(bytes);
            }
        }
        return lines.stream().max((one, other) -> Long.compare(seconds(one), seconds(other)));
    }

    private static long seconds(byte[] line) {
        return ByteBuffer.wrap(line, KEY_ID_LENGTH, Long.BYTES).getLong();
    }

    private static Instant at(byte[] line) {
        long seconds = seconds(line);
        return seconds < 0 || seconds > Instant.MAX.getEpochSecond() ? Instant.MAX : Instant.ofEpochSecond(seconds);
    }

    private static byte[] message(String text, long seconds) {
        return ("cosignature/v1\ntime " + Long.toUnsignedString(seconds) + "\n" + text)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** First 4 bytes of SHA-256(name || LF || 0x04 || public key). */
    private static byte[] keyId(String name, VerificationKey key) {
        byte[] start = (name + "\n").getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(
                Hash.sha256(start, new byte[] {TIMESTAMPED}, key.raw()).bytes(), KEY_ID_LENGTH);
    }
}
