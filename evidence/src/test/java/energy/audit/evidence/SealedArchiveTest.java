package energy.audit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class SealedArchiveTest {
    private static final SigningKey KEY = SigningKey.ofSeed(new byte[32]);
    private static final Map<String, byte[]> FILES = Map.of(
            "figures.csv", "figure,value\r\n".getBytes(StandardCharsets.UTF_8),
            "Grüße.txt", new byte[0],
            "evidence.pb", new byte[] {1, 2, 3});

    @Test
    void whatIsSealedIsOpenedAgainByUsAndByAnyZipProgram() throws Exception {
        byte[] zip = sealed();
        assertThat(SealedArchive.open(zip, KEY.verificationKey()).keySet())
                .containsExactly("Grüße.txt", "evidence.pb", "figures.csv");
        Map<String, byte[]> read = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
                assertThat(entry.getTimeLocal()).isEqualTo("1980-01-01T00:00");
                read.put(entry.getName(), in.readAllBytes());
            }
        }
        assertThat(read.keySet())
                .containsExactly("Grüße.txt", "evidence.pb", "figures.csv", "manifest.sig", "manifest.txt");
        assertThat(new String(read.getOrDefault("manifest.txt", new byte[0]), StandardCharsets.UTF_8))
                .startsWith(Hash.sha256().hex() + "  Grüße.txt\n");
    }

    @Test
    void theSameFilesGiveTheSameBytes() throws Exception {
        assertThat(sealed()).isEqualTo(sealed());
    }

    @Test
    void theSameFilesZippedByAnotherProgramAreNotTheOneForm() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            zip.putNextEntry(new ZipEntry("figures.csv"));
            zip.write(new byte[] {1});
        }
        assertThatThrownBy(() -> SealedArchive.peek(out.toByteArray())).isInstanceOf(MalformedEvidence.class);
    }

    @Test
    void anArchiveSealedWithAnotherKeyIsRefused() {
        VerificationKey other = SigningKey.ofSeed(Hash.sha256().bytes()).verificationKey();
        assertThatThrownBy(() -> SealedArchive.open(sealed(), other))
                .isInstanceOf(MalformedEvidence.class)
                .hasMessageContaining("manifest.sig");
    }

    private static byte[] sealed() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SealedArchive.seal(FILES, KEY, out);
        return out.toByteArray();
    }
}
