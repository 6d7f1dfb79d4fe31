package energy.audit.agent.journal;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.agent.SetClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    Path directory;

    @Test
    void everyErrorLineCarriesErrAndEveryLineIsOneLine() throws IOException {
        try (Journal journal = Journal.in(directory, new SetClock("2026-11-23T03:15:50.114Z"), System.err)) {
            journal.ingest().error(LogCode.CRC_ERROR, "device=press-3 detail=" + Journal.quoted("two\nlines"));
            journal.ingest().warn(LogCode.CLOCK_STATE, "synchronised=false");
        }
        assertThat(Files.readAllLines(directory.resolve("ingest.log")))
                .containsExactly(
                        "2026-11-23T03:15:50.114Z ERROR ERR CRC_ERROR device=press-3 detail=\"two lines\" next=check_wiring_termination_and_baud",
                        "2026-11-23T03:15:50.114Z WARN  CLOCK_STATE synchronised=false");
    }

    @Test
    void theLogsAreBoundedOnDisk() throws IOException {
        try (RollingFile file = new RollingFile(directory.resolve("x.log"), 1000, 2)) {
            for (int i = 0; i < 1000; i++) {
                file.line("line " + i);
            }
        }
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(3).allMatch(path -> path.toFile().length() <= 1000);
        }
        assertThat(Files.readString(directory.resolve("x.log"))).endsWith("line 999\n");
    }

    @Test
    void everyCodeIsExplainedInTheGuide() throws IOException {
        String guide = Files.readString(Path.of("../docs/edge-agent.md"));
        assertThat(Arrays.stream(LogCode.values()).map(code -> "`" + code + "`").filter(code -> !guide.contains(code)))
                .isEmpty();
    }
}
