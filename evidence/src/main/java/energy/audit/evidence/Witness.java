package energy.audit.evidence;

import com.google.protobuf.ByteString;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.LogEntry;
import energy.audit.evidence.wire.Outcome;
import energy.audit.evidence.wire.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The plant's memory of the log: accepts a receipt only if the batch is provably in the log, and the log continues every
 * head that this plant has seen. Not safe for use by several threads at once.
 */
public final class Witness {
    private final String origin;
    private final String keyName;
    private final VerificationKey logKey;
    private final TreeMap<Long, Hash> heads = new TreeMap<>();

    /**
     * @param origin of the tenant's log, as its checkpoints must name it
     * @param heads what was witnessed before, size to root; empty at the first start
     */
    public Witness(String origin, String keyName, VerificationKey logKey, Map<Long, Hash> heads) {
        this.origin = origin;
        this.keyName = keyName;
        this.logKey = logKey;
        this.heads.putAll(heads);
    }

    /** What came of a receipt. */
    public sealed interface Verdict permits Accepted, Refused {}

    /** The batch is in the log; its bytes may be deleted at the plant. */
    public record Accepted(Checkpoint head) implements Verdict {}

    /** The receipt proves nothing, or proves that the log was rewritten. The batch must be kept. */
    public record Refused(Reason reason, String detail) implements Verdict {}

    /** Why a receipt was refused. FORK and SHRUNK are alarms: the server shows two histories. */
    public enum Reason {
        WRONG_BATCH,
        NOT_STORED,
        BAD_CHECKPOINT,
        NOT_INCLUDED,
        FORK,
        SHRUNK
    }

    /** The newest head that was accepted. */
    public Optional<Checkpoint> newest() {
        return heads.isEmpty()
                ? Optional.empty()
                : Optional.of(new Checkpoint(
                        origin, heads.lastKey(), heads.lastEntry().getValue()));
    }

    /** The remembered heads, size to root, to be kept on disk. */
    public Map<Long, Hash> heads() {
        return Map.copyOf(heads);
    }

    /**
     * Forgets heads that no receipt will start from any more.
     *
     * @param size the head that the oldest batch without a receipt says it had witnessed
     */
    public void forgetBefore(long size) {
        heads.headMap(Math.min(size, heads.isEmpty() ? 0 : heads.lastKey())).clear();
    }

    /**
     * Checks a receipt, whose signature {@link OpenedReceipt} has checked, against the bytes that were sent.
     *
     * @param batchBytes the SignedBatch as it was sent
     */
    public Verdict accept(Receipt receipt, byte[] batchBytes) {
        if (!Hash.sha256(batchBytes).equals(hash(receipt.getBatchSha256()))) {
            return new Refused(Reason.WRONG_BATCH, "the receipt names another batch");
        }
        if (receipt.getOutcome() != Outcome.STORED && receipt.getOutcome() != Outcome.DUPLICATE) {
            return new Refused(Reason.NOT_STORED, receipt.getOutcome() + ": " + receipt.getReason());
        }
        Checkpoint head;
        try {
            head = Checkpoint.open(receipt.getCheckpoint().toString(StandardCharsets.UTF_8), keyName, logKey);
        } catch (MalformedEvidence e) {
            return new Refused(Reason.BAD_CHECKPOINT, String.valueOf(e.getMessage()));
        }
        if (!head.origin().equals(origin)) {
            return new Refused(Reason.BAD_CHECKPOINT, "it is of the log " + head.origin() + ", not of " + origin);
        }
        Hash leaf = Merkle.leaf(leafBytes(receipt, batchBytes));
        if (!Merkle.includes(
                leaf, receipt.getLogIndex(), head.size(), hashes(receipt.getInclusionList()), head.root())) {
            return new Refused(
                    Reason.NOT_INCLUDED,
                    "no proof that entry " + receipt.getLogIndex() + " is this batch at size " + head.size());
        }
        return continues(receipt, head);
    }

    private Verdict continues(Receipt receipt, Checkpoint head) {
        Hash known = heads.get(head.size());
        if (known != null && !known.equals(head.root())) {
            return new Refused(
                    Reason.FORK, "size " + head.size() + " had root " + known + " before, now " + head.root());
        }
        long from = receipt.getConsistentFrom();
        if (known == null && !heads.isEmpty()) {
            Hash fromRoot = heads.get(from);
            if (fromRoot == null) {
                return new Refused(
                        Reason.FORK, "the proof starts at size " + from + ", which this plant has not witnessed");
            }
            if (head.size() < from) {
                return new Refused(Reason.SHRUNK, "the log had " + from + " entries, now " + head.size());
            }
            if (!Merkle.consistent(from, head.size(), fromRoot, head.root(), hashes(receipt.getConsistencyList()))) {
                return new Refused(Reason.FORK, "size " + head.size() + " does not continue size " + from);
            }
        }
        heads.put(head.size(), head.root());
        return new Accepted(head);
    }

    private static byte[] leafBytes(Receipt receipt, byte[] batchBytes) {
        return LogEntry.newBuilder()
                .setKind(EntryKind.TELEMETRY_BATCH)
                .setAdmittedAtMs(receipt.getAdmittedAtMs())
                .setActor("agent:" + receipt.getAgent())
                .setPayload(ByteString.copyFrom(batchBytes))
                .build()
                .toByteArray();
    }

    private static Hash hash(ByteString bytes) {
        return bytes.size() == Hash.LENGTH ? Hash.of(bytes.toByteArray()) : Hash.ZERO;
    }

    private static List<Hash> hashes(List<ByteString> list) {
        List<Hash> hashes = new ArrayList<>(list.size());
        for (ByteString bytes : list) {
            hashes.add(hash(bytes));
        }
        return hashes;
    }
}
