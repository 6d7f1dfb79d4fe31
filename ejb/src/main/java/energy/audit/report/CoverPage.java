package energy.audit.report;

import com.lowagie.text.Document;
import com.lowagie.text.Element;
import com.lowagie.text.Paragraph;
import com.lowagie.text.Phrase;
import com.lowagie.text.Rectangle;
import com.lowagie.text.pdf.ColumnText;
import com.lowagie.text.pdf.PdfContentByte;
import com.lowagie.text.pdf.PdfPCell;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfWriter;
import energy.audit.evidence.wire.Figure;
import java.awt.Color;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** First page: whose energy, which period, how much in all, and what the figures rest on. */
final class CoverPage {
    private static final float BAND = 268;

    private final ReportContent content;
    private final ReportTexts texts;
    private final PdfLook look;
    private final Map<String, Figure> figures;

    CoverPage(ReportContent content, ReportTexts texts, PdfLook look, Map<String, Figure> figures) {
        this.content = content;
        this.texts = texts;
        this.look = look;
        this.figures = figures;
    }

    void addTo(Document document, PdfWriter writer) {
        band(document, writer.getDirectContentUnder());
        ColumnText column = new ColumnText(writer.getDirectContent());
        column.setSimpleColumn(
                document.left(),
                document.bottom(),
                document.right(),
                document.getPageSize().getTop() - BAND - 24);
        column.addElement(keyFigures());
        column.addElement(trust());
        column.addElement(facts());
        column.go();
        writer.setPageEmpty(false);
    }

    private void band(Document document, PdfContentByte canvas) {
        Rectangle page = document.getPageSize();
        float bottom = page.getTop() - BAND;
        canvas.saveState();
        canvas.setColorFill(PdfLook.DEEP);
        canvas.rectangle(0, bottom, page.getWidth(), BAND);
        canvas.fill();
        canvas.setColorFill(PdfLook.BRAND);
        canvas.rectangle(0, bottom - 4, page.getWidth(), 4);
        canvas.fill();
        canvas.restoreState();
        Color pale = new Color(0xcfe0db);
        line(canvas, PdfReport.PRODUCER, look.strong(10, pale), document, page.getTop() - 52);
        line(canvas, texts.say("cover.title"), look.strong(30, Color.WHITE), document, page.getTop() - 140);
        line(canvas, content.figures().getTenantName(), look.text(17, Color.WHITE), document, page.getTop() - 168);
        line(canvas, period(), look.text(12, pale), document, page.getTop() - 206);
        String sites = content.plan().sites().stream().map(SitePlan::name).collect(Collectors.joining(" \u00b7 "));
        line(canvas, sites, look.text(12, pale), document, page.getTop() - 224);
    }

    private static void line(
            PdfContentByte canvas, String words, com.lowagie.text.Font font, Document document, float y) {
        ColumnText.showTextAligned(canvas, Element.ALIGN_LEFT, new Phrase(words, font), document.left(), y, 0);
    }

    private String period() {
        SitePlan site = content.plan().sites().get(0);
        LocalDate first = site.spans().get(0).from().atZone(site.zone()).toLocalDate();
        LocalDate last = site.spans()
                .get(site.spans().size() - 1)
                .to()
                .atZone(site.zone())
                .toLocalDate()
                .minusDays(1);
        return first.equals(last) ? texts.day(first) : texts.say("cover.period", texts.day(first), texts.day(last));
    }

    private PdfPTable keyFigures() {
        List<PlanRow> rows = content.plan().totals().isEmpty()
                ? content.plan().sites().get(0).sources()
                : content.plan().totals();
        PdfPTable table = new PdfPTable(Math.max(1, rows.size()));
        table.setWidthPercentage(100);
        table.setSpacingAfter(16);
        for (PlanRow row : rows) {
            PdfPCell cell = new PdfPCell();
            cell.setBorder(Rectangle.LEFT);
            cell.setBorderColor(PdfLook.source(row.source()));
            cell.setBorderWidth(3);
            cell.setPaddingLeft(10);
            cell.setPaddingBottom(6);
            Figure figure = figures.get(row.total());
            cell.addElement(new Paragraph(texts.word("source", row.source()), look.text(9.5f, PdfLook.SOFT)));
            Paragraph number = new Paragraph(figure == null ? new Phrase() : look.number(figure, texts, 19, true));
            number.setLeading(25);
            cell.addElement(number);
            cell.addElement(new Paragraph(row.unit(), look.text(9, PdfLook.SOFT)));
            table.addCell(cell);
        }
        if (rows.isEmpty()) {
            table.addCell(PdfLook.bare(new Phrase(texts.say("cover.noFigures"), look.text(10, PdfLook.SOFT)), 0));
        }
        return table;
    }

    private PdfPTable trust() {
        PdfPTable table = new PdfPTable(1);
        table.setWidthPercentage(100);
        table.setSpacingAfter(14);
        PdfPCell cell = new PdfPCell();
        cell.setBorder(Rectangle.NO_BORDER);
        cell.setBackgroundColor(new Color(0xeef7f4));
        cell.setPadding(12);
        cell.setPaddingTop(8);
        Paragraph head = new Paragraph(headline(), look.strong(11, PdfLook.BRAND));
        head.setLeading(16);
        head.setSpacingAfter(4);
        cell.addElement(head);
        Paragraph words = new Paragraph(
                texts.say("cover.trust", ReportTexts.count(content.evidence().logSize())),
                look.text(9.5f, PdfLook.INK));
        words.setLeading(14);
        cell.addElement(words);
        table.addCell(cell);
        return table;
    }

    /** How many figures rest on what: the answer before the reader asks. */
    private String headline() {
        Map<String, Long> byQuality = content.figures().getFiguresList().stream()
                .collect(Collectors.groupingBy(Figure::getQuality, Collectors.counting()));
        long all = content.figures().getFiguresCount();
        long measured = byQuality.getOrDefault("measured", 0L);
        if (measured == all) {
            return texts.say("cover.allMeasured", ReportTexts.count(all));
        }
        return texts.say(
                "cover.someMeasured",
                ReportTexts.count(measured),
                ReportTexts.count(all),
                ReportTexts.count(byQuality.getOrDefault("estimated", 0L)),
                ReportTexts.count(byQuality.getOrDefault("partial", 0L)),
                ReportTexts.count(byQuality.getOrDefault("missing", 0L)));
    }

    private PdfPTable facts() {
        PdfPTable table = new PdfPTable(new float[] {22, 78});
        table.setWidthPercentage(100);
        fact(table, "fact.report", content.figures().getReportId(), false);
        fact(
                table,
                "fact.issued",
                texts.utc(Instant.ofEpochMilli(content.figures().getIssuedAtMs())),
                false);
        fact(table, "fact.tenant", content.figures().getTenant(), false);
        fact(table, "fact.logSize", ReportTexts.count(content.evidence().logSize()), false);
        fact(table, "fact.root", content.evidence().rootHex(), true);
        fact(table, "fact.verify", "./energy-audit verify FILE", true);
        return table;
    }

    private void fact(PdfPTable table, String key, String value, boolean mono) {
        table.addCell(look.body(new Phrase(texts.say(key), look.text(8.5f, PdfLook.SOFT)), Element.ALIGN_LEFT));
        table.addCell(look.body(
                new Phrase(value, mono ? look.mono(8, PdfLook.INK) : look.text(9, PdfLook.INK)), Element.ALIGN_LEFT));
    }
}
