package energy.audit.evidence;

import java.nio.charset.StandardCharsets;

/** Domain separation: what a signature was made for is part of what it covers. */
enum Signed {
    BATCH("energy-audit/batch/v1\n"),
    RECEIPT("energy-audit/receipt/v1\n"),
    MANIFEST("energy-audit/manifest/v1\n");

    private final byte[] prefix;

    Signed(String prefix) {
        this.prefix = prefix.getBytes(StandardCharsets.US_ASCII);
    }

    byte[] over(byte[] body) {
        byte[] message = new byte[prefix.length + body.length];
        System.arraycopy(prefix, 0, message, 0, prefix.length);
        System.arraycopy(body, 0, message, prefix.length, body.length);
        return message;
    }
}
