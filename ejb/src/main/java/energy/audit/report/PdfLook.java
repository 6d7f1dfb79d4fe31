package energy.audit.report;

import com.lowagie.text.Chunk;
import com.lowagie.text.Document;
import com.lowagie.text.Element;
import com.lowagie.text.Font;
import com.lowagie.text.PageSize;
import com.lowagie.text.Paragraph;
import com.lowagie.text.Phrase;
import com.lowagie.text.Rectangle;
import com.lowagie.text.pdf.BaseFont;
import com.lowagie.text.pdf.PdfPCell;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfWriter;
import energy.audit.evidence.wire.Figure;
import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.Map;

/** Type, colour and table cells of the printed report; one a document, since fonts remember which glyphs were used. */
final class PdfLook {
    static final Color INK = new Color(0x1b2430);
    static final Color SOFT = new Color(0x5b6675);
    static final Color LINE = new Color(0xd5dbe2);
    static final Color FAINT = new Color(0xf4f6f8);
    static final Color BRAND = new Color(0x0b6e5f);
    static final Color DEEP = new Color(0x10241f);
    static final Color WARN = new Color(0xb45309);

    /** Points: the heading itself and a few rows of what it stands over. */
    private static final float ROOM_BELOW_HEADING = 110;

    /** Left and right, points. */
    static final float MARGIN = 48;

    private static final float TEXT_WIDTH = PageSize.A4.getWidth() - 2 * MARGIN;

    private static final float PADDING = 3;
    private static final float SMALLEST = 5;

    /** Okabe-Ito-like hues that stay apart for colour-blind eyes and in grey; the same as in the portal. */
    private static final Map<String, Color> SOURCES = Map.of(
            "electricity", new Color(0x2563a8),
            "gas", new Color(0xc2631d),
            "heat", new Color(0xa33b6b),
            "water", new Color(0x1a8aa6));

    private final BaseFont regular;
    private final BaseFont strong;
    private final BaseFont mono;

    PdfLook() {
        regular = font("IBMPlexSans-Regular.ttf");
        strong = font("IBMPlexSans-SemiBold.ttf");
        mono = font("IBMPlexMono-Regular.ttf");
    }

    private static BaseFont font(String file) {
        try (InputStream in = PdfLook.class.getResourceAsStream("fonts/" + file)) {
            if (in == null) {
                throw new IllegalStateException("font " + file + " is missing from the report's jar; build it again");
            }
            BaseFont font =
                    BaseFont.createFont(file, BaseFont.IDENTITY_H, BaseFont.EMBEDDED, false, in.readAllBytes(), null);
            font.setSecureRandom(new SameLetters());
            return font;
        } catch (IOException e) {
            throw new UncheckedIOException("font " + file + " cannot be read from the report's jar", e);
        }
    }

    static Color source(String source) {
        return SOURCES.getOrDefault(source, SOFT);
    }

    BaseFont regular() {
        return regular;
    }

    BaseFont strong() {
        return strong;
    }

    Font text(float size, Color color) {
        return new Font(regular, size, Font.NORMAL, color);
    }

    Font strong(float size, Color color) {
        return new Font(strong, size, Font.NORMAL, color);
    }

    Font mono(float size, Color color) {
        return new Font(mono, size, Font.NORMAL, color);
    }

    Paragraph paragraph(String words) {
        Paragraph paragraph = new Paragraph(words, text(9.5f, INK));
        paragraph.setLeading(14);
        paragraph.setSpacingAfter(6);
        return paragraph;
    }

    Paragraph soft(String words) {
        Paragraph paragraph = new Paragraph(words, text(8.5f, SOFT));
        paragraph.setLeading(12);
        paragraph.setSpacingAfter(6);
        return paragraph;
    }

    /** A heading that is never left alone at the foot of a page. */
    void heading(Document document, PdfWriter writer, String words) {
        if (writer.getVerticalPosition(true) - document.bottom() < ROOM_BELOW_HEADING) {
            document.newPage();
        }
        Paragraph paragraph = new Paragraph(words, strong(11, INK));
        paragraph.setLeading(15);
        paragraph.setSpacingBefore(4);
        paragraph.setSpacingAfter(5);
        document.add(paragraph);
    }

