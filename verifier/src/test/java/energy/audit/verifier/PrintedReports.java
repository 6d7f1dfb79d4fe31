package energy.audit.verifier;

import energy.audit.evidence.SealedArchive;
import energy.audit.evidence.SignedPdf;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.EvidenceBundle;
import energy.audit.evidence.wire.Figure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Writes bundles as report files, as a server would. */
final class PrintedReports {
    private static final String HEAD =
            "figure,label,site,meter,channel,energy_source,from,to,unit,value,quality,coverage,formula,terms,note\r\n";

    private PrintedReports() {}

    /** A key and the self-signed certificate over it. */
    record Signatory(KeyPair keys, X509Certificate certificate) {}

    static Signatory signatory() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        X500Principal name = new X500Principal("CN=Test reports");
        var certificate = new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.valueOf(7),
                        Date.from(Instant.parse("2026-01-01T00:00:00Z")),
                        Date.from(Instant.parse("2036-01-01T00:00:00Z")),
                        name,
                        keys.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
        return new Signatory(keys, new JcaX509CertificateConverter().getCertificate(certificate));
    }

    static byte[] zip(EvidenceBundle bundle, SigningKey logKey) throws IOException {
        return zip(bundle, bundle.getFigures().getFiguresList(), logKey);
    }

    /** @param printed what figures.csv says, which may differ from the bundle */
    static byte[] zip(EvidenceBundle bundle, List<Figure> printed, SigningKey logKey) throws IOException {
        String rows = printed.stream().map(PrintedReports::row).collect(Collectors.joining());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SealedArchive.seal(
                Map.of(
                        "README.txt", "A report.\n".getBytes(StandardCharsets.UTF_8),
                        "figures.csv", (HEAD + rows).getBytes(StandardCharsets.UTF_8),
                        "figures.pb", bundle.getFigures().toByteArray(),
                        "evidence.pb", bundle.toByteArray()),
                logKey,
                out);
        return out.toByteArray();
    }

    private static String row(Figure figure) {
        return String.join(
                        ",",
                        figure.getId(),
                        figure.getLabel(),
                        figure.getSite(),
                        figure.getMeter(),
                        figure.getChannel(),
                        figure.getEnergySource(),
                        Instant.ofEpochMilli(figure.getFromMs()).toString(),
                        Instant.ofEpochMilli(figure.getToMs()).toString(),
                        figure.getUnit(),
                        figure.getValue(),
                        figure.getQuality(),
                        figure.getCoverage(),
                        figure.getFormula(),
                        String.join(" ", figure.getTermsList()),
                        "\"" + figure.getNote().replace("\"", "\"\"") + "\"")
                + "\r\n";
    }

    /** Lines as the server prints them: "May 2026 1 234.5 F0001". */
    static List<String> lines(EvidenceBundle bundle) {
        return bundle.getFigures().getFiguresList().stream()
                .map(figure -> "May 2026 " + (figure.getValue().isEmpty() ? "no figure" : figure.getValue()) + " "
                        + figure.getId())
                .toList();
    }

    /** A PDF with one page of lines and both attachments, signed over the whole file. */
    static byte[] pdf(EvidenceBundle bundle, List<String> lines, Signatory signatory) throws Exception {
        return pdf(bundle.toByteArray(), bundle, lines, signatory, false);
    }

    /**
     * @param evidence what evidence.pb holds
     * @param packed whether attachments are deflated
     */
    static byte[] pdf(byte[] evidence, EvidenceBundle bundle, List<String> lines, Signatory signatory, boolean packed)
            throws Exception {
        ByteArrayOutputStream unsigned = new ByteArrayOutputStream();
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            document.addPage(page);
            try (PDPageContentStream text = new PDPageContentStream(document, page)) {
                text.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 10);
                text.beginText();
                text.setLeading(14);
                text.newLineAtOffset(50, 700);
                for (String line : lines) {
                    text.showText(line);
                    text.newLine();
                }
                text.endText();
            }
            Map<String, PDComplexFileSpecification> files = new TreeMap<>();
            files.put("evidence.pb", file(document, "evidence.pb", evidence, packed));
            files.put(
                    "figures.pb",
                    file(document, "figures.pb", bundle.getFigures().toByteArray(), packed));
            PDEmbeddedFilesNameTreeNode tree = new PDEmbeddedFilesNameTreeNode();
            tree.setNames(files);
            PDDocumentNameDictionary names = new PDDocumentNameDictionary(document.getDocumentCatalog());
            names.setEmbeddedFiles(tree);
            document.getDocumentCatalog().setNames(names);
            document.save(unsigned);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PDDocument document = Loader.loadPDF(unsigned.toByteArray())) {
            PDSignature signature = new PDSignature();
            signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
            signature.setSubFilter(PDSignature.SUBFILTER_ADBE_PKCS7_DETACHED);
            document.addSignature(signature);
            document.saveIncrementalForExternalSigning(out).setSignature(new byte[0]);
        }
        return SignedPdf.sign(
                out.toByteArray(),
                signatory.keys().getPrivate(),
                signatory.certificate(),
                Instant.parse("2026-11-23T00:00:00Z"));
    }

    private static PDComplexFileSpecification file(PDDocument document, String name, byte[] content, boolean packed)
            throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(content);
        PDEmbeddedFile embedded =
                packed ? new PDEmbeddedFile(document, in, COSName.FLATE_DECODE) : new PDEmbeddedFile(document, in);
        embedded.setSize(content.length);
        PDComplexFileSpecification specification = new PDComplexFileSpecification();
        specification.setFile(name);
        specification.setFileUnicode(name);
        specification.setEmbeddedFile(embedded);
        return specification;
    }
}
