package energy.audit.agent.forward;

import energy.audit.agent.keep.Disk;
import energy.audit.evidence.Checkpoint;
import energy.audit.evidence.Hash;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.VerificationKey;
import energy.audit.evidence.Witness;
import energy.audit.evidence.wire.Outcome;
import energy.audit.evidence.wire.Receipt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The newest log head that this plant has checked, on disk in three lines: origin, size, root in hexadecimal. It outlives
 * restarts, so that a log that was rewritten while the agent was off is found out too. Safe for several threads.
 */
public final class WitnessBook {
    private final Path file;
    private final String origin;
    private final Witness witness;

    /**
     * @param origin of the tenant's log; a checkpoint of any other is refused
     * @throws IOException if the file is there and is not whole, or is about another log
     */
    public WitnessBook(Path file, String origin, VerificationKey logKey) throws IOException {
        this.file = file;
        this.origin = origin;
        this.witness = new Witness(logKey, read(file, origin));
    }

    private static Optional<Checkpoint> read(Path file, String origin) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        try {
            Checkpoint head = new Checkpoint(
                    lines.get(0),
                    Long.parseLong(lines.get(1)),
                    Hash.of(HexFormat.of().parseHex(lines.get(2))));
            if (head.origin().equals(origin)) {
                return Optional.of(head);
            }
            throw new IOException(file + " is about the log " + head.origin() + ", the configuration about " + origin
                    + ". Use a directory of its own for each agent");
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException(
                    file
                            + " is damaged. Restore it from a backup; without it this plant cannot tell whether the log was"
                            + " rewritten",
                    e);
        }
    }

    /** The newest head that was accepted; batches name it. */
    public synchronized Optional<Checkpoint> newest() {
        return witness.head();
    }

    /** Checks a receipt against the bytes that were sent; an accepted head is on the disk when this returns. */
    public synchronized Witness.Verdict accept(Receipt receipt, byte[] batchBytes) throws IOException {
        if (receipt.getOutcome() == Outcome.STORED || receipt.getOutcome() == Outcome.DUPLICATE) {
            Optional<Witness.Verdict> otherLog = refusedOrigin(receipt);
            if (otherLog.isPresent()) {
                return otherLog.get();
            }
        }
        Optional<Checkpoint> before = witness.head();
        Witness.Verdict verdict = witness.accept(receipt, batchBytes);
        if (verdict instanceof Witness.Accepted accepted && !accepted.head().equals(before)) {
            write(accepted.head().orElseThrow());
        }
        return verdict;
    }

    private Optional<Witness.Verdict> refusedOrigin(Receipt receipt) {
        try {
            String shown = Checkpoint.claimed(receipt.getCheckpoint().toString(StandardCharsets.UTF_8))
                    .origin();
            return shown.equals(origin)
                    ? Optional.empty()
                    : Optional.of(new Witness.Refused(
                            Witness.Reason.BAD_CHECKPOINT, "it is of the log " + shown + ", not of " + origin));
        } catch (MalformedEvidence e) {
            return Optional.of(new Witness.Refused(Witness.Reason.BAD_CHECKPOINT, String.valueOf(e.getMessage())));
        }
    }

    private void write(Checkpoint head) throws IOException {
        String text = head.origin() + "\n" + head.size() + "\n" + head.root().hex() + "\n";
        Disk.REAL.replace(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
