package energy.audit.evidence;

import com.google.protobuf.InvalidProtocolBufferException;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.SignedBatch;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** A signed batch, parsed and decoded; not yet believed: ask {@link #signedBy}. */
public final class OpenedBatch {
    private static final String WHAT = "signed batch";

    private final SignedBatch envelope;
    private final Batch body;
    private final Hash hash;
    private final List<ChannelCounts> channels;

    private OpenedBatch(SignedBatch envelope, Batch body, Hash hash, List<ChannelCounts> channels) {
        this.envelope = envelope;
        this.body = body;
        this.hash = hash;
        this.channels = channels;
    }

    /**
     * @param signedBatchBytes the exact bytes as sent. The envelope must be its own canonical serialisation, because the
     *     signature covers the body only: otherwise anybody could give one batch a second hash.
     * @throws MalformedEvidence naming the field
     */
    public static OpenedBatch parse(byte[] signedBatchBytes) throws MalformedEvidence {
        try {
            SignedBatch envelope = SignedBatch.parseFrom(signedBatchBytes);
            if (!envelope.getUnknownFields().asMap().isEmpty()
                    || !Arrays.equals(envelope.toByteArray(), signedBatchBytes)) {
                throw new MalformedEvidence(WHAT, "envelope", "it has bytes that the signature does not cover");
            }
            Batch body = Batch.parseFrom(envelope.getBody());
            check(body);
            return new OpenedBatch(envelope, body, Hash.sha256(signedBatchBytes), Columns.decode(body));
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedEvidence(WHAT, "protobuf", String.valueOf(e.getMessage()));
        }
    }

    private static void check(Batch body) throws MalformedEvidence {
        if (body.getTenant().isEmpty()
                || body.getAgent().isEmpty()
                || body.getSite().isEmpty()) {
            throw new MalformedEvidence(WHAT, "body", "tenant, agent and site must be given");
        }
        if (body.getSequence() < 1) {
            throw new MalformedEvidence(
                    WHAT, "sequence", "it starts at 1, here is " + Long.toUnsignedString(body.getSequence()));
        }
        Hash previous = Hash.of(body.getPreviousSha256(), WHAT, "previous_sha256");
        if (previous.equals(Hash.ZERO) != (body.getSequence() == 1)) {
            throw new MalformedEvidence(WHAT, "previous_sha256", "it is zero for sequence 1 and only there");
        }
    }

    public Batch body() {
        return body;
    }

    /** SHA-256 of the signed bytes: the batch's identity. */
    public Hash hash() {
        return hash;
    }

    /** The 8 bytes by which the batch names its key. */
    public byte[] keyId() {
        return envelope.getKeyId().toByteArray();
    }

    /** True only if the batch names this key and the key signed exactly this body. */
    public boolean signedBy(VerificationKey key) {
        return Arrays.equals(keyId(), key.keyId())
                && key.verifies(
                        SignedText.of(SignedText.BATCH, envelope.getBody().toByteArray()),
                        envelope.getSignature().toByteArray());
    }

    /** The decoded columns, in the batch's order. */
    public List<ChannelCounts> channels() {
        return channels;
    }

    @Override
    public String toString() {
        return "batch " + body.getSequence() + " of " + body.getTenant() + "/" + body.getAgent() + ", SHA-256 "
                + HexFormat.of().formatHex(hash.bytes(), 0, 6) + "…";
    }
}
