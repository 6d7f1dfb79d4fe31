package energy.audit.evidence;

import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 public key. Verification is strict: S must be canonical, and a key or an R of small order is refused
 * (RFC 8032, 5.1.7).
 */
public final class VerificationKey {
    public static final int LENGTH = 32;
    private static final int KEY_ID_LENGTH = 8;

    private final byte[] raw;
    private final byte[] keyId;

    private VerificationKey(byte[] raw) {
        this.raw = raw;
        this.keyId = Arrays.copyOf(Hash.sha256(raw).bytes(), KEY_ID_LENGTH);
    }

    /** @throws IllegalArgumentException unless there are 32 bytes */
    public static VerificationKey of(byte[] raw) {
        if (raw.length != LENGTH) {
            throw new IllegalArgumentException("an Ed25519 public key has 32 bytes, not " + raw.length);
        }
        return new VerificationKey(raw.clone());
    }

    public byte[] raw() {
        return raw.clone();
    }

    /** The first 8 bytes of SHA-256 of the raw key. */
    public byte[] keyId() {
        return keyId.clone();
    }

    /** Whether this key made that signature over exactly these bytes; false for anything malformed. */
    public boolean verifies(byte[] message, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.validatePublicKeyFull(raw, 0)
                && Ed25519.verify(signature, 0, raw, 0, message, 0, message.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerificationKey that && Arrays.equals(raw, that.raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }
}
