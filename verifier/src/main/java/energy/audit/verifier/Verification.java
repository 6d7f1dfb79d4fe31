package energy.audit.verifier;

import com.google.protobuf.InvalidProtocolBufferException;
import energy.audit.evidence.CanonicalCms;
import energy.audit.evidence.wire.EvidenceBundle;
import energy.audit.evidence.wire.ReportFigures;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The judgement on one file. */
final class Verification {
    private final String name;
    private final Findings findings = new Findings();
    private Optional<String> kind = Optional.empty();
    private Optional<CanonicalCms.Signer> signer = Optional.empty();
    private Optional<ReportFigures> figures = Optional.empty();
    private Optional<LogEvidence> log = Optional.empty();
    private Optional<Recomputation> recomputation = Optional.empty();
    private List<FigureRow> rows = List.of();

    private Verification(String name) {
        this.name = name;
    }

    /**
     * Judges a file; nothing is read but what is given.
     *
     * @param name for messages, and for its ending
     * @throws UnreadableFile if it is no report at all
     */
    static Verification of(String name, byte[] file, TrustAnchors trust, Seen seen) throws UnreadableFile {
        Verification verification = new Verification(name);
        Optional<ReportFile> opened = ReportFile.open(file, name, trust, verification.findings);
        if (opened.isPresent()) {
            verification.judge(opened.get(), trust, seen);
        }
        return verification;
    }

    private void judge(ReportFile file, TrustAnchors trust, Seen seen) {
        kind = Optional.of(file.kind());
        signer = file.signer();
        EvidenceBundle bundle;
        try {
            bundle = EvidenceBundle.parseFrom(file.evidence());
            figures = Optional.of(ReportFigures.parseFrom(file.figures()));
        } catch (InvalidProtocolBufferException e) {
            findings.problem("evidence.pb or figures.pb", "it cannot be read: " + e.getMessage());
            return;
        }
        if (!Arrays.equals(bundle.getFigures().toByteArray(), file.figures())) {
            findings.problem("figures.pb", "it differs from the figures inside evidence.pb");
        }
        LogEvidence evidence = new LogEvidence(bundle, trust, findings);
        log = Optional.of(evidence);
        evidence.check();
        if (evidence.checkpoint().isPresent()) {
            Recomputation again = new Recomputation(bundle.getFigures().getFiguresList(), evidence, findings);
            recomputation = Optional.of(again);
            rows = again.rows();
            file.comparePrinted(bundle.getFigures().getFiguresList(), findings);
            seen.compare(evidence.checkpoint().get(), evidence.logKey().orElseThrow(), trust, findings);
        }
        sayWhatWasNotPinned(trust, evidence);
    }

    private void sayWhatWasNotPinned(TrustAnchors trust, LogEvidence evidence) {
        if (trust.logKey().isEmpty()) {
            findings.remark(
                    "The log's key was taken from the file itself, not from you: whoever made the file could have "
                            + "made the key. "
                            + evidence.logKey().map(key -> key + ". ").orElse("")
                            + "Compare it with one you were given by another way, or use --trust.");
        }
        if (!trust.pinAgents()) {
            findings.remark(
                    "The agents' keys were taken from the file's own enrolment entries. Compare them with what the "
                            + "plant has, or use --trust.");
        }
        if (trust.logKey().isEmpty() || !trust.pinAgents()) {
            findings.remark(
                    "VALID so means: the file is whole and consistent in itself. It does not yet mean: it comes "
                            + "from that plant.");
        }
    }

    String name() {
        return name;
    }

    boolean valid() {
        return findings.none();
    }

    Findings findings() {
        return findings;
    }

    Optional<String> kind() {
        return kind;
    }

    Optional<CanonicalCms.Signer> signer() {
        return signer;
    }

    Optional<ReportFigures> figures() {
        return figures;
    }

    Optional<LogEvidence> log() {
        return log;
    }

    Optional<Recomputation> recomputation() {
        return recomputation;
    }

    List<FigureRow> rows() {
        return rows;
    }
}
