package energy.audit.verifier;

import energy.audit.evidence.CanonicalCms;
import energy.audit.evidence.Hash;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.SignedPdf;
import energy.audit.evidence.wire.Figure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.InflaterInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDNameTreeNode;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;

/** A PDF report: pages for people, figures.pb and evidence.pb as attachments, one signature over the whole file. */
final class PdfReportFile implements ReportFile {
    private static final Set<String> SUB_FILTERS = Set.of("adbe.pkcs7.detached", "ETSI.CAdES.detached");

    private static final long MOST_SWELLING = 50;
    private static final long LEAST_ROOM = 1 << 20;

    private final CanonicalCms.Signer signer;
    private final Map<String, byte[]> attachments;
    private final List<String> pages;

    private PdfReportFile(CanonicalCms.Signer signer, Map<String, byte[]> attachments, List<String> pages) {
        this.signer = signer;
        this.attachments = attachments;
        this.pages = pages;
    }

    static Optional<ReportFile> open(byte[] pdf, TrustAnchors trust, Findings findings) {
        try {
            CanonicalCms.Signer signer = SignedPdf.verify(pdf);
            findings.passed("the PDF's signature covers every byte of the file and is good");
            judge(signer, trust, findings);
            try (PDDocument document = Loader.loadPDF(pdf)) {
                checkDictionary(document, pdf.length);
                Map<String, byte[]> attachments = attachments(document);
                for (String needed : List.of(EVIDENCE, FIGURES)) {
                    if (!attachments.containsKey(needed)) {
                        throw new MalformedEvidence("PDF", "attachments", "there is no " + needed);
                    }
                }
                return Optional.of(new PdfReportFile(signer, attachments, pages(document)));
            }
        } catch (MalformedEvidence e) {
            findings.problem(e);
        } catch (CertificateEncodingException e) {
            findings.problem("PDF signature", "its certificate cannot be read: " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            findings.problem("PDF", "its signature is good, but its pages and attachments cannot be read: " + e);
        }
        return Optional.empty();
    }

    private static void judge(CanonicalCms.Signer signer, TrustAnchors trust, Findings findings)
            throws CertificateEncodingException {
        String fingerprint = Hash.sha256(signer.certificate().getEncoded()).hex();
        if (trust.reportCertificateSha256().isEmpty()) {
            findings.remark("Nobody vouches here for the certificate that signed the PDF (SHA-256 " + fingerprint
                    + "). Compare it with one you were given, or use --trust.");
        } else if (!trust.reportCertificateSha256().get().equals(fingerprint)) {
            findings.problem(
                    "PDF signature",
                    "it was made with the certificate " + fingerprint + ", not with the trusted one, "
                            + trust.reportCertificateSha256().get());
        } else {
            findings.passed("the signing certificate is the trusted one");
        }
    }

    /** The signature that was checked on the bytes must be the one that PDF readers show, and the only one. */
    private static void checkDictionary(PDDocument document, int length) throws MalformedEvidence {
        List<PDSignature> signatures = document.getSignatureDictionaries();
        if (signatures.size() != 1) {
            throw new MalformedEvidence("PDF", "signatures", "there are " + signatures.size() + ", a report has one");
        }
        PDSignature signature = signatures.get(0);
        int[] range = signature.getByteRange();
        if (range.length != 4 || range[0] != 0 || range[2] + range[3] != length) {
            throw new MalformedEvidence("PDF", "signature", "its dictionary names another range of bytes");
        }
        if (!SUB_FILTERS.contains(String.valueOf(signature.getSubFilter()))) {
            throw new MalformedEvidence("PDF", "signature", "its kind is " + signature.getSubFilter());
        }
    }

    private static Map<String, byte[]> attachments(PDDocument document) throws IOException {
        Map<String, byte[]> found = new HashMap<>();
        var names = document.getDocumentCatalog().getNames();
        if (names != null && names.getEmbeddedFiles() != null) {
            collect(names.getEmbeddedFiles(), found, 0);
        }
        return found;
    }

    private static void collect(PDNameTreeNode<PDComplexFileSpecification> node, Map<String, byte[]> found, int depth)
            throws IOException {
        Map<String, PDComplexFileSpecification> names = node.getNames();
        if (names != null) {
            for (Map.Entry<String, PDComplexFileSpecification> entry : names.entrySet()) {
                var file = entry.getValue().getEmbeddedFileUnicode() != null
                        ? entry.getValue().getEmbeddedFileUnicode()
                        : entry.getValue().getEmbeddedFile();
                String name = entry.getValue().getFilename();
                if (file != null && found.put(name == null ? entry.getKey() : name, content(file, name)) != null) {
                    throw new IOException("two attachments are named " + name);
                }
            }
        }
        if (node.getKids() != null && depth < 16) {
            for (PDNameTreeNode<PDComplexFileSpecification> kid : node.getKids()) {
                collect(kid, found, depth + 1);
            }
        }
    }

    /** Signatures, hashes and proofs hardly shrink; what swells a hundredfold was made to exhaust the reader. */
    private static byte[] content(PDEmbeddedFile file, @Nullable String name) throws IOException {
        COSStream stream = file.getCOSObject();
        COSBase filter = stream.getFilters();
        if (filter instanceof COSArray filters && filters.size() == 1) {
            filter = filters.getObject(0);
        }
        boolean deflated = COSName.FLATE_DECODE.equals(filter);
        if (filter != null && !deflated) {
            throw new IOException("attachment " + name + " is packed in a way that no report uses");
        }
        try (InputStream raw = stream.createRawInputStream()) {
            byte[] packed = raw.readAllBytes();
            if (!deflated) {
                return packed;
            }
            int most = (int) Math.min(Integer.MAX_VALUE - 16L, LEAST_ROOM + MOST_SWELLING * packed.length);
            byte[] content = new InflaterInputStream(new ByteArrayInputStream(packed)).readNBytes(most);
            if (content.length == most) {
                throw new IOException("attachment " + name + " swells from " + packed.length + " to more than " + most
                        + " bytes; no report's does");
            }
            return content;
        }
    }

    private static List<String> pages(PDDocument document) throws IOException {
        List<String> pages = new ArrayList<>();
        PDFTextStripper stripper = new PDFTextStripper();
        stripper.setSortByPosition(true);
        stripper.setLineSeparator("\n");
        for (int page = 1; page <= document.getNumberOfPages(); page++) {
            stripper.setStartPage(page);
            stripper.setEndPage(page);
            pages.add(stripper.getText(document));
        }
        return pages;
    }

    @Override
    public byte[] figures() {
        return attachments.getOrDefault(FIGURES, new byte[0]);
    }

    @Override
    public byte[] evidence() {
        return attachments.getOrDefault(EVIDENCE, new byte[0]);
    }

    @Override
    public Optional<CanonicalCms.Signer> signer() {
        return Optional.of(signer);
    }

    @Override
    public String kind() {
        return "PDF";
    }

    @Override
    public void comparePrinted(List<Figure> figures, Findings findings) {
        new PrintedPages(pages).compare(figures, findings);
    }
}
