package energy.audit.evidence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * The head of a log, written as a C2SP {@code tlog-checkpoint} and signed as a C2SP {@code signed-note} with Ed25519.
 *
 * @param origin the log's name, one for each tenant
 * @param size number of entries
 * @param root RFC 6962 root of the tree of that size
 */
public record Checkpoint(String origin, long size, Hash root) {
    private static final byte ED25519 = 1;
    private static final int KEY_HASH_LENGTH = 4;
    private static final String DASH = "\u2014 ";

    /** The three lines that are signed, each with its line end. */
    public String body() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root.bytes()) + "\n";
    }

    /** The whole note: body, empty line, one signature line. */
    public String signedNote(String keyName, SigningKey key) {
        byte[] signature = key.sign(body().getBytes(StandardCharsets.UTF_8));
        byte[] blob = ByteBuffer.allocate(KEY_HASH_LENGTH + signature.length)
                .put(keyHash(keyName, key.verificationKey()))
                .put(signature)
                .array();
        return body() + "\n" + DASH + keyName + " " + Base64.getEncoder().encodeToString(blob) + "\n";
    }

    /**
     * Reads a note and checks the signature of the named key; signatures of other keys (witnesses) are ignored.
     *
     * @throws MalformedEvidence when the note is malformed, or that key has not signed it
     */
    public static Checkpoint open(String note, String keyName, VerificationKey key) throws MalformedEvidence {
        int split = note.indexOf("\n\n");
        if (split < 0 || !note.endsWith("\n")) {
            throw new MalformedEvidence("checkpoint", "is no signed note: no empty line before its signatures");
        }
        String body = note.substring(0, split + 1);
        Checkpoint checkpoint = parse(body);
        for (String line : note.substring(split + 2).split("\n", -1)) {
            if (line.startsWith(DASH + keyName + " ")) {
                byte[] blob = base64(line.substring(DASH.length() + keyName.length() + 1), "its signature");
                if (blob.length > KEY_HASH_LENGTH
                        && Arrays.equals(Arrays.copyOf(blob, KEY_HASH_LENGTH), keyHash(keyName, key))) {
                    byte[] signature = Arrays.copyOfRange(blob, KEY_HASH_LENGTH, blob.length);
                    if (key.verifies(body.getBytes(StandardCharsets.UTF_8), signature)) {
                        return checkpoint;
                    }
                    throw new MalformedEvidence(
                            "checkpoint " + checkpoint.size, "the signature of " + keyName + " is wrong");
                }
            }
        }
        throw new MalformedEvidence("checkpoint " + checkpoint.size, "is not signed by this key of " + keyName);
    }

    private static Checkpoint parse(String body) throws MalformedEvidence {
        String[] lines = body.split("\n", -1);
        if (lines.length < 4 || lines[0].isEmpty()) {
            throw new MalformedEvidence("checkpoint", "wants the lines origin, size and root");
        }
        if (!lines[1].matches("0|[1-9][0-9]{0,18}")) {
            throw new MalformedEvidence("checkpoint", "its size is no number: " + lines[1]);
        }
        byte[] root = base64(lines[2], "its root");
        if (root.length != Hash.LENGTH) {
            throw new MalformedEvidence("checkpoint", "its root has " + root.length + " bytes, not 32");
        }
        return new Checkpoint(lines[0], Long.parseLong(lines[1]), Hash.of(root));
    }

    private static byte[] base64(String text, String what) throws MalformedEvidence {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
                throw new MalformedEvidence("checkpoint", what + " is not canonical Base64");
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new MalformedEvidence("checkpoint", what + " is not Base64", e);
        }
    }

    /** C2SP signed-note: the first 4 bytes of SHA-256(name ‖ "\n" ‖ 0x01 ‖ public key). */
    private static byte[] keyHash(String keyName, VerificationKey key) {
        return Arrays.copyOf(
                Hash.sha256((keyName + "\n").getBytes(StandardCharsets.UTF_8), new byte[] {ED25519}, key.raw())
                        .bytes(),
                KEY_HASH_LENGTH);
    }
}
