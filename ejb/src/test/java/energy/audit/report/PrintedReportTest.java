package energy.audit.report;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.SignedPdf;
import energy.audit.evidence.wire.Figure;
import energy.audit.kernel.Promise;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

class PrintedReportTest {
    private static final byte[] EVIDENCE = "evidence".getBytes(StandardCharsets.UTF_8);
    private final ReportContent content = SampleReport.yearOfTwoSites();
    private final Instant signedAt = Instant.ofEpochMilli(content.figures().getIssuedAtMs());

    @Test
    @Promise("report.R3")
    void theSameContentGivesTheSameBytes() throws IOException {
        assertThat(pages()).isEqualTo(pages());
    }

    @Test
    void theWholeFileIsSignedSoThatAChangedByteAnywhereIsRefused() throws Exception {
        byte[] signed = signed();
        Files.write(Path.of("target", "sample-report.pdf"), signed);
        assertThat(SignedPdf.verify(signed).signingTime()).isEqualTo(signedAt);
        Random random = new Random(20261123);
        for (int i = 0; i < 300; i++) {
            byte[] forged = signed.clone();
            int at = random.nextInt(forged.length);
            forged[at] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> SignedPdf.verify(forged)).as("byte %d", at).isInstanceOf(MalformedEvidence.class);
        }
    }

    @Test
    void everyFigureStandsOnAPageWithItsIdBesideIt() throws IOException {
        try (PDDocument document = Loader.loadPDF(pages())) {
            String text = new PDFTextStripper().getText(document);
            for (Figure figure : content.figures().getFiguresList()) {
                String printed = figure.getValue().isEmpty() ? "no figure" : ReportTexts.grouped(figure.getValue());
                String mark = figure.getQuality().equals("estimated") ? " est." : "";
                assertThat(text).contains(printed + mark + " " + figure.getId());
            }
        }
    }

    @Test
    void figuresAndEvidenceAreAttachedByteForByte() throws IOException {
        try (PDDocument document = Loader.loadPDF(pages())) {
            Map<String, PDComplexFileSpecification> files = new PDDocumentNameDictionary(document.getDocumentCatalog())
                    .getEmbeddedFiles()
                    .getNames();
            assertThat(files).containsOnlyKeys("evidence.pb", "figures.pb");
            assertThat(requireNonNull(files.get("evidence.pb"))
                            .getEmbeddedFile()
                            .toByteArray())
                    .isEqualTo(EVIDENCE);
            assertThat(requireNonNull(files.get("figures.pb")).getEmbeddedFile().toByteArray())
                    .isEqualTo(content.figures().toByteArray());
        }
    }

    private byte[] pages() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new PdfReport(content, ReportTexts.in(Locale.ENGLISH))
                .attach(content.figures().toByteArray(), EVIDENCE)
                .writeTo(out);
        return SignatureRoom.settled(out.toByteArray());
    }

    private byte[] signed() throws Exception {
        ReportKey key = TestKeys.reportKey();
        return SignedPdf.sign(pages(), key.key(), key.certificate(), signedAt);
    }
}
