package energy.audit.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The signature of a PDF in one form only, judged on the bytes of the file before any PDF library parses them. The last
 * {@code /ByteRange [0 a b c]} covers the whole file but exactly {@code <…>} of {@code /Contents}; in there stand the
 * {@link CanonicalCms} in lower-case hexadecimal and then only digits 0. So no byte of the file is free.
 */
public final class SignedPdf {
    private static final String WHAT = "PDF signature";
    private static final Pattern BYTE_RANGE = Pattern.compile(
            "/ByteRange\\s{0,4}\\[\\s{0,4}0 {1,4}(\\d{1,10}) {1,4}(\\d{1,10}) {1,4}(\\d{1,10})\\s{0,64}]");
    private static final byte[] END_OF_FILE = "%%EOF".getBytes(StandardCharsets.US_ASCII);

    private SignedPdf() {}

    /** Where {@code <} of Contents stands, and the byte after its {@code >}. */
    private record Gap(int start, int end) {}

    /**
     * Signs a PDF that any library has prepared: its signature dictionary has the final {@code /ByteRange}, and
     * {@code /Contents <000…0>} with room for the signature (2,048 digits are enough for a small certificate, 8,192 usual).
     *
     * @return a copy with the signature filled in
     * @throws MalformedEvidence if the PDF is not prepared so, or the room is too small
     */
    public static byte[] sign(byte[] prepared, PrivateKey key, X509Certificate certificate, Instant signingTime)
            throws MalformedEvidence, GeneralSecurityException, IOException {
        Gap gap = gap(prepared);
        byte[] cms = CanonicalCms.sign(digest(prepared, gap), key, certificate, signingTime);
        byte[] digits = HexFormat.of().formatHex(cms).getBytes(StandardCharsets.US_ASCII);
        if (digits.length > gap.end - gap.start - 2) {
            throw new MalformedEvidence(
                    WHAT,
                    "Contents",
                    "there is room for " + (gap.end - gap.start - 2) + " digits, needed are " + digits.length);
        }
        byte[] signed = prepared.clone();
        Arrays.fill(signed, gap.start + 1, gap.end - 1, (byte) '0');
        System.arraycopy(digits, 0, signed, gap.start + 1, digits.length);
        return signed;
    }

    /**
     * Checks the signature of the whole file.
     *
     * @return who signed, and when he said it was; whether that certificate is the right one is for the caller to know
     * @throws MalformedEvidence saying what is wrong
     */
    public static CanonicalCms.Signer verify(byte[] pdf) throws MalformedEvidence {
        Gap gap = gap(pdf);
        String hex = new String(pdf, gap.start + 1, gap.end - gap.start - 2, StandardCharsets.ISO_8859_1);
        if (!hex.matches("[0-9a-f]*+") || hex.length() % 2 != 0) {
            throw new MalformedEvidence(WHAT, "Contents", "it is not an even number of lower-case hexadecimal digits");
        }
        byte[] padded = HexFormat.of().parseHex(hex);
        int length = derLength(padded);
        for (int i = length; i < padded.length; i++) {
            if (padded[i] != 0) {
                throw new MalformedEvidence(WHAT, "Contents", "after the signature stand other digits than 0");
            }
        }
        return CanonicalCms.verify(Arrays.copyOf(padded, length), digest(pdf, gap));
    }

    private static Gap gap(byte[] pdf) throws MalformedEvidence {
        String text = new String(pdf, StandardCharsets.ISO_8859_1);
        if (!text.startsWith("%PDF-")) {
            throw new MalformedEvidence(WHAT, "byte 0", "the file does not begin as a PDF");
        }
        Matcher found = BYTE_RANGE.matcher(text);
        int at = text.lastIndexOf("/ByteRange");
        if (at < 0 || !found.find(at) || found.start() != at) {
            throw new MalformedEvidence(WHAT, "ByteRange", "the file has no readable one, so it is not signed");
        }
        long start = Long.parseLong(found.group(1));
        long end = Long.parseLong(found.group(2));
        long rest = Long.parseLong(found.group(3));
        if (start < 1 || end <= start + 2 || end + rest != pdf.length) {
            throw new MalformedEvidence(
                    WHAT, "ByteRange", "it covers " + (end + rest) + " bytes, the file has " + pdf.length);
        }
        if (pdf[(int) start] != '<'
                || pdf[(int) end - 1] != '>'
                || !text.substring(0, (int) start).stripTrailing().endsWith("/Contents")) {
            throw new MalformedEvidence(WHAT, "ByteRange", "it leaves out something else than the value of /Contents");
        }
        byte[] tail = text.stripTrailing()
                .substring(Math.max(0, text.stripTrailing().length() - END_OF_FILE.length))
                .getBytes(StandardCharsets.ISO_8859_1);
        if (!Arrays.equals(tail, END_OF_FILE)) {
            throw new MalformedEvidence(WHAT, "end of file", "something stands after the last %%EOF");
        }
        return new Gap((int) start, (int) end);
    }

    private static Hash digest(byte[] pdf, Gap gap) {
        MessageDigest digest = Hash.newSha256();
        digest.update(pdf, 0, gap.start);
        digest.update(pdf, gap.end, pdf.length - gap.end);
        return Hash.of(digest.digest());
    }

    /** Length of the DER sequence at the start, with its header. */
    private static int derLength(byte[] padded) throws MalformedEvidence {
        if (padded.length > 4 && padded[0] == 0x30 && padded[1] == (byte) 0x82) {
            int length = 4 + (Byte.toUnsignedInt(padded[2]) << 8 | Byte.toUnsignedInt(padded[3]));
            if (length <= padded.length) {
                return length;
            }
        }
        throw new MalformedEvidence(WHAT, "Contents", "no DER-encoded CMS of 256 to 65,535 bytes stands there");
    }
}
