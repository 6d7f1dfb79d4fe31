package energy.audit.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.evidence.wire.EvidenceBundle;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** R1: one flipped byte anywhere makes a report INVALID, with a reason. */
class FlippedByteTest {
    private static final long SEED = 20261123;
    private final SmallPlant plant = SmallPlant.withTwoMonths();
    private final EvidenceBundle bundle = plant.bundle().build();

    @Test
    void everyFlippedBitOfEveryByteOfAZipIsInvalid() throws Exception {
        byte[] zip = PrintedReports.zip(bundle, plant.logKey);
        assertValid("report.zip", zip);
        for (int at = 0; at < zip.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] forged = zip.clone();
                forged[at] ^= (byte) (1 << bit);
                assertInvalid("report.zip", forged, at);
            }
        }
    }

    @Test
    void everyFlippedByteOfAPdfIsInvalid() throws Exception {
        byte[] pdf = PrintedReports.pdf(bundle, PrintedReports.lines(bundle), PrintedReports.signatory());
        assertValid("report.pdf", pdf);
        Random random = new Random(SEED);
        for (int at = 0; at < pdf.length; at++) {
            byte[] forged = pdf.clone();
            forged[at] ^= (byte) (1 << random.nextInt(8));
            assertInvalid("report.pdf", forged, at);
            forged[at] = (byte) (pdf[at] ^ (1 + random.nextInt(255)));
            assertInvalid("report.pdf", forged, at);
        }
    }

    @Test
    void cutLengthenedAndShuffledFilesAreInvalid() throws Exception {
        byte[] pdf = PrintedReports.pdf(bundle, PrintedReports.lines(bundle), PrintedReports.signatory());
        byte[] zip = PrintedReports.zip(bundle, plant.logKey);
        Random random = new Random(SEED);
        for (int round = 0; round < 1_000; round++) {
            for (byte[] original : List.of(pdf, zip)) {
                String name = original == pdf ? "report.pdf" : "report.zip";
                assertInvalid(name, Arrays.copyOf(original, random.nextInt(original.length)), round);
                assertInvalid(name, Arrays.copyOf(original, original.length + 1 + random.nextInt(9)), round);
                byte[] moved = original.clone();
                int from = random.nextInt(original.length - 16);
                int to = random.nextInt(original.length - 16);
                System.arraycopy(original, from, moved, to, 16);
                if (!Arrays.equals(moved, original)) {
                    assertInvalid(name, moved, round);
                }
            }
        }
    }

    @Test
    void upperCaseDigitsInTheSignatureOfAPdfAreInvalid() throws Exception {
        byte[] pdf = PrintedReports.pdf(bundle, PrintedReports.lines(bundle), PrintedReports.signatory());
        String text = new String(pdf, java.nio.charset.StandardCharsets.ISO_8859_1);
        int contents = text.lastIndexOf("/Contents <") + 11;
        for (int at = contents; text.charAt(at) != '>'; at++) {
            if (Character.isLetter(text.charAt(at))) {
                byte[] forged = pdf.clone();
                forged[at] ^= 0x20;
                assertInvalid("report.pdf", forged, at);
            }
        }
    }

    private static void assertValid(String name, byte[] file) throws UnreadableFile {
        Verification verification = Verification.of(name, file, TrustAnchors.NONE, Seen.NOTHING);
        assertThat(verification.findings().problems()).isEmpty();
        assertThat(verification.valid()).isTrue();
    }

    private static void assertInvalid(String name, byte[] file, int at) throws UnreadableFile {
        Verification verification = Verification.of(name, file, TrustAnchors.NONE, Seen.NOTHING);
        assertThat(verification.valid())
                .as("%s, byte or round %d, seed %d", name, at, SEED)
                .isFalse();
        assertThat(verification.findings().problems().get(0).thing()).isNotEmpty();
        assertThat(verification.findings().problems().get(0).text()).isNotEmpty();
    }
}
