/**
 * What must be provable: signed batches, the Merkle log, its checkpoints, receipts, and the sealed forms of a report.
 *
 * <p>Pure Java on the JDK, BouncyCastle and protobuf; no I/O beyond bytes in memory, no clock, no network. The same
 * classes run in the plant (edge agent), on the server and in the auditor's verifier. The wire format is
 * {@code evidence.proto}; its prose is {@code docs/evidence-format.md}.
 *
 * <p>Promises: R1 what is signed or hashed is the exact bytes sent. R2 a signature is accepted only in its one canonical
 * form. R3 a proof from an empty log is refused. R4 a receipt is believed only if its proofs hold.
 */
@NullMarked
package energy.audit.evidence;

import org.jspecify.annotations.NullMarked;
