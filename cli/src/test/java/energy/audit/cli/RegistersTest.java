package energy.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistersTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aGapIsEstimatedAndItsPartsAddUpToTheRegisterDifference() throws IOException {
        JsonNode result = intervals("PT15M", "UTC", "2025-03-01T00:00Z,10.0", "2025-03-01T01:00Z,18.0")
                .json();
        assertThat(result.path("unit").asText()).isEqualTo("kWh");
        assertThat(result.path("intervals")).hasSize(4);
        for (JsonNode interval : result.path("intervals")) {
            assertThat(interval.path("consumption").decimalValue()).isEqualByComparingTo("2.0");
            assertThat(interval.path("quality").asText()).isEqualTo("estimated");
        }
        assertThat(result.path("total").decimalValue()).isEqualByComparingTo("8");
    }

    @Test
    void theTotalReachesFromFirstToLastReadingThoughTheGridReachesFurther() throws IOException {
        JsonNode result = intervals(
                        "PT1H",
                        "UTC",
                        "2025-03-01T00:10:00Z,100",
                        "2025-03-01T01:00:00Z,110",
                        "2025-03-01T02:20:00Z,131")
                .json();
        assertThat(result.path("intervals")).hasSize(3);
        assertThat(result.path("intervals").path(0).path("consumption").isNull())
                .isTrue();
        assertThat(result.path("intervals").path(0).path("quality").asText()).isEqualTo("missing");
        assertThat(result.path("total").asInt()).isEqualTo(31);
    }

    @Test
    void theRepeatedHourInBerlinIsTwoIntervals() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int hour = 0; hour <= 25; hour++) {
            rows.add(
                    java.time.Instant.parse("2025-10-25T22:00:00Z").plusSeconds(3600L * hour) + "," + (500 + 4 * hour));
        }
        JsonNode hours =
                intervals("PT1H", "Europe/Berlin", rows.toArray(String[]::new)).json();
        assertThat(hours.path("intervals")).hasSize(25);
        JsonNode day =
                intervals("P1D", "Europe/Berlin", rows.toArray(String[]::new)).json();
        assertThat(day.path("intervals")).hasSize(1);
        assertThat(day.path("intervals").path(0).path("consumption").asInt()).isEqualTo(100);
        assertThat(day.path("intervals").path(0).path("start").asText()).isEqualTo("2025-10-26T00:00:00+02:00");
        assertThat(day.path("intervals").path(0).path("end").asText()).isEqualTo("2025-10-27T00:00:00+01:00");
    }

    @Test
    void digitsTellWhereTheRegisterStartsAgain() throws IOException {
        JsonNode result = intervals(
                        "PT1H",
                        "UTC",
                        "2025-03-01T00:00Z,999998.5",
                        "2025-03-01T01:00Z,1.5",
                        "2025-03-01T02:00Z,0",
                        "2025-03-01T03:00Z,5.5")
                .json();
        assertThat(result.path("total").decimalValue()).isEqualByComparingTo("7.0");
        assertThat(result.path("events").findValuesAsText("kind")).contains("rollover", "zero-glitch");
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode interval : result.path("intervals")) {
            sum = sum.add(interval.path("consumption").decimalValue());
        }
        assertThat(sum).isEqualByComparingTo("7.0");
    }

    @Test
    void aBoundaryReadingThatTheMeterDoubtsMakesItsIntervalsEstimated() throws IOException {
        JsonNode result = intervals(
                        "PT1H",
                        "UTC",
                        "2025-03-01T00:00Z,10,good",
                        "2025-03-01T01:00Z,12,estimated",
                        "2025-03-01T02:00Z,14,good",
                        "2025-03-01T02:30Z,99999,bad",
                        "2025-03-01T03:00Z,16,good")
                .json();
        assertThat(result.path("intervals").findValuesAsText("quality"))
                .containsExactly("estimated", "estimated", "measured");
        assertThat(result.path("total").asInt()).isEqualTo(6);
    }

    @Test
    void badInputIsNamedByRowColumnAndCause() throws IOException {
        assertThat(intervals("PT1H", "UTC", "2025-03-01T00:00Z,10", "yesterday,11")
                        .err())
                .contains("row 3, column timestamp")
                .contains("'yesterday' is no ISO 8601 time");
        assertThat(intervals("PT1H", "UTC", "2025-03-01T00:00Z,ten").err()).contains("row 2, column register");
        assertThat(intervals("PT1H", "UTC", "2025-03-01T00:00Z,1e-300").err()).contains("row 2, column register");
        assertThat(intervals("PT7M", "UTC", "2025-03-01T00:00Z,1").err()).contains("--interval PT7M");
        Call zone = intervals("PT1H", "Mars/Olympus", "2025-03-01T00:00Z,1");
        assertThat(zone.status()).isEqualTo(2);
        assertThat(zone.err()).contains("--zone Mars/Olympus").contains("Europe/Berlin");
        assertThat(zone.out()).isEmpty();
    }

    @Test
    void everyCommandHasHelpWithAnExample() {
        for (String command : List.of(
                "",
                "verify",
                "compliance-export",
                "registers",
                "registers intervals",
                "pq",
                "pq classify",
                "enpi",
                "enpi fit",
                "enpi savings",
                "enrol-agent",
                "revoke-agent",
                "migrate-compliance-schema")) {
            List<String> arguments = new ArrayList<>(command.isEmpty() ? List.of() : Arrays.asList(command.split(" ")));
            arguments.add("--help");
            Call help = Call.of(arguments.toArray(String[]::new));
            assertThat(help.status()).as(command).isZero();
            assertThat(help.out()).as(command).contains("Example");
            assertThat(Call.of((command + " --no-such-option").trim().split(" "))
                            .status())
                    .as(command)
                    .isEqualTo(2);
        }
    }

    private Call intervals(String interval, String zone, String... rows) throws IOException {
        List<String> lines = new ArrayList<>(List.of("timestamp,register,quality"));
        lines.addAll(List.of(rows));
        Path file = Files.write(folder.resolve("meter.csv"), lines);
        return Call.of(
                "registers",
                "intervals",
                "--data",
                file.toString(),
                "--interval",
                interval,
                "--zone",
                zone,
                "--digits",
                "6",
                "--json");
    }
}
