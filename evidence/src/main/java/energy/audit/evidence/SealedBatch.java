package energy.audit.evidence;

/**
 * A signed batch, ready to be kept and sent.
 *
 * @param bytes the serialised {@code SignedBatch}; these exact bytes are kept, sent, logged and hashed
 * @param hash SHA-256 of {@code bytes}: the next batch's {@code previous_sha256}
 * @param sequence of the agent, at least 1
 */
public record SealedBatch(byte[] bytes, Hash hash, long sequence) {
    public SealedBatch {
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }
}
