package energy.audit.verifier;

import energy.audit.evidence.Checkpoint;
import energy.audit.evidence.VerificationKey;
import java.util.List;

/**
 * What the auditor has seen of the log elsewhere.
 *
 * @param checkpoints heads from earlier reports or from plants
 * @param proofs that lead from one head to another
 */
record Seen(List<OutsideCheckpoint> checkpoints, List<ConsistencyProof> proofs) {
    static final Seen NOTHING = new Seen(List.of(), List.of());

    Seen {
        checkpoints = List.copyOf(checkpoints);
        proofs = List.copyOf(proofs);
    }

    void compare(Checkpoint report, VerificationKey logKey, TrustAnchors trust, Findings findings) {
        checkpoints.forEach(checkpoint -> checkpoint.compare(report, logKey, trust, proofs, findings));
    }
}
