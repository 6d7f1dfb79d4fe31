package energy.audit.verifier;

import energy.audit.evidence.OpenedBatch;
import energy.audit.evidence.VerificationKey;

/**
 * A batch whose entry is in the log and whose signature is by its agent's enrolled key.
 *
 * @param logIndex of its entry
 * @param admittedAtMs when the server took it, ms since 1970
 */
record VerifiedBatch(long logIndex, long admittedAtMs, OpenedBatch batch, VerificationKey key) {}
