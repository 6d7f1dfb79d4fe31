package energy.audit.evidence;

/**
 * A batch that its agent has signed.
 *
 * @param bytes the serialised SignedBatch, to be kept and sent byte for byte
 * @param hash SHA-256 of those bytes; the next batch names it as its predecessor
 * @param sequence the agent's sequence number, from 1
 */
@SuppressWarnings("ArrayRecordComponent")
public record SealedBatch(byte[] bytes, Hash hash, long sequence) {}
