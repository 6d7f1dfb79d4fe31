/**
 * The auditor's program: reads a report file, needs no network and no server, says VALID or INVALID and why, and
 * recomputes every figure from the signed batches that the file carries.
 *
 * <p>Door: {@link energy.audit.verifier.VerifyCommand}. Order of judgement: the file's own form and signature, the log's
 * checkpoint, inclusion of every entry, enrolment and signature of every batch, then the figures, then what is printed.
 *
 * <p>Promises: R1 one flipped byte anywhere makes a report INVALID. R2 every printed figure is recomputed from raw counts.
 * R3 a missing reading is never a zero. R4 keys that nobody pinned are said to be so.
 */
@NullMarked
package energy.audit.verifier;

import org.jspecify.annotations.NullMarked;
