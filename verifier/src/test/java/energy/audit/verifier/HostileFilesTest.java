package energy.audit.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.evidence.SealedArchive;
import energy.audit.evidence.wire.EvidenceBundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that were made to exhaust the auditor's program, which has 64 MB here. R1. */
class HostileFilesTest {
    private static final int MANY = 300_000_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final SmallPlant plant = SmallPlant.withTwoMonths();
    private final EvidenceBundle bundle = plant.bundle().build();

    private record Answer(int status, String words) {}

    @Test
    void aSmallPdfWhoseAttachmentSwellsToHundredsOfMegabytesIsRefusedInWords() throws Exception {
        byte[] honest = PrintedReports.pdf(
                bundle.toByteArray(), bundle, PrintedReports.lines(bundle), PrintedReports.signatory(), true);
        assertThat(ask("honest.pdf", honest).status())
                .as("a deflated attachment is read")
                .isZero();
        byte[] bomb = PrintedReports.pdf(
                new byte[MANY], bundle, PrintedReports.lines(bundle), PrintedReports.signatory(), true);
        assertThat(bomb.length).isLessThan(1_000_000);
        Answer answer = ask("bomb.pdf", bomb);
        assertThat(answer.status()).isEqualTo(VerifyCommand.INVALID);
        assertThat(answer.words()).contains("attachment evidence.pb swells");
    }

    @Test
    void lengthsThatPromiseGigabytesAreRefusedInWords() throws Exception {
        ByteBuffer promise = ByteBuffer.allocate(11).order(ByteOrder.LITTLE_ENDIAN);
        promise.put((byte) 0x22).put(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07});
        for (byte[] evidence : List.of(promise.array(), new byte[0], new byte[] {0x22, 0x00})) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            SealedArchive.seal(
                    Map.of(
                            "figures.csv",
                            new byte[0],
                            "figures.pb",
                            bundle.getFigures().toByteArray(),
                            "evidence.pb",
                            evidence),
                    plant.logKey,
                    out);
            assertThat(ask("promise.zip", out.toByteArray()).status()).isEqualTo(VerifyCommand.INVALID);
        }
    }

    @Test
    void aFileLargerThanTheMemoryIsRefusedInWords() throws Exception {
        byte[] large = new byte[120_000_000];
        Arrays.fill(large, (byte) '%');
        System.arraycopy("%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII), 0, large, 0, 9);
        Answer answer = ask("large.pdf", large);
        assertThat(answer.status()).isEqualTo(VerifyCommand.UNREADABLE);
        assertThat(answer.words()).contains("needs more memory").contains("-Xmx");
    }

    @Test
    void aMillionEmptyEntriesAreRefusedInWords() throws Exception {
        byte[] entries = new byte[4_000_000];
        for (int i = 0; i < entries.length; i += 2) {
            entries[i] = 0x22; // field entries, length 0
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SealedArchive.seal(
                Map.of("figures.csv", new byte[0], "figures.pb", new byte[0], "evidence.pb", entries),
                plant.logKey,
                out);
        Answer answer = ask("entries.zip", out.toByteArray());
        assertThat(answer.status()).isIn(VerifyCommand.INVALID, VerifyCommand.UNREADABLE);
        assertThat(answer.words()).isNotBlank();
    }

    private Answer ask(String name, byte[] content) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve(name), content);
        Path said = folder.resolve(name + ".said");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        VerifierMain.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(name + " is judged").isTrue();
        String words = Files.readString(said);
        assertThat(words).doesNotContain("Exception in thread").doesNotContain("\tat energy.audit");
        return new Answer(process.exitValue(), words);
    }
}
