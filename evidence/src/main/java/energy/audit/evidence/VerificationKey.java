package energy.audit.evidence;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 public key (RFC 8032) that verifies strictly.
 *
 * <p>Refused: keys that are no point of the prime-order subgroup or not in canonical encoding; signatures whose S is not
 * below the group order, whose R is not canonical or has small order; any length but 64. So a message has no second valid
 * signature that somebody without the key could derive from the first.
 */
public final class VerificationKey {
    /** Length of {@link #keyId()} in bytes. */
    public static final int KEY_ID_LENGTH = 8;

    /** y coordinates, little-endian without sign bit, of the eight points whose order divides the cofactor 8. */
    private static final Set<String> SMALL_ORDER_Y = Set.of(
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a");

    private final byte[] raw;
    private final Ed25519.PublicPoint point;

    private VerificationKey(byte[] raw, Ed25519.PublicPoint point) {
        this.raw = raw;
        this.point = point;
    }

    /**
     * @param raw the 32 bytes of RFC 8032; copied
     * @throws IllegalArgumentException if they are no usable public key
     */
    public static VerificationKey of(byte[] raw) {
        if (raw.length != Ed25519.PUBLIC_KEY_SIZE) {
            throw new IllegalArgumentException("An Ed25519 public key has 32 bytes, not " + raw.length + ".");
        }
        byte[] copy = raw.clone();
        Ed25519.@Nullable PublicPoint point = Ed25519.validatePublicKeyFullExport(copy, 0);
        if (point == null) {
            throw new IllegalArgumentException("The bytes " + HexFormat.of().formatHex(raw)
                    + " are no Ed25519 public key of full order; ask its owner to export it again.");
        }
        return new VerificationKey(copy, point);
    }

    /** A copy of the 32 bytes. */
    public byte[] raw() {
        return raw.clone();
    }

    /** The first 8 bytes of SHA-256 of the raw key: a short name, not a proof. */
    public byte[] keyId() {
        return Arrays.copyOf(Hash.sha256(raw).bytes(), KEY_ID_LENGTH);
    }

    /** True only if the signature is this key's, in canonical form, over exactly this message. */
    public boolean verifies(byte[] message, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE
                && !hasSmallOrderR(signature)
                && Ed25519.verify(signature, 0, point, message, 0, message.length);
    }

    private static boolean hasSmallOrderR(byte[] signature) {
        byte[] y = Arrays.copyOf(signature, Ed25519.PUBLIC_KEY_SIZE);
        y[31] &= 0x7f;
        return SMALL_ORDER_Y.contains(HexFormat.of().formatHex(y));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerificationKey && Arrays.equals(raw, ((VerificationKey) other).raw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(raw);
    }

    @Override
    public String toString() {
        return "Ed25519 " + HexFormat.of().formatHex(raw);
    }
}
