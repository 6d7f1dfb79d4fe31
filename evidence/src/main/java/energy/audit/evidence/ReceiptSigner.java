package energy.audit.evidence;

import com.google.protobuf.ByteString;
import energy.audit.evidence.wire.Receipt;
import energy.audit.evidence.wire.SignedReceipt;

/** Signs receipts with the log's key. */
public final class ReceiptSigner {
    private final SigningKey logKey;

    public ReceiptSigner(SigningKey logKey) {
        this.logKey = logKey;
    }

    /** @return the serialised SignedReceipt */
    public byte[] sign(Receipt receipt) {
        byte[] body = receipt.toByteArray();
        return SignedReceipt.newBuilder()
                .setBody(ByteString.copyFrom(body))
                .setSignature(ByteString.copyFrom(logKey.sign(Signed.RECEIPT.over(body))))
                .build()
                .toByteArray();
    }
}
