package energy.audit.report;

import com.lowagie.text.Document;
import com.lowagie.text.PageSize;
import com.lowagie.text.pdf.PdfArray;
import com.lowagie.text.pdf.PdfDate;
import com.lowagie.text.pdf.PdfDestination;
import com.lowagie.text.pdf.PdfDictionary;
import com.lowagie.text.pdf.PdfEncryption;
import com.lowagie.text.pdf.PdfFileSpecification;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfOutline;
import com.lowagie.text.pdf.PdfStream;
import com.lowagie.text.pdf.PdfString;
import com.lowagie.text.pdf.PdfWriter;
import energy.audit.evidence.Hash;
import energy.audit.evidence.wire.Figure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.GregorianCalendar;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lays a report out on A4 pages. The same content gives the same bytes: producer, dates and file id come from the
 * content, nothing from the machine.
 */
final class PdfReport {
    static final String PRODUCER = "Industrial Energy Audit";

    private final ReportContent content;
    private final ReportTexts texts;
    private final PdfLook look = new PdfLook();
    private final Map<String, Figure> figures;
    private final Map<String, byte[]> attachments = new TreeMap<>();

    PdfReport(ReportContent content, ReportTexts texts) {
        this.content = content;
        this.texts = texts;
        this.figures = content.byId();
    }

    /** Files that the PDF carries, byte for byte. */
    PdfReport attach(byte[] figuresFile, byte[] evidenceFile) {
        attachments.put("figures.pb", figuresFile);
        attachments.put("evidence.pb", evidenceFile);
        return this;
    }

    /** Writes the pages and attachments, with room for the signature. */
    void writeTo(OutputStream out) throws IOException {
        Document document = new Document(PageSize.A4, PdfLook.MARGIN, PdfLook.MARGIN, 62, 56);
        PdfWriter writer = PdfWriter.getInstance(document, out);
        writer.setPdfVersion(PdfWriter.VERSION_1_7);
        writer.setCompressionLevel(9);
        writer.setViewerPreferences(PdfWriter.PageModeUseOutlines | PdfWriter.DisplayDocTitle);
        writer.setPageEvent(new PageFrame(content, texts, look));
        String title = texts.say("cover.title") + " \u00b7 " + content.figures().getTenantName();
        document.addTitle(title);
        document.addAuthor(content.figures().getTenantName());
        document.addSubject(texts.say("cover.subject", content.figures().getReportId()));
        document.open();
        fixWhatWouldVary(writer);
        SignatureRoom.keep(writer, issuedAt(), texts.say("evidence.reason"));
        attachAll(writer);
        new CoverPage(content, texts, look, figures).addTo(document, writer);
        chapter(document, writer, texts.say("scope.title"));
        new ScopePages(content, texts, look).addTo(document, writer);
        for (SitePlan site : content.plan().sites()) {
            chapter(document, writer, site.name());
            new EnergyPages(content, site, texts, look, figures).addTo(document, writer);
        }
        for (EnpiChapter enpi : content.enpis()) {
            chapter(document, writer, enpi.of().enpi().name());
            new EnpiPages(enpi, texts, look, figures).addTo(document, writer);
        }
        chapter(document, writer, texts.say("quality.title"));
        new QualityPages(content, texts, look).addTo(document, writer);
        if (content.since().isPresent()) {
            KnownSince since = content.since().get();
            chapter(document, writer, texts.say("since.title", ReportTexts.count(since.earlierSize())));
            new SincePages(since, texts, look).addTo(document);
        }
        chapter(document, writer, texts.say("evidence.title"));
        new EvidencePages(content, texts, look).addTo(document, writer);
        document.close();
    }

    private static void chapter(Document document, PdfWriter writer, String title) {
        document.newPage();
        new PdfOutline(writer.getRootOutline(), new PdfDestination(PdfDestination.FITH, PageSize.A4.getTop()), title);
    }

    private PdfDate issuedAt() {
        Instant issued = Instant.ofEpochMilli(content.figures().getIssuedAtMs());
        return new PdfDate(GregorianCalendar.from(issued.atZone(ZoneOffset.UTC)));
    }

    /** Attached to the document as a whole and named as its data, so that any reader lists them. */
    private void attachAll(PdfWriter writer) throws IOException {
        PdfArray associated = new PdfArray();
        for (Map.Entry<String, byte[]> attachment : attachments.entrySet()) {
            PdfDictionary parameters = new PdfDictionary();
            parameters.put(PdfName.MODDATE, issuedAt());
            PdfFileSpecification file = PdfFileSpecification.fileEmbedded(
                    writer,
                    attachment.getKey(),
                    attachment.getKey(),
                    attachment.getValue(),
                    "application/x-protobuf",
                    parameters,
                    PdfStream.BEST_COMPRESSION);
            file.addDescription(texts.say("attachment." + attachment.getKey()), true);
            file.put(new PdfName("AFRelationship"), new PdfName("Data"));
            writer.addFileAttachment(attachment.getKey(), file);
            associated.add(file.getReference());
        }
        if (!attachments.isEmpty()) {
            writer.getExtraCatalog().put(new PdfName("AF"), associated);
        }
    }

    private void fixWhatWouldVary(PdfWriter writer) {
        PdfDate date = issuedAt();
        writer.getInfo().put(PdfName.PRODUCER, new PdfString(PRODUCER));
        writer.getInfo().put(PdfName.CREATIONDATE, date);
        writer.getInfo().put(PdfName.MODDATE, date);
        byte[] id = Hash.sha256(content.figures().getReportId().getBytes(StandardCharsets.UTF_8))
                .bytes();
        writer.getInfo().put(PdfName.FILEID, PdfEncryption.createInfoId(Arrays.copyOf(id, 16), Arrays.copyOf(id, 16)));
        writer.getExtraCatalog()
                .put(PdfName.LANG, new PdfString(texts.locale().toLanguageTag(), PdfString.TEXT_UNICODE));
    }
}
