package energy.audit.evidence;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import energy.audit.evidence.wire.KeyChange;
import energy.audit.evidence.wire.SignedKeyChange;

/**
 * An agent's announcement of its next key, signed by the old key and by the new one. Who holds only one of the two cannot
 * make it. Whether the old key is the agent's, the log says.
 */
public final class OpenedKeyChange {
    private static final String WHAT = "key change";

    private final byte[] bytes;
    private final KeyChange body;
    private final VerificationKey oldKey;
    private final VerificationKey newKey;

    private OpenedKeyChange(byte[] bytes, KeyChange body, VerificationKey oldKey, VerificationKey newKey) {
        this.bytes = bytes;
        this.body = body;
        this.oldKey = oldKey;
        this.newKey = newKey;
    }

    /**
     * Announces a key.
     *
     * @param firstSequence of the first batch that {@code newKey} signs, 2 or more: the old key has signed those before
     * @return a serialised {@code SignedKeyChange}
     */
    public static byte[] announce(
            String tenant, String agent, SigningKey oldKey, SigningKey newKey, long firstSequence, long announcedAtMs) {
        byte[] body = KeyChange.newBuilder()
                .setTenant(tenant)
                .setAgent(agent)
                .setOldKey(ByteString.copyFrom(oldKey.verificationKey().raw()))
                .setNewKey(ByteString.copyFrom(newKey.verificationKey().raw()))
                .setFirstSequence(firstSequence)
                .setAnnouncedAtMs(announcedAtMs)
                .build()
                .toByteArray();
        byte[] signed = SignedText.of(SignedText.KEY_CHANGE, body);
        return SignedKeyChange.newBuilder()
                .setBody(ByteString.copyFrom(body))
                .setOldSignature(ByteString.copyFrom(oldKey.sign(signed)))
                .setNewSignature(ByteString.copyFrom(newKey.sign(signed)))
                .build()
                .toByteArray();
    }

    /** @throws MalformedEvidence if it does not parse, names no two keys, or one of them has not signed it */
    public static OpenedKeyChange open(byte[] signedKeyChange) throws MalformedEvidence {
        try {
            SignedKeyChange envelope = SignedKeyChange.parseFrom(signedKeyChange);
            KeyChange body = KeyChange.parseFrom(envelope.getBody());
            VerificationKey old = VerificationKey.of(body.getOldKey().toByteArray());
            VerificationKey next = VerificationKey.of(body.getNewKey().toByteArray());
            byte[] signed =
                    SignedText.of(SignedText.KEY_CHANGE, envelope.getBody().toByteArray());
            if (!old.verifies(signed, envelope.getOldSignature().toByteArray())) {
                throw new MalformedEvidence(WHAT, "old_signature", "it is not by the old key that it names");
            }
            if (!next.verifies(signed, envelope.getNewSignature().toByteArray())) {
                throw new MalformedEvidence(WHAT, "new_signature", "it is not by the new key that it names");
            }
            if (old.equals(next) || body.getFirstSequence() < 1) {
                throw new MalformedEvidence(WHAT, "body", "it changes nothing: the same key, or no first sequence");
            }
            return new OpenedKeyChange(signedKeyChange.clone(), body, old, next);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedEvidence(WHAT, "protobuf", String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw new MalformedEvidence(WHAT, "body", String.valueOf(e.getMessage()));
        }
    }

    /** A copy of the bytes that were announced. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public KeyChange body() {
        return body;
    }

    public VerificationKey oldKey() {
        return oldKey;
    }

    public VerificationKey newKey() {
        return newKey;
    }

    /** Sequence of the first batch that the new key signs; 1 or more. */
    public long firstSequence() {
        return body.getFirstSequence();
    }
}
