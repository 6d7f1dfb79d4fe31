package energy.audit.evidence;

import com.google.protobuf.ByteString;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.SignedBatch;

/** Step 4, Seal: signs an agent's batches. */
public final class BatchSealer {
    private final SigningKey key;
    private final ByteString keyId;

    public BatchSealer(SigningKey key) {
        this.key = key;
        this.keyId = ByteString.copyFrom(key.verificationKey().keyId());
    }

    /**
     * @param body sequence at least 1; previous_sha256 of 32 bytes, {@link Hash#ZERO} exactly for sequence 1
     * @throws IllegalArgumentException if the chain fields are not so, or a column does not decode
     */
    public SealedBatch seal(Batch body) {
        byte[] bodyBytes = body.toByteArray();
        byte[] signature = key.sign(SignedText.of(SignedText.BATCH, bodyBytes));
        byte[] bytes = SignedBatch.newBuilder()
                .setBody(ByteString.copyFrom(bodyBytes))
                .setSignature(ByteString.copyFrom(signature))
                .setKeyId(keyId)
                .build()
                .toByteArray();
        try {
            OpenedBatch opened = OpenedBatch.parse(bytes);
            return new SealedBatch(bytes, opened.hash(), body.getSequence());
        } catch (MalformedEvidence e) {
            throw new IllegalArgumentException("This batch cannot be sealed: " + e.getMessage(), e);
        }
    }
}
