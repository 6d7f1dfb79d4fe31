package energy.audit.report;

import com.lowagie.text.Document;
import com.lowagie.text.PageSize;
import com.lowagie.text.pdf.PdfDate;
import com.lowagie.text.pdf.PdfDestination;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfOutline;
import com.lowagie.text.pdf.PdfString;
import com.lowagie.text.pdf.PdfWriter;
import energy.audit.evidence.Hash;
import energy.audit.evidence.wire.Figure;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.GregorianCalendar;
import java.util.Map;

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

    PdfReport(ReportContent content, ReportTexts texts) {
        this.content = content;
        this.texts = texts;
        this.figures = content.byId();
    }

    /** Writes the unsigned pages. */
    void writeTo(OutputStream out) {
        Document document = new Document(PageSize.A4, 48, 48, 62, 56);
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

        new CoverPage(content, texts, look, figures).addTo(document, writer);
        chapter(document, writer, texts.say("scope.title"));
        new ScopePages(content, texts, look).addTo(document);
        for (SitePlan site : content.plan().sites()) {
            chapter(document, writer, site.name());
            new EnergyPages(content, site, texts, look, figures).addTo(document, writer);
        }
        chapter(document, writer, texts.say("quality.title"));
        new QualityPages(content, texts, look).addTo(document);
        chapter(document, writer, texts.say("evidence.title"));
        new EvidencePages(content, texts, look).addTo(document);
        document.close();
    }

    private static void chapter(Document document, PdfWriter writer, String title) {
        document.newPage();
        new PdfOutline(writer.getRootOutline(), new PdfDestination(PdfDestination.FITH, PageSize.A4.getTop()), title);
    }

    private void fixWhatWouldVary(PdfWriter writer) {
        Instant issued = Instant.ofEpochMilli(content.figures().getIssuedAtMs());
        PdfDate date = new PdfDate(GregorianCalendar.from(issued.atZone(ZoneOffset.UTC)));
        writer.getInfo().put(PdfName.PRODUCER, new PdfString(PRODUCER));
        writer.getInfo().put(PdfName.CREATIONDATE, date);
        writer.getInfo().put(PdfName.MODDATE, date);
        byte[] id = Hash.sha256(content.figures().getReportId().getBytes(StandardCharsets.UTF_8))
                .bytes();
        writer.getInfo()
                .put(
                        PdfName.FILEID,
                        com.lowagie.text.pdf.PdfEncryption.createInfoId(Arrays.copyOf(id, 16), Arrays.copyOf(id, 16)));
        writer.getExtraCatalog()
                .put(PdfName.LANG, new PdfString(texts.locale().toLanguageTag(), PdfString.TEXT_UNICODE));
    }
}
