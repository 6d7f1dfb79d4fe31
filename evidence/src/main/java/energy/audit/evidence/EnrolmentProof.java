package energy.audit.evidence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What an agent signs with its signing key when it asks for a client certificate: that the key is its own, and that the
 * key of the request (PKCS #10, RFC 2986) is the same agent's.
 */
public final class EnrolmentProof {
    private EnrolmentProof() {}

    /**
     * The message for a first certificate: {@code energy-audit/enrolment/v1}, line feed, SHA-256 of the token (UTF-8), the
     * request. It proves the key to whoever gave the token, and is of no use with another.
     */
    public static byte[] byToken(String token, byte[] requestDer) {
        return SignedText.of(
                SignedText.ENROLMENT,
                joined(Hash.sha256(token.getBytes(StandardCharsets.UTF_8)).bytes(), requestDer));
    }

    /**
     * The message for a further certificate: {@code energy-audit/certificate/v1}, line feed, the instant of asking (ms
     * since 1970, 8 bytes, big-endian), the request. The instant must grow, so that an old request cannot be played again.
     */
    public static byte[] renewal(long atMs, byte[] requestDer) {
        return SignedText.of(
                SignedText.CERTIFICATE,
                joined(ByteBuffer.allocate(Long.BYTES).putLong(atMs).array(), requestDer));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
