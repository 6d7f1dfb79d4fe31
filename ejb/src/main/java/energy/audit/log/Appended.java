package energy.audit.log;

import java.time.Instant;
import java.util.List;

/**
 * Entries that this transaction has appended.
 *
 * @param indexes place of each draft in the log, in the drafts' order
 * @param admittedAt the instant written into all of them, whole milliseconds
 * @param size size of the log after them
 * @param checkpoint signed note over {@code size}
 * @param proofs over {@code size}, for use in this transaction
 */
public record Appended(List<Long> indexes, Instant admittedAt, long size, String checkpoint, LogProofs proofs) {
    public Appended {
        indexes = List.copyOf(indexes);
    }
}
