package energy.audit.evidence;

import com.google.protobuf.ByteString;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.Outcome;
import energy.audit.evidence.wire.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An agent's memory of the log's heads: it believes a receipt only if the batch is included in the checkpoint, and the
 * checkpoint continues the head that the batch itself said it had witnessed. Every plant so guards the log against being
 * rewritten. Not thread-safe.
 *
 * <p>Receipts may overtake each other, so a smaller size than the newest is no fault by itself; a size below what the
 * batch had witnessed is. Heads of the same size must have the same root, within the last {@value #REMEMBERED} seen.
 */
public final class Witness {
    static final int REMEMBERED = 1024;

    /** What is thought of a receipt. */
    public sealed interface Verdict permits Accepted, Refused {}

    /**
     * The receipt holds.
     *
     * @param outcome STORED, DUPLICATE or QUARANTINED (then nothing was logged and nothing proven)
     * @param head the newest head that was checked, empty before the first
     */
    public record Accepted(Outcome outcome, Optional<Checkpoint> head) implements Verdict {}

    /**
     * The receipt does not hold; keep the batch, raise an alarm for FORK, SHRUNK and BAD_PROOF.
     *
     * @param detail in words, with both heads where there are two
     */
    public record Refused(Reason reason, String detail) implements Verdict {}

    /** Why a receipt is refused. */
    public enum Reason {
        /** It is about another batch than the one given. */
        OTHER_BATCH,
        /** The outcome or a length makes no sense. */
        MALFORMED,
        /** The checkpoint is not signed by the log key, or of another log. */
        BAD_CHECKPOINT,
        /** Inclusion or consistency does not compute. */
        BAD_PROOF,
        /** The log is smaller than what this agent had already seen when it sealed the batch. */
        SHRUNK,
        /** Two heads of one size with different roots: proof that the log shows different parties different histories. */
        FORK
    }

    private final VerificationKey logKey;
    private final Map<Long, Checkpoint> heads = new LinkedHashMap<>();
    private Optional<Checkpoint> newest;

    /** @param head the newest head checked before a restart, as {@link #head} gave it */
    public Witness(VerificationKey logKey, Optional<Checkpoint> head) {
        this.logKey = logKey;
        this.newest = head;
        head.ifPresent(this::remember);
    }

    /** The newest head that was checked: put it into the next batch as {@code witnessed}, and keep it over restarts. */
    public Optional<Checkpoint> head() {
        return newest;
    }

    /**
     * @param receipt of which {@link OpenedReceipt} has checked the signature
     * @param batchBytes the signed batch as this agent kept it
     */
    public Verdict accept(Receipt receipt, byte[] batchBytes) {
        try {
            Batch batch = OpenedBatch.parse(batchBytes).body();
            if (!receipt.getBatchSha256().equals(Hash.sha256(batchBytes).byteString())
                    || !receipt.getTenant().equals(batch.getTenant())
                    || !receipt.getAgent().equals(batch.getAgent())
                    || receipt.getSequence() != batch.getSequence()) {
                return new Refused(
                        Reason.OTHER_BATCH,
                        "receipt for " + receipt.getTenant() + "/" + receipt.getAgent() + " " + receipt.getSequence()
                                + " does not belong to batch " + batch.getSequence());
            }
            if (receipt.getOutcome() == Outcome.QUARANTINED) {
                return new Accepted(Outcome.QUARANTINED, newest);
            }
            if (receipt.getOutcome() != Outcome.STORED && receipt.getOutcome() != Outcome.DUPLICATE) {
                return new Refused(Reason.MALFORMED, "outcome " + receipt.getOutcomeValue() + " is unknown");
            }
            return check(receipt, batch, batchBytes);
        } catch (MalformedEvidence e) {
            return new Refused(Reason.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private Verdict check(Receipt receipt, Batch batch, byte[] batchBytes) throws MalformedEvidence {
        Checkpoint checkpoint;
        try {
            checkpoint = openCheckpoint(receipt);
        } catch (MalformedEvidence e) {
            return new Refused(Reason.BAD_CHECKPOINT, String.valueOf(e.getMessage()));
        }
        Checkpoint known = heads.get(checkpoint.size());
        if (known != null && !known.root().equals(checkpoint.root())) {
            return new Refused(
                    Reason.FORK,
                    "size " + known.size() + " was shown with root " + known.root() + " and now with "
                            + checkpoint.root());
        }
        Hash leaf = Merkle.leaf(LogEntries.batchEntry(batch.getAgent(), receipt.getAdmittedAtMs(), batchBytes));
        if (!Merkle.includes(
                leaf,
                receipt.getLogIndex(),
                checkpoint.size(),
                hashes(receipt.getInclusionList(), "inclusion"),
                checkpoint.root())) {
            return new Refused(
                    Reason.BAD_PROOF,
                    "batch " + batch.getSequence() + " is not at index " + receipt.getLogIndex()
                            + " of the log of size " + checkpoint.size());
        }
        if (batch.hasWitnessed()) {
            long seen = batch.getWitnessed().getSize();
            if (checkpoint.size() < seen) {
                return new Refused(
                        Reason.SHRUNK, "the log had " + seen + " entries, the receipt shows " + checkpoint.size());
            }
            if (receipt.getConsistentFrom() != seen
                    || !Merkle.consistent(
                            seen,
                            checkpoint.size(),
                            Hash.of(batch.getWitnessed().getRoot(), "batch", "witnessed root"),
                            checkpoint.root(),
                            hashes(receipt.getConsistencyList(), "consistency"))) {
                return new Refused(
                        Reason.BAD_PROOF,
                        "the log of size " + checkpoint.size() + " is not shown to continue the one of size " + seen);
            }
        }
        remember(checkpoint);
        return new Accepted(receipt.getOutcome(), newest);
    }

    private Checkpoint openCheckpoint(Receipt receipt) throws MalformedEvidence {
        String note = receipt.getCheckpoint().toString(StandardCharsets.UTF_8);
        Checkpoint claimed = Checkpoint.claimed(note);
        if (!claimed.tenant().equals(receipt.getTenant())
                || newest.filter(head -> !head.origin().equals(claimed.origin()))
                        .isPresent()) {
            throw new MalformedEvidence("checkpoint", "origin", "'" + claimed.origin() + "' is another log");
        }
        return Checkpoint.open(note, claimed.keyName(), logKey);
    }

    private void remember(Checkpoint checkpoint) {
        heads.put(checkpoint.size(), checkpoint);
        if (heads.size() > REMEMBERED) {
            heads.remove(heads.keySet().iterator().next());
        }
        if (newest.filter(head -> head.size() >= checkpoint.size()).isEmpty()) {
            newest = Optional.of(checkpoint);
        }
    }

    private static List<Hash> hashes(List<ByteString> wire, String where) throws MalformedEvidence {
        List<Hash> hashes = new ArrayList<>(wire.size());
        for (ByteString bytes : wire) {
            hashes.add(Hash.of(bytes, "receipt", where));
        }
        return hashes;
    }
}
