package energy.audit.evidence;

import java.nio.charset.StandardCharsets;

/** What a signature stands under: a prefix naming the purpose, then the exact bytes. One key can so never sign two meanings. */
final class SignedText {
    static final byte[] BATCH = "energy-audit/batch/v1\n".getBytes(StandardCharsets.US_ASCII);
    static final byte[] RECEIPT = "energy-audit/receipt/v1\n".getBytes(StandardCharsets.US_ASCII);
    static final byte[] KEY_CHANGE = "energy-audit/key-change/v1\n".getBytes(StandardCharsets.US_ASCII);
    static final byte[] ENROLMENT = "energy-audit/enrolment/v1\n".getBytes(StandardCharsets.US_ASCII);
    static final byte[] CERTIFICATE = "energy-audit/certificate/v1\n".getBytes(StandardCharsets.US_ASCII);
    static final byte[] MANIFEST = "energy-audit/manifest/v1\n".getBytes(StandardCharsets.US_ASCII);

    private SignedText() {}

    static byte[] of(byte[] prefix, byte[] body) {
        byte[] text = new byte[prefix.length + body.length];
        System.arraycopy(prefix, 0, text, 0, prefix.length);
        System.arraycopy(body, 0, text, prefix.length, body.length);
        return text;
    }
}
