package energy.audit.report;

import com.lowagie.text.Document;
import com.lowagie.text.Element;
import com.lowagie.text.Phrase;
import com.lowagie.text.Rectangle;
import com.lowagie.text.pdf.ColumnText;
import com.lowagie.text.pdf.PdfContentByte;
import com.lowagie.text.pdf.PdfPageEventHelper;
import com.lowagie.text.pdf.PdfTemplate;
import com.lowagie.text.pdf.PdfWriter;
import org.jspecify.annotations.Nullable;

/** Head and foot of every page but the cover: whose report it is, what it rests on, page x of y. */
final class PageFrame extends PdfPageEventHelper {
    private static final float SIZE = 7.5f;

    private final ReportContent content;
    private final ReportTexts texts;
    private final PdfLook look;
    private @Nullable PdfTemplate pages;

    PageFrame(ReportContent content, ReportTexts texts, PdfLook look) {
        this.content = content;
        this.texts = texts;
        this.look = look;
    }

    @Override
    public void onOpenDocument(PdfWriter writer, Document document) {
        pages = writer.getDirectContent().createTemplate(40, 12);
    }

    @Override
    public void onEndPage(PdfWriter writer, Document document) {
        Rectangle page = document.getPageSize();
        PdfContentByte canvas = writer.getDirectContent();
        if (writer.getPageNumber() > 1) {
            float head = page.getTop() - 36;
            words(canvas, Element.ALIGN_LEFT, content.figures().getTenantName(), document.left(), head);
            words(canvas, Element.ALIGN_RIGHT, texts.say("cover.title"), document.right(), head);
            rule(canvas, document, head - 7);
        }
        float foot = 30;
        rule(canvas, document, foot + 12);
        String rest = texts.say(
                "frame.rests",
                content.figures().getReportId(),
                ReportTexts.count(content.evidence().logSize()),
                content.evidence().rootHex().substring(0, 16));
        words(canvas, Element.ALIGN_LEFT, rest, document.left(), foot);
        String before = texts.say("frame.page", writer.getPageNumber());
        float width = look.regular().getWidthPoint("000", SIZE);
        words(canvas, Element.ALIGN_RIGHT, before, document.right() - width, foot);
        if (pages != null) {
            canvas.addTemplate(pages, document.right() - width, foot);
        }
    }

    @Override
    public void onCloseDocument(PdfWriter writer, Document document) {
        if (pages != null) {
            // the writer has already counted one page more when it closes
            String total = " " + (writer.getPageNumber() - 1);
            ColumnText.showTextAligned(
                    pages, Element.ALIGN_LEFT, new Phrase(total, look.text(SIZE, PdfLook.SOFT)), 0, 0, 0);
        }
    }

    private void words(PdfContentByte canvas, int alignment, String words, float x, float y) {
        ColumnText.showTextAligned(canvas, alignment, new Phrase(words, look.text(SIZE, PdfLook.SOFT)), x, y, 0);
    }

    private static void rule(PdfContentByte canvas, Document document, float y) {
        canvas.saveState();
        canvas.setColorStroke(PdfLook.LINE);
        canvas.setLineWidth(0.5f);
        canvas.moveTo(document.left(), y);
        canvas.lineTo(document.right(), y);
        canvas.stroke();
        canvas.restoreState();
    }
}
