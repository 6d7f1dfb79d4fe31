package energy.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportWeatherTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Call read(String text, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("w.csv"), text);
        List<String> arguments = new ArrayList<>(List.of(
                "import-weather",
                "--tenant",
                "demo",
                "--site",
                "hall",
                "--station",
                "roof",
                "--source",
                "dwd",
                "--import-id",
                "1",
                "--file",
                file.toString(),
                "--dry-run"));
        arguments.addAll(List.of(more));
        return Call.of(arguments.toArray(String[]::new));
    }

    @Test
    void hoursAndDaysCanBeRead() throws IOException {
        Call hours = read("timestamp,temperature\n2025-01-15T13:00Z,-3.5\n2025-01-15T14:00Z,\n", "--stamp", "end");
        assertThat(hours.status()).as(hours.err()).isZero();
        assertThat(hours.out()).contains("2 rows can be read");
        assertThat(read("date,temperature\n2025-01-15,2\n").status()).isZero();
    }

    @Test
    void everyBadCellIsNamedByRowAndColumn() throws IOException {
        Call bad = read("timestamp,temperature\n15.01.2025,1\n2025-01-15T13:00Z,3.5 C\n");
        assertThat(bad.status()).isEqualTo(2);
        assertThat(bad.err())
                .contains("row 2, timestamp '15.01.2025'")
                .contains("row 3, temperature '3.5 C'")
                .contains("nothing was sent");
        assertThat(read("timestamp,temperature\n2025-01-15T13:00Z,1\n", "--stamp", "middle")
                        .err())
                .contains("'middle' is neither start nor end");
    }
}
