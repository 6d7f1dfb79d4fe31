package energy.audit.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * The head of a log: C2SP tlog-checkpoint, carried in a C2SP signed note.
 *
 * @param origin names the log: "energy-audit/" + installation + "/" + tenant
 * @param size number of entries, at least 0
 * @param root RFC 6962 root of them
 */
public record Checkpoint(String origin, long size, Hash root) {
    private static final String WHAT = "checkpoint";
    private static final byte ED25519 = 1;
    private static final int KEY_ID_LENGTH = 4;
    static final String SIGNATURE_START = "\u2014 ";

    public Checkpoint {
        if (origin.isEmpty() || origin.chars().anyMatch(c -> c < 0x20)) {
            throw new IllegalArgumentException("A log's origin is one line of text, not '" + origin + "'.");
        }
        if (size < 0) {
            throw new IllegalArgumentException("A log's size is not negative: " + size + ".");
        }
    }

    /** Origin of a tenant's log. */
    public static String originOf(String installation, String tenant) {
        return keyNameOf(installation) + "/" + tenant;
    }

    /** Name of an installation's log key in signed notes. */
    public static String keyNameOf(String installation) {
        return "energy-audit/" + installation;
    }

    /** The key name that belongs to this origin: the origin without its last part, the tenant. */
    public String keyName() {
        int slash = origin.lastIndexOf('/');
        return slash < 0 ? origin : origin.substring(0, slash);
    }

    /** The last part of the origin. */
    public String tenant() {
        return origin.substring(origin.lastIndexOf('/') + 1);
    }

    private String text() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root.bytes()) + "\n";
    }

    /** The note, signed with one line; always the same text for the same head and key. */
    public String signedNote(String keyName, SigningKey key) {
        requireKeyName(keyName);
        byte[] id = keyId(keyName, key.verificationKey());
        byte[] signature = key.sign(text().getBytes(StandardCharsets.UTF_8));
        byte[] line = Arrays.copyOf(id, id.length + signature.length);
        System.arraycopy(signature, 0, line, id.length, signature.length);
        return text() + "\n" + SIGNATURE_START + keyName + " "
                + Base64.getEncoder().encodeToString(line) + "\n";
    }

    /**
     * Opens a note and checks that this key, under this name, signed it. Signatures of others (witnesses) are passed over.
     *
     * @throws MalformedEvidence if it is no note, carries no good signature of the key, or its text is no checkpoint
     */
    public static Checkpoint open(String note, String keyName, VerificationKey key) throws MalformedEvidence {
        requireKeyName(keyName);
        String text = textOf(note);
        byte[] id = keyId(keyName, key);
        boolean signed = false;
        for (String line : note.substring(text.length() + 1).split("\n")) {
            byte[] sig = signatureOf(line, keyName);
            if (sig.length > KEY_ID_LENGTH && Arrays.equals(id, Arrays.copyOf(sig, KEY_ID_LENGTH))) {
                byte[] bare = Arrays.copyOfRange(sig, KEY_ID_LENGTH, sig.length);
                if (!key.verifies(text.getBytes(StandardCharsets.UTF_8), bare)) {
                    throw new MalformedEvidence(WHAT, "signature of " + keyName, "it is not good for this text");
                }
                signed = true;
            }
        }
        if (!signed) {
            throw new MalformedEvidence(WHAT, "signatures", "none is by " + keyName + " with the key that was given");
        }
        return parse(text);
    }

    /** What a note claims, unchecked; to find out which key to check it with. */
    public static Checkpoint claimed(String note) throws MalformedEvidence {
        return parse(textOf(note));
    }

    /** Key id of a signed note: first 4 bytes of SHA-256(name || LF || 0x01 || public key). */
    static byte[] keyId(String keyName, VerificationKey key) {
        byte[] name = (keyName + "\n").getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(Hash.sha256(name, new byte[] {ED25519}, key.raw()).bytes(), KEY_ID_LENGTH);
    }

    static void requireKeyName(String keyName) {
        if (keyName.isEmpty() || keyName.chars().anyMatch(c -> c <= 0x20 || c == '+')) {
            throw new IllegalArgumentException("A note's key name has no spaces and no plus sign: '" + keyName + "'.");
        }
    }

    static String textOf(String note) throws MalformedEvidence {
        if (note.chars().anyMatch(c -> c < 0x20 && c != '\n')) {
            throw new MalformedEvidence(WHAT, "text", "it has control characters");
        }
        int blank = note.lastIndexOf("\n\n");
        if (blank < 0 || !note.endsWith("\n") || blank + 2 >= note.length()) {
            throw new MalformedEvidence(WHAT, "text", "it is no signed note: text, an empty line, signature lines");
        }
        return note.substring(0, blank + 1);
    }

    /** Key id and signature of a line that is by {@code keyName}; empty for another name. */
    static byte[] signatureOf(String line, String keyName) throws MalformedEvidence {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(SIGNATURE_START) || space < SIGNATURE_START.length()) {
            throw new MalformedEvidence(WHAT, "signature line '" + line + "'", "it is not '\u2014 name base64'");
        }
        return line.substring(SIGNATURE_START.length(), space).equals(keyName)
                ? base64(line.substring(space + 1), "signature of " + keyName)
                : new byte[0];
    }

    private static Checkpoint parse(String text) throws MalformedEvidence {
        String[] lines = text.split("\n", -1);
        if (lines.length < 4 || lines[0].isEmpty()) {
            throw new MalformedEvidence(WHAT, "text", "it needs three lines: origin, size, root");
        }
        if (!lines[1].matches("0|[1-9][0-9]{0,18}")) {
            throw new MalformedEvidence(WHAT, "line 2", "'" + lines[1] + "' is no size");
        }
        byte[] root = base64(lines[2], "line 3");
        if (root.length != Hash.LENGTH) {
            throw new MalformedEvidence(WHAT, "line 3", "a root has 32 bytes, here are " + root.length);
        }
        try {
            return new Checkpoint(lines[0], Long.parseLong(lines[1]), Hash.of(root));
        } catch (NumberFormatException e) {
            throw new MalformedEvidence(WHAT, "line 2", lines[1] + " is larger than any log");
        }
    }

    private static byte[] base64(String text, String where) throws MalformedEvidence {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedEvidence(WHAT, where, "'" + text + "' is not base64: " + e.getMessage());
        }
        throw new MalformedEvidence(WHAT, where, "'" + text + "' is not canonical base64");
    }
}
