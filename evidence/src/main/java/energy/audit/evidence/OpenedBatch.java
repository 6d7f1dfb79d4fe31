package energy.audit.evidence;

import com.google.protobuf.InvalidProtocolBufferException;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.SignedBatch;
import java.util.List;

/** A parsed SignedBatch. Parsing proves nothing: ask {@link #signedBy}. */
public final class OpenedBatch {
    private final Batch body;
    private final byte[] bodyBytes;
    private final byte[] signature;
    private final byte[] keyId;
    private final Hash hash;
    private final List<ChannelCounts> channels;

    private OpenedBatch(SignedBatch signed, Batch body, Hash hash, List<ChannelCounts> channels) {
        this.body = body;
        this.bodyBytes = signed.getBody().toByteArray();
        this.signature = signed.getSignature().toByteArray();
        this.keyId = signed.getKeyId().toByteArray();
        this.hash = hash;
        this.channels = channels;
    }

    /** @throws MalformedEvidence when the bytes are no SignedBatch, or its columns do not fit their time axes */
    public static OpenedBatch parse(byte[] signedBatch) throws MalformedEvidence {
        try {
            SignedBatch signed = SignedBatch.parseFrom(signedBatch);
            Batch body = Batch.parseFrom(signed.getBody());
            return new OpenedBatch(signed, body, Hash.sha256(signedBatch), List.copyOf(Columns.decode(body)));
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedEvidence("signed batch of " + signedBatch.length + " bytes", "is not protobuf", e);
        }
    }

    public Batch body() {
        return body;
    }

    /** SHA-256 of the whole SignedBatch. */
    public Hash hash() {
        return hash;
    }

    public byte[] keyId() {
        return keyId.clone();
    }

    public boolean signedBy(VerificationKey key) {
        return key.verifies(Signed.BATCH.over(bodyBytes), signature);
    }

    /** Every column, decoded. */
    public List<ChannelCounts> channels() {
        return channels;
    }
}
