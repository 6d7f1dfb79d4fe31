package energy.audit.agent.forward;

import energy.audit.agent.journal.Journal;
import energy.audit.agent.journal.LogCode;
import energy.audit.agent.keep.SegmentLog;
import energy.audit.evidence.Hash;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.OpenedReceipt;
import energy.audit.evidence.VerificationKey;
import energy.audit.evidence.Witness;
import energy.audit.evidence.wire.Outcome;
import energy.audit.evidence.wire.Receipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks what the backend answers, and gives a batch up only when the answer proves that it is in the log. */
public final class ReceiptDesk {
    /** What a receipt led to. */
    public enum Result {
        /** The batch is in the log; it is given up. */
        FREED,
        /** The backend refuses the batch; it is set aside. */
        SET_ASIDE,
        /** Nothing waits for this receipt any more. */
        ALREADY_KNOWN,
        /** It shows that another agent has this one's key; from now on nothing is given up. */
        CLONED,
        /** It proves nothing, or proves a rewritten log; the batch stays. */
        REFUSED
    }

    private static final String CLONED = "-CLONED.receipt";

    private final String tenant;
    private final String agent;
    private final VerificationKey logKey;
    private final WitnessBook book;
    private final SegmentLog log;
    private final Path alarms;
    private final Journal.Log journal;
    private long logSize;
    private long quarantined;
    private boolean cloned;

    /** @param alarms directory for receipts that prove a rewritten log */
    public ReceiptDesk(
            String tenant,
            String agent,
            VerificationKey logKey,
            WitnessBook book,
            SegmentLog log,
            Path alarms,
            Journal.Log journal) {
        this.tenant = tenant;
        this.agent = agent;
        this.logKey = logKey;
        this.book = book;
        this.log = log;
        this.alarms = alarms;
        this.journal = journal;
        this.cloned = Files.isDirectory(alarms) && holdsACloneReceipt(alarms);
        this.logSize = book.newest().map(head -> head.size()).orElse(0L);
    }

    /**
     * Takes a message from the receipt topic.
     *
     * @throws IOException if the agent's own disk fails; the receipt then counts as not received
     */
    public synchronized Result take(byte[] signedReceipt) throws IOException {
        Receipt receipt;
        try {
            receipt = OpenedReceipt.open(signedReceipt, logKey).body();
        } catch (MalformedEvidence e) {
            journal.error(
                    LogCode.RECEIPT_UNREADABLE,
                    "detail=" + Journal.quoted(e.getMessage()) + " next=compare_log-key.pub_with_the_backend");
            return Result.REFUSED;
        }
        if (!receipt.getTenant().equals(tenant) || !receipt.getAgent().equals(agent)) {
            return refuse(
                    receipt, signedReceipt, "ADDRESSEE", "it is for " + receipt.getTenant() + "/" + receipt.getAgent());
        }
        Optional<byte[]> batch = log.bytes(receipt.getSequence());
        Optional<String> clone = cloneShownBy(receipt, batch);
        if (clone.isPresent()) {
            return cloned(receipt, signedReceipt, clone.get());
        }
        if (cloned) {
            return Result.CLONED;
        }
        if (batch.isEmpty()) {
            return Result.ALREADY_KNOWN;
        }
        Witness.Verdict verdict = book.accept(receipt, batch.get());
        if (verdict instanceof Witness.Refused refused) {
            return refuse(receipt, signedReceipt, refused.reason().name(), refused.detail());
        }
        if (receipt.getOutcome() == Outcome.QUARANTINED) {
            return quarantine(receipt);
        }
        log.receipted(receipt.getSequence());
        logSize = book.newest().map(head -> head.size()).orElse(0L);
        journal.info(
                LogCode.BATCH_RECEIPTED,
                "sequence=" + receipt.getSequence() + " outcome=" + receipt.getOutcome() + " log_index="
                        + receipt.getLogIndex() + " log_size=" + logSize);
        return Result.FREED;
    }

    private static boolean holdsACloneReceipt(Path alarms) {
        try (Stream<Path> files = Files.list(alarms)) {
            return files.anyMatch(file -> file.getFileName().toString().endsWith(CLONED));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look into " + alarms, e);
        }
    }

    /** The log holds, under this agent's name and signed by its key, what this agent has not sealed. */
    private Optional<String> cloneShownBy(Receipt receipt, Optional<byte[]> own) {
        if (receipt.getOutcome() == Outcome.QUARANTINED) {
            return receipt.getReason().startsWith("FORK") ? Optional.of(receipt.getReason()) : Optional.empty();
        }
        if (receipt.getSequence() >= log.nextSequence()) {
            return Optional.of("the log has a batch " + receipt.getSequence() + ", this agent has sealed up to "
                    + (log.nextSequence() - 1));
        }
        return own.filter(bytes -> !Hash.sha256(bytes).byteString().equals(receipt.getBatchSha256()))
                .map(bytes -> "the log's batch " + receipt.getSequence() + " is another one than this agent's");
    }

    private Result cloned(Receipt receipt, byte[] signedReceipt, String detail) throws IOException {
        Path proof = Files.createDirectories(alarms).resolve(receipt.getSequence() + CLONED);
        Files.write(proof, signedReceipt);
        if (!cloned) {
            cloned = true;
            journal.error(
                    LogCode.AGENT_CLONED,
                    "sequence=" + receipt.getSequence() + " detail=" + Journal.quoted(detail) + " proof="
                            + proof.getFileName()
                            + " next=stop_the_copy,_revoke_this_agent,_enrol_a_new_one;_everything_is_kept");
        }
        return Result.CLONED;
    }

    private Result quarantine(Receipt receipt) throws IOException {
        log.setAside(receipt.getSequence(), receipt.getReason());
        quarantined++;
        journal.error(
                LogCode.BATCH_QUARANTINED,
                "sequence=" + receipt.getSequence() + " reason=" + Journal.quoted(receipt.getReason())
                        + " next=see_refused_directory_and_the_portal's_quarantine");
        return Result.SET_ASIDE;
    }

    private Result refuse(Receipt receipt, byte[] signedReceipt, String reason, String detail) throws IOException {
        Path proof = Files.createDirectories(alarms).resolve(receipt.getSequence() + "-" + reason + ".receipt");
        Files.write(proof, signedReceipt);
        journal.error(
                LogCode.RECEIPT_REFUSED,
                "sequence=" + receipt.getSequence() + " reason=" + reason + " detail=" + Journal.quoted(detail)
                        + " proof=" + proof.getFileName() + " next=tell_the_auditor");
        return Result.REFUSED;
    }

    /** Size of the log at the newest head that was accepted, 0 before the first. */
    public synchronized long logSize() {
        return logSize;
    }

    /** Whether a receipt has shown that another agent has this one's key; also of an earlier start. */
    public synchronized boolean cloned() {
        return cloned;
    }

    /** Batches that the backend refused since the agent's start. */
    public synchronized long quarantined() {
        return quarantined;
    }
}
