package energy.audit.evidence;

import com.google.protobuf.ByteString;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 value: 32 bytes, compared by value. */
public final class Hash {
    /** Length in bytes. */
    public static final int LENGTH = 32;

    /** 32 zero bytes: the "previous hash" of an agent's first batch. */
    public static final Hash ZERO = new Hash(new byte[LENGTH]);

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @param bytes exactly 32 bytes; copied
     * @throws IllegalArgumentException for any other length
     */
    public static Hash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("A SHA-256 hash has 32 bytes, not " + bytes.length + ".");
        }
        return new Hash(bytes.clone());
    }

    /** A hash read from a message; {@code what} and {@code where} name it in the error. */
    static Hash of(ByteString bytes, String what, String where) throws MalformedEvidence {
        if (bytes.size() != LENGTH) {
            throw new MalformedEvidence(what, where, "a hash has 32 bytes, here are " + bytes.size());
        }
        return new Hash(bytes.toByteArray());
    }

    /** SHA-256 of the parts, one after the other, without separators. */
    public static Hash sha256(byte[]... parts) {
        MessageDigest digest = newSha256();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return new Hash(digest.digest());
    }

    static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256; this one does not.", e);
        }
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The 32 bytes as protobuf carries them. */
    public ByteString byteString() {
        return ByteString.copyFrom(bytes);
    }

    /** 64 lower-case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash && Arrays.equals(bytes, ((Hash) other).bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
