package energy.audit.evidence;

import com.google.protobuf.InvalidProtocolBufferException;
import energy.audit.evidence.wire.Receipt;
import energy.audit.evidence.wire.SignedReceipt;

/** A receipt whose signature was checked. What it says about the log is checked by {@link Witness}. */
public final class OpenedReceipt {
    private final Receipt body;

    private OpenedReceipt(Receipt body) {
        this.body = body;
    }

    /** @throws MalformedEvidence when the bytes are no SignedReceipt, or the log's key has not signed it */
    public static OpenedReceipt open(byte[] signedReceipt, VerificationKey logKey) throws MalformedEvidence {
        try {
            SignedReceipt signed = SignedReceipt.parseFrom(signedReceipt);
            byte[] body = signed.getBody().toByteArray();
            if (!logKey.verifies(
                    Signed.RECEIPT.over(body), signed.getSignature().toByteArray())) {
                throw new MalformedEvidence("receipt", "is not signed by the log's key");
            }
            return new OpenedReceipt(Receipt.parseFrom(body));
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedEvidence("receipt of " + signedReceipt.length + " bytes", "is not protobuf", e);
        }
    }

    public Receipt body() {
        return body;
    }
}
