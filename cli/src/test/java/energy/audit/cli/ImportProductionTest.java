package energy.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportProductionTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Call read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("f.csv"), text);
        return Call.of(
                "import-production",
                "--tenant",
                "demo",
                "--site",
                "hall",
                "--source",
                "erp",
                "--import-id",
                "1",
                "--file",
                file.toString(),
                "--dry-run");
    }

    @Test
    void aFileIsReadWholeBeforeAnythingIsSent() throws IOException {
        Call good = read(
                "variable,unit,from,to,value\ncastings,t,2025-03-01,2025-03-01,12.5\ncastings,t,2025-03-02,2025-03-02,\n");
        assertThat(good.status()).as(good.err()).isZero();
        assertThat(good.out()).contains("2 rows can be read");
    }

    @Test
    void everyBadCellIsNamedByRowAndColumn() throws IOException {
        Call bad = read(
                "variable,unit,from,to,value\ncastings,t,01.03.2025,2025-03-01,12.5\ncastings,t,2025-03-02,2025-03-02,twelve\n");
        assertThat(bad.status()).isEqualTo(2);
        assertThat(bad.err())
                .contains("row 2, column from: '01.03.2025'")
                .contains("row 3, column value: 'twelve'")
                .contains("nothing was sent");
        assertThat(read("variable,unit,from,to\na,t,2025,2025\n").err()).contains("has no column 'value'");
    }
}
