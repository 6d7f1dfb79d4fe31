package energy.audit.report;

import static com.lowagie.text.Element.ALIGN_LEFT;
import static com.lowagie.text.Element.ALIGN_RIGHT;

import com.lowagie.text.Document;
import com.lowagie.text.Paragraph;
import com.lowagie.text.Phrase;
import com.lowagie.text.Rectangle;
import com.lowagie.text.pdf.PdfPCell;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfWriter;
import energy.audit.report.ReportContent.EvidenceFacts;
import energy.audit.report.ReportContent.SigningAgent;

/** What the figures rest on, and how a reader checks them without the server. */
final class EvidencePages {
    private final ReportContent content;
    private final ReportTexts texts;
    private final PdfLook look;

    EvidencePages(ReportContent content, ReportTexts texts, PdfLook look) {
        this.content = content;
        this.texts = texts;
        this.look = look;
    }

    void addTo(Document document, PdfWriter writer) {
        EvidenceFacts evidence = content.evidence();
        document.add(EnergyPages.title(
                look,
                texts.say("evidence.title"),
                texts.say("evidence.answer", ReportTexts.count(evidence.logSize()))));
        document.add(look.paragraph(texts.say("evidence.log")));
        look.heading(document, writer, texts.say("evidence.checkpoint"));
        document.add(framed(evidence.checkpoint()));
        look.heading(document, writer, texts.say("evidence.keys"));
        document.add(look.soft(texts.say("evidence.keysRule")));
        document.add(keys(evidence));
        look.heading(document, writer, texts.say("evidence.attached"));
        document.add(look.paragraph(texts.say("evidence.files", ReportTexts.count(evidence.entries()))));
        look.heading(document, writer, texts.say("evidence.verify"));
        document.add(framed("./energy-audit verify FILE --trust trust.json\n"
                + "java -jar energy-audit-verifier.jar FILE --trust trust.json\n"
                + "./energy-audit verify FILE --explain F0001"));
        document.add(look.paragraph(texts.say("evidence.checks")));
        look.heading(document, writer, texts.say("evidence.formulas"));
        document.add(look.paragraph(texts.say("evidence.registerDifference")));
        document.add(look.paragraph(texts.say("evidence.sum")));
        if (!content.enpis().isEmpty()) {
            document.add(look.paragraph(texts.say("evidence.enpi")));
        }
        document.add(look.soft(texts.say("evidence.notSaid")));
    }

    private PdfPTable keys(EvidenceFacts evidence) {
        PdfPTable table = PdfLook.table(24, 62, 14);
        table.addCell(look.head(texts.say("evidence.column.key"), ALIGN_LEFT));
        table.addCell(look.head(texts.say("evidence.column.fingerprint"), ALIGN_LEFT));
        table.addCell(look.head(texts.say("evidence.column.batches"), ALIGN_RIGHT));
        key(table, texts.say("evidence.logKey"), evidence.logKeyFingerprint(), "");
        for (SigningAgent agent : evidence.agents()) {
            key(table, agent.agent(), agent.keyFingerprint(), ReportTexts.count(agent.batches()));
        }
        return table;
    }

    private void key(PdfPTable table, String name, String fingerprint, String batches) {
        table.addCell(look.body(new Phrase(name, look.text(8, PdfLook.INK)), ALIGN_LEFT));
        table.addCell(look.body(new Phrase(fingerprint, look.mono(7, PdfLook.INK)), ALIGN_LEFT));
        table.addCell(look.body(new Phrase(batches, look.text(8, PdfLook.INK)), ALIGN_RIGHT));
    }

    private PdfPTable framed(String lines) {
        PdfPTable table = new PdfPTable(1);
        table.setWidthPercentage(100);
        table.setSpacingBefore(5);
        table.setSpacingAfter(6);
        PdfPCell cell = new PdfPCell();
        cell.setBorder(Rectangle.NO_BORDER);
        cell.setBackgroundColor(PdfLook.FAINT);
        cell.setPadding(8);
        cell.setPaddingTop(4);
        Paragraph text = new Paragraph(lines.stripTrailing(), look.mono(7.2f, PdfLook.INK));
        text.setLeading(11);
        cell.addElement(text);
        table.addCell(cell);
        return table;
    }
}
