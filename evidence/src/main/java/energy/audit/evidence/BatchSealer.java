package energy.audit.evidence;

import com.google.protobuf.ByteString;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.SignedBatch;

/** Signs batches with the agent's key. The signature covers a prefix for this purpose and the exact body bytes. */
public final class BatchSealer {
    private final SigningKey key;
    private final ByteString keyId;

    public BatchSealer(SigningKey key) {
        this.key = key;
        this.keyId = ByteString.copyFrom(key.verificationKey().keyId());
    }

    public SealedBatch seal(Batch batch) {
        byte[] body = batch.toByteArray();
        byte[] bytes = SignedBatch.newBuilder()
                .setBody(ByteString.copyFrom(body))
                .setSignature(ByteString.copyFrom(key.sign(Signed.BATCH.over(body))))
                .setKeyId(keyId)
                .build()
                .toByteArray();
        return new SealedBatch(bytes, Hash.sha256(bytes), batch.getSequence());
    }
}
