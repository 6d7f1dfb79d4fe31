package energy.audit.evidence;

import com.google.protobuf.ByteString;
import energy.audit.evidence.wire.CommissioningRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Signs what was found at a meter's commissioning, and checks it; docs/evidence-format.md, section 3. */
public final class Commissioning {
    private static final byte[] DOMAIN = "energy-audit/commissioning/v1\n".getBytes(StandardCharsets.US_ASCII);

    private Commissioning() {}

    /** @param record JSON text; these characters in UTF-8 are what is signed */
    public static CommissioningRecord seal(String record, SigningKey key) {
        byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
        return CommissioningRecord.newBuilder()
                .setRecord(ByteString.copyFrom(bytes))
                .setSignature(ByteString.copyFrom(key.sign(signed(bytes))))
                .setPublicKey(ByteString.copyFrom(key.verificationKey().raw()))
                .build();
    }

    /** Whether a key has signed these bytes; whose key it is, is for the caller to know. */
    public static boolean isSignedBy(CommissioningRecord signed, VerificationKey key) {
        return key.verifies(
                signed(signed.getRecord().toByteArray()), signed.getSignature().toByteArray());
    }

    /** Whether the key that the record names has signed it; false also if that is no key. */
    public static boolean isSignedByItsKey(CommissioningRecord signed) {
        try {
            return isSignedBy(signed, VerificationKey.of(signed.getPublicKey().toByteArray()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] signed(byte[] record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(DOMAIN);
        bytes.writeBytes(record);
        return bytes.toByteArray();
    }
}
