package energy.audit.verifier;

import energy.audit.evidence.Checkpoint;
import energy.audit.evidence.Cosignature;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.VerificationKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A head of the log that the auditor has seen elsewhere: in an earlier report, or at a plant. */
record OutsideCheckpoint(String name, String note) {

    static OutsideCheckpoint read(Path file) throws UnreadableFile {
        try {
            return new OutsideCheckpoint(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UnreadableFile("The checkpoint " + file + " cannot be read: " + e + ".");
        }
    }

    /** Two heads of one size must have one root; of two sizes a proof must lead from the smaller to the larger. */
    void compare(
            Checkpoint report,
            VerificationKey logKey,
            TrustAnchors trust,
            List<ConsistencyProof> proofs,
            Findings findings) {
        String thing = "checkpoint " + name;
        Checkpoint outside;
        try {
            Checkpoint claimed = Checkpoint.claimed(note);
            if (!claimed.origin().equals(report.origin())) {
                findings.remark(
                        thing + " is of another log (" + claimed.origin() + "), so it says nothing about this one.");
                return;
            }
            outside = Checkpoint.open(note, report.keyName(), logKey);
        } catch (MalformedEvidence e) {
            findings.problem(
                    thing,
                    "it is not signed by the key of the report's log, or was changed (" + e.getMessage()
                            + "); either the report or the checkpoint is not genuine");
            return;
        }
        cosigned(thing, trust, findings);
        if (outside.size() == report.size() && !outside.root().equals(report.root())) {
            findings.problem(
                    thing,
                    "it has size " + outside.size() + " like the report's, and another root (" + outside.root()
                            + " against " + report.root()
                            + "): the log has been shown in two versions. Keep both files; they prove it");
        } else if (outside.size() == report.size()) {
            findings.passed(thing + " has the same size and root as the report's");
        } else {
            compareSizes(thing, report, outside, proofs, findings);
        }
    }

    /** What witnesses that the auditor trusts say under it. */
    private void cosigned(String thing, TrustAnchors trust, Findings findings) {
        for (TrustAnchors.WitnessKey witness : trust.witnesses()) {
            try {
                Cosignature.of(note, witness.name(), witness.key())
                        .ifPresent(cosignature -> findings.passed(thing + " was cosigned by " + cosignature.name()
                                + " at " + cosignature.at() + ", who had then seen no other history of this log"));
            } catch (MalformedEvidence e) {
                findings.problem(
                        thing, "its line by the witness " + witness.name() + " is forged (" + e.getMessage() + ")");
            }
        }
    }

    private static void compareSizes(
            String thing, Checkpoint report, Checkpoint outside, List<ConsistencyProof> proofs, Findings findings) {
        Checkpoint smaller = outside.size() < report.size() ? outside : report;
        Checkpoint larger = outside.size() < report.size() ? report : outside;
        String grown = outside.size() > report.size() ? ": the log has grown since the report was made" : "";
        for (ConsistencyProof proof : proofs) {
            if (proof.isAbout(smaller, larger)) {
                if (proof.proves(smaller, larger)) {
                    findings.passed(thing + " (size " + outside.size() + ") is proven to be of the same log" + grown);
                } else {
                    findings.problem(
                            thing,
                            "the proof from size " + smaller.size() + " to " + larger.size()
                                    + " does not compute: the log "
                                    + "was changed between the two. Keep report, checkpoint and proof; they show it");
                }
                return;
            }
        }
        findings.remark(thing + " is of size " + outside.size() + ", the report's of size " + report.size() + grown
                + ". Whether one continues the other cannot be decided from these files; ask the server for "
                + "/log/proof/consistency?from=" + smaller.size() + "&to=" + larger.size()
                + " and give it with --proof.");
    }
}
