package energy.audit.report;

import static com.lowagie.text.Element.ALIGN_LEFT;
import static com.lowagie.text.Element.ALIGN_RIGHT;

import com.lowagie.text.Chunk;
import com.lowagie.text.Document;
import com.lowagie.text.Image;
import com.lowagie.text.Paragraph;
import com.lowagie.text.Phrase;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfWriter;
import energy.audit.evidence.wire.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A site's energy: by source with a chart, by meter, and what else is counted; every number with its figure id. */
final class EnergyPages {
    /** Meters side by side in one table, so that a number and its id stay on one line. */
    private static final int ABREAST = 5;

    private final ReportContent content;
    private final SitePlan site;
    private final ReportTexts texts;
    private final PdfLook look;
    private final Map<String, Figure> figures;

    EnergyPages(ReportContent content, SitePlan site, ReportTexts texts, PdfLook look, Map<String, Figure> figures) {
        this.content = content;
        this.site = site;
        this.texts = texts;
        this.look = look;
        this.figures = figures;
    }

    void addTo(Document document, PdfWriter writer) {
        document.add(title(look, site.name(), headline()));
        document.add(look.soft(texts.say("energy.zone", site.zone().getId())));
        if (!site.sources().isEmpty()) {
            look.heading(document, writer, texts.say("energy.bySource"));
            if (site.spans().size() > 1) {
                MonthlyBars bars = new MonthlyBars(site, texts, look, figures);
                Image chart =
                        Image.getInstance(bars.draw(writer.getDirectContent(), document.right() - document.left()));
                chart.setSpacingAfter(6);
                document.add(chart);
            }
            table(document, site.sources(), true);
        }
        if (!site.meters().isEmpty()) {
            look.heading(document, writer, texts.say("energy.byMeter"));
            document.add(look.soft(texts.say("energy.byMeterRule")));
            inBlocks(document, site.meters());
        }
        if (!site.others().isEmpty()) {
            look.heading(document, writer, texts.say("energy.others"));
            inBlocks(document, site.others());
        }
        if (site.spans().stream().anyMatch(span -> !span.whole())) {
            document.add(look.soft(texts.say("energy.cut")));
        }
        if (content.figures().getFiguresCount() == 0) {
            document.add(look.paragraph(texts.say("cover.noFigures")));
        }
    }

    static Paragraph title(PdfLook look, String small, String answer) {
        Paragraph title = new Paragraph();
        title.setLeading(22);
        title.add(new Chunk(small + "\n", look.strong(9, PdfLook.BRAND)));
        title.add(new Chunk(answer, look.strong(16, PdfLook.INK)));
        title.setSpacingAfter(6);
        return title;
    }

    private String headline() {
        String amounts = site.sources().stream()
                .map(row -> figures.get(row.total()))
                .filter(figure -> figure != null && !figure.getValue().isEmpty())
                .map(figure -> texts.say(
                        "energy.amount",
                        ReportTexts.grouped(figure.getValue()),
                        texts.word("source", figure.getEnergySource()).toLowerCase(texts.locale())))
                .collect(Collectors.joining(texts.say("energy.and")));
        return amounts.isEmpty() ? texts.say("energy.none") : texts.say("energy.used", amounts);
    }

    private void inBlocks(Document document, List<PlanRow> rows) {
        for (int at = 0; at < rows.size(); at += ABREAST) {
            table(document, rows.subList(at, Math.min(rows.size(), at + ABREAST)), false);
        }
    }

    /** Months down, meters or sources across, the whole period below. */
    private void table(Document document, List<PlanRow> rows, boolean bold) {
        int columns = Math.max(rows.size(), 3);
        float[] widths = new float[columns + 1];
        java.util.Arrays.fill(widths, 22);
        widths[0] = 15;
        PdfPTable table = PdfLook.table(widths);
        table.addCell(look.head(texts.say("energy.month"), ALIGN_LEFT));
        for (PlanRow row : rows) {
            String above =
                    row.isSum() ? texts.word("source", row.label()) : "\u2013 ".repeat(row.depth()) + row.label();
            String unit = row.isSum() || row.unit().equals("kWh")
                    ? row.unit()
                    : texts.word("quantity", row.quantity()) + ", " + texts.word("unit", row.unit());
            Paragraph head = new Paragraph(above + "\n", look.strong(8, PdfLook.source(row.source())));
            head.add(new Chunk(unit, look.text(7.5f, PdfLook.SOFT)));
            com.lowagie.text.pdf.PdfPCell cell = look.head("", ALIGN_RIGHT);
            cell.setPhrase(head);
            table.addCell(cell);
        }
        blanks(table, columns - rows.size(), true);
        for (int at = 0; at < site.spans().size(); at++) {
            Span span = site.spans().get(at);
            String name = texts.month(span.month()) + (span.whole() ? "" : "*");
            table.addCell(look.body(name, ALIGN_LEFT));
            for (PlanRow row : rows) {
                table.addCell(look.body(number(row.figures().get(at), bold ? 9 : 8.5f, false), ALIGN_RIGHT));
            }
            blanks(table, columns - rows.size(), false);
        }
        if (site.spans().size() > 1) {
            table.addCell(
                    look.total(new Phrase(texts.say("energy.total"), look.strong(8.5f, PdfLook.INK)), ALIGN_LEFT));
            List<PlanRow> cells = new ArrayList<>(rows);
            cells.forEach(row -> table.addCell(look.total(number(row.total(), bold ? 9 : 8.5f, true), ALIGN_RIGHT)));
            for (int blank = rows.size(); blank < columns; blank++) {
                table.addCell(look.total(new Phrase(), ALIGN_LEFT));
            }
        }
        document.add(table);
    }

    private void blanks(PdfPTable table, int count, boolean head) {
        for (int blank = 0; blank < count; blank++) {
            table.addCell(head ? look.head("", ALIGN_LEFT) : look.body(new Phrase(), ALIGN_LEFT));
        }
    }

    private Phrase number(String id, float size, boolean bold) {
        Figure figure = figures.get(id);
        return figure == null ? new Phrase() : look.number(figure, texts, size, bold);
    }
}
