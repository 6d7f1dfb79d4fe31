package energy.audit.report;

import com.lowagie.text.Rectangle;
import com.lowagie.text.pdf.PdfAnnotation;
import com.lowagie.text.pdf.PdfDate;
import com.lowagie.text.pdf.PdfDictionary;
import com.lowagie.text.pdf.PdfFormField;
import com.lowagie.text.pdf.PdfIndirectReference;
import com.lowagie.text.pdf.PdfLiteral;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfString;
import com.lowagie.text.pdf.PdfWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Keeps room for a signature over the whole file in its one revision, and settles what it covers. */
final class SignatureRoom {
    /** Hexadecimal digits for the signature: 4 KiB of CMS, several times what a P-256 certificate needs. */
    private static final int DIGITS = 8_192;

    private static final String RANGE = "[0 0000000000 0000000000 0000000000]";

    private SignatureRoom() {}

    /** Adds the signature's dictionary and its field, which shows nothing on a page. */
    static void keep(PdfWriter writer, PdfDate signedAt, String reason) throws IOException {
        PdfDictionary signature = new PdfDictionary(new PdfName("Sig"));
        signature.put(PdfName.FILTER, new PdfName("Adobe.PPKLite"));
        signature.put(PdfName.SUBFILTER, new PdfName("adbe.pkcs7.detached"));
        signature.put(PdfName.M, signedAt);
        signature.put(PdfName.REASON, new PdfString(reason, PdfString.TEXT_UNICODE));
        signature.put(PdfName.BYTERANGE, new PdfLiteral(RANGE));
        signature.put(PdfName.CONTENTS, new PdfLiteral("<" + "0".repeat(DIGITS) + ">"));
        PdfIndirectReference reference = writer.addToBody(signature).getIndirectReference();
        PdfFormField field = PdfFormField.createSignature(writer);
        field.setFieldName("report");
        field.setWidget(new Rectangle(0, 0, 0, 0), PdfAnnotation.HIGHLIGHT_NONE);
        field.setFlags(PdfAnnotation.FLAGS_PRINT | PdfAnnotation.FLAGS_LOCKED);
        field.put(PdfName.V, reference);
        field.setPage(1);
        writer.addAnnotation(field);
    }

    /** Writes what the signature covers over the place kept for it; the length stays the same. */
    static byte[] settled(byte[] pdf) {
        String text = new String(pdf, StandardCharsets.ISO_8859_1);
        int range = text.lastIndexOf(RANGE);
        int start = text.lastIndexOf("<" + "0".repeat(DIGITS) + ">");
        if (range < 0 || start < 0) {
            throw new IllegalStateException("the PDF has no room for a signature; SignatureRoom.keep was not called");
        }
        int end = start + DIGITS + 2;
        String numbers = "[0 " + start + " " + end + " " + (pdf.length - end);
        String settled = numbers + " ".repeat(RANGE.length() - numbers.length() - 1) + "]";
        byte[] copy = pdf.clone();
        System.arraycopy(settled.getBytes(StandardCharsets.US_ASCII), 0, copy, range, settled.length());
        return copy;
    }
}