    /** The figure's number with its id beside it; a figure that is not fully measured says so in words. */
    Phrase number(Figure figure, ReportTexts texts, float size, boolean bold) {
        Phrase phrase = new Phrase();
        if (figure.getValue().isEmpty()) {
            phrase.add(new Chunk(texts.say("figure.missing"), text(size - 0.5f, WARN)));
        } else {
            phrase.add(new Chunk(ReportTexts.grouped(figure.getValue()), bold ? strong(size, INK) : text(size, INK)));
            if (!figure.getQuality().equals("measured")) {
                phrase.add(new Chunk(" " + texts.word("mark", figure.getQuality()), text(size - 2, WARN)));
            }
        }
        phrase.add(new Chunk(" ", text(size, SOFT)));
        phrase.add(new Chunk(figure.getId(), text(5.8f, SOFT)));
        return phrase;
    }

    /** The same in letters small enough to stand on one line of a column: a number is never broken. */
    Phrase number(Figure figure, ReportTexts texts, float size, float percentOfPage) {
        float room = percentOfPage / 100 * TEXT_WIDTH - 2 * PADDING - 1;
        Phrase phrase = number(figure, texts, size, false);
        for (float smaller = size - 0.5f; width(phrase) > room && smaller >= SMALLEST; smaller -= 0.5f) {
            phrase = number(figure, texts, smaller, false);
        }
        return phrase;
    }

    private static float width(Phrase phrase) {
        float width = 0;
        for (Element chunk : phrase.getChunks()) {
            width += ((Chunk) chunk).getWidthPoint();
        }
        return width;
    }

    static PdfPTable table(float... widths) {
        PdfPTable table = new PdfPTable(widths);
        table.setWidthPercentage(100);
        table.setSpacingBefore(4);
        table.setSpacingAfter(8);
        table.setHeaderRows(1);
        table.setSplitLate(true);
        return table;
    }

    PdfPCell head(String words, int alignment) {
        PdfPCell cell = bare(new Phrase(words, text(7.5f, SOFT)), alignment);
        cell.setBorder(Rectangle.BOTTOM);
        cell.setBorderColor(SOFT);
        cell.setBorderWidth(0.7f);
        cell.setPaddingBottom(4);
        cell.setVerticalAlignment(Element.ALIGN_BOTTOM);
        return cell;
    }

    PdfPCell body(Phrase phrase, int alignment) {
        PdfPCell cell = bare(phrase, alignment);
        cell.setBorder(Rectangle.BOTTOM);
        cell.setBorderColor(LINE);
        cell.setBorderWidth(0.4f);
        return cell;
    }

    PdfPCell body(String words, int alignment) {
        return body(new Phrase(words, text(8.5f, INK)), alignment);
    }

    PdfPCell total(Phrase phrase, int alignment) {
        PdfPCell cell = bare(phrase, alignment);
        cell.setBorder(Rectangle.TOP);
        cell.setBorderColor(INK);
        cell.setBorderWidth(0.8f);
        cell.setBackgroundColor(FAINT);
        return cell;
    }

    static PdfPCell bare(Phrase phrase, int alignment) {
        PdfPCell cell = new PdfPCell(phrase);
        cell.setBorder(Rectangle.NO_BORDER);
        cell.setHorizontalAlignment(alignment);
        cell.setVerticalAlignment(Element.ALIGN_MIDDLE);
        cell.setPaddingTop(3.2f);
        cell.setPaddingBottom(4.2f);
        cell.setPaddingLeft(PADDING);
        cell.setPaddingRight(PADDING);
        cell.setUseAscender(true);
        cell.setUseDescender(true);
        return cell;
    }

    /** OpenPDF names an embedded subset by six random letters; the same report must have the same bytes. */
    private static final class SameLetters extends SecureRandom {
        private static final long serialVersionUID = 1L;

        @Override
        public double nextDouble() {
            return 0.15;
        }
    }
}
