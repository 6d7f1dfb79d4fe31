package energy.audit.evidence;

import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 private key (RFC 8032), kept as its 32-byte seed. An agent's never leaves the plant. */
public final class SigningKey {
    private final byte[] seed;
    private final VerificationKey verificationKey;

    private SigningKey(byte[] seed) {
        this.seed = seed;
        byte[] raw = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(seed, 0, raw, 0);
        this.verificationKey = VerificationKey.of(raw);
    }

    public static SigningKey generate(SecureRandom random) {
        byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
        random.nextBytes(seed);
        return new SigningKey(seed);
    }

    /**
     * @param seed 32 bytes; copied
     * @throws IllegalArgumentException for any other length
     */
    public static SigningKey ofSeed(byte[] seed) {
        if (seed.length != Ed25519.SECRET_KEY_SIZE) {
            throw new IllegalArgumentException("An Ed25519 seed has 32 bytes, not " + seed.length + ".");
        }
        return new SigningKey(seed.clone());
    }

    /** A copy of the secret 32 bytes; for the owner's key file only. */
    public byte[] seed() {
        return seed.clone();
    }

    public VerificationKey verificationKey() {
        return verificationKey;
    }

    /** The 64-byte signature of the message; the same message always gives the same bytes. */
    public byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
        return signature;
    }
}
