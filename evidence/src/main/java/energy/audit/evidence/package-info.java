/**
 * What an auditor can check without us: sealed batches, the Merkle log, checkpoints, receipts and the sealed files of a
 * report. Knows no server and no database; the prose specification is {@code docs/evidence-format.md}.
 */
@NullMarked
package energy.audit.evidence;

import org.jspecify.annotations.NullMarked;
