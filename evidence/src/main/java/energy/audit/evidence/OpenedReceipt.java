package energy.audit.evidence;

import com.google.protobuf.InvalidProtocolBufferException;
import energy.audit.evidence.wire.Receipt;
import energy.audit.evidence.wire.SignedReceipt;

/** A receipt whose signature is the log's. Whether its proofs hold, {@link Witness} says. */
public final class OpenedReceipt {
    private static final String WHAT = "receipt";
    private final Receipt body;

    private OpenedReceipt(Receipt body) {
        this.body = body;
    }

    /** @throws MalformedEvidence if it does not parse or this key did not sign it */
    public static OpenedReceipt open(byte[] signedReceipt, VerificationKey logKey) throws MalformedEvidence {
        try {
            SignedReceipt envelope = SignedReceipt.parseFrom(signedReceipt);
            byte[] body = envelope.getBody().toByteArray();
            if (!logKey.verifies(
                    SignedText.of(SignedText.RECEIPT, body),
                    envelope.getSignature().toByteArray())) {
                throw new MalformedEvidence(WHAT, "signature", "it is not by the log key that this agent holds");
            }
            return new OpenedReceipt(Receipt.parseFrom(body));
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedEvidence(WHAT, "protobuf", String.valueOf(e.getMessage()));
        }
    }

    public Receipt body() {
        return body;
    }
}
