package energy.audit.evidence;

import com.google.protobuf.ByteString;
import energy.audit.evidence.wire.Receipt;
import energy.audit.evidence.wire.SignedReceipt;

/** Step 7: signs receipts with the log's key. */
public final class ReceiptSigner {
    private final SigningKey logKey;

    public ReceiptSigner(SigningKey logKey) {
        this.logKey = logKey;
    }

    /** A serialised {@code SignedReceipt}. */
    public byte[] sign(Receipt receipt) {
        byte[] body = receipt.toByteArray();
        return SignedReceipt.newBuilder()
                .setBody(ByteString.copyFrom(body))
                .setSignature(ByteString.copyFrom(logKey.sign(SignedText.of(SignedText.RECEIPT, body))))
                .build()
                .toByteArray();
    }
}
