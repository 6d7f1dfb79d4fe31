package energy.audit.verifier;

import energy.audit.evidence.CanonicalCms;
import energy.audit.evidence.wire.Figure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A report as it lies on disk, opened: its two evidence attachments and what it prints. */
interface ReportFile {
    String FIGURES = "figures.pb";
    String EVIDENCE = "evidence.pb";

    /** The bytes of figures.pb. */
    byte[] figures();

    /** The bytes of evidence.pb. */
    byte[] evidence();

    /** Who signed the file as a whole, for a PDF. */
    Optional<CanonicalCms.Signer> signer();

    /** Compares what is printed with the signed figures; what differs is a problem. */
    void comparePrinted(List<Figure> figures, Findings findings);

    /** "PDF" or "CSV". */
    String kind();

    /**
     * Opens a file and checks its own form and signature. Problems go to the findings; empty if nothing is left to look at.
     *
     * @param name of the file, for its ending where its beginning is damaged
     * @throws UnreadableFile if it is no report of any kind
     */
    static Optional<ReportFile> open(byte[] file, String name, TrustAnchors trust, Findings findings)
            throws UnreadableFile {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        String lower = name.toLowerCase(Locale.ROOT);
        if (text.startsWith("%PDF-")) {
            return PdfReportFile.open(file, trust, findings);
        }
        if (text.startsWith("PK\u0003\u0004")) {
            return ZipReportFile.open(file, trust, findings);
        }
        if (lower.endsWith(".pdf") || text.contains("/ByteRange")) {
            return PdfReportFile.open(file, trust, findings);
        }
        if (lower.endsWith(".zip") || text.contains("manifest.sig")) {
            return ZipReportFile.open(file, trust, findings);
        }
        throw new UnreadableFile(name + " is neither a PDF nor a zip, so it is no report of this system. "
                + "Give the file as it was downloaded.");
    }
}
