package energy.audit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import energy.audit.agent.journal.Journal;
import energy.audit.evidence.Hash;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingInForceTest {
    private static final String BEFORE = """
            {"version":1,"mappings":[
              {"sensor_id":"foundry-north.main.active-energy-import","multiplier":"100","unit":"kWh",
               "valid_from":"2026-01-01T00:00:00Z"}]}
            """;
    private static final String AFTER = BEFORE.replace("\"100\"", "\"80\"").replace("2026-01", "2026-02");

    @TempDir
    Path directory;

    @Test
    void aHalfWrittenMappingIsNamedWithItsLineAndTheEarlierOneStaysUntilTheRestIsThere() throws IOException {
        Path file = directory.resolve("device_mapping.json");
        Files.writeString(file, BEFORE);
        try (Journal journal = Journal.in(
                directory.resolve("logs"),
                new SetClock("2026-03-01T10:00:00Z"),
                new PrintStream(System.out, true, StandardCharsets.UTF_8))) {
            MappingInForce mapping = new MappingInForce(file, journal.service());
            for (int length = 0; length < AFTER.strip().length(); length += 7) {
                Files.writeString(file, AFTER.substring(0, length));
                assertThat(mapping.sha256()).as("after %d characters", length).isEqualTo(sha256(BEFORE));
            }
            Files.writeString(file, AFTER);
            assertThat(mapping.sha256()).isEqualTo(sha256(AFTER));
        }
        assertThat(Files.readString(directory.resolve("logs/service.log")))
                .contains("MAPPING_REFUSED", "device_mapping.json:3:", "the_earlier_mapping_stays", "MAPPING_CHANGED");
    }

    private static ByteString sha256(String text) {
        return ByteString.copyFrom(
                Hash.sha256(text.getBytes(StandardCharsets.UTF_8)).bytes());
    }
}
