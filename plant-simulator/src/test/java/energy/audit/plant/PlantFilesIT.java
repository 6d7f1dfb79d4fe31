package energy.audit.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The files that a start leaves behind. */
class PlantFilesIT {
    private static final PrintStream QUIET =
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private void startAndStop(String now, int months, int port) throws IOException {
        Options options = new Options(folder, "127.0.0.1", port, 25_069, months, 1);
        Plant.start(options, new SettableClock(now), QUIET).close();
    }

    private JsonNode json(String file) throws IOException {
        return JSON.readTree(folder.resolve(file).toFile());
    }

    @Test
    void historyRunsFromTheMonthStartToTheLastQuarterHourBeforeTheFirstStart() throws Exception {
        startAndStop("2026-11-23T10:07:30Z", 13, 25_060);
        List<String> lines = Files.readAllLines(folder.resolve("history/foundry-north.csv"));
        assertThat(lines.get(0)).startsWith("timestamp,foundry-north.main.active-energy-import,");
        assertThat(lines.get(1)).startsWith("2025-09-30T22:00:00Z,");
        assertThat(lines.get(lines.size() - 1)).startsWith("2026-11-23T10:00:00Z,");
        assertThat(lines)
                .hasSize(1
                        + 1
                        + (int) ((Instant.parse("2026-11-23T10:00:00Z").getEpochSecond()
                                        - Instant.parse("2025-09-30T22:00:00Z").getEpochSecond())
                                / 900));
        int columns = lines.get(0).split(",", -1).length;
        assertThat(lines).allMatch(line -> line.split(",", -1).length == columns);
        long empty = lines.stream()
                .filter(line -> line.contains(",,") || line.endsWith(","))
                .count();
        assertThat(empty).as("quarter hours with a gap").isBetween(320L, 4_000L);
        assertThat(lines.get(0)).doesNotContain("active-power").contains("temperature");
    }

    @Test
    void withoutHistoryThereIsOneRowAndThePlantBeginsThere() throws Exception {
        startAndStop("2026-11-23T10:07:30Z", 0, 25_060);
        assertThat(Files.readAllLines(folder.resolve("history/harbor-bakery.csv")))
                .hasSize(2);
        assertThat(json("plant.json").get("anchor").asText()).isEqualTo("2026-11-23T10:00:00Z");
    }

    @Test
    void aSecondStartKeepsAnchorHistoryAndEditedMappingsAndFollowsTheNewPort() throws Exception {
        startAndStop("2026-11-23T10:07:30Z", 1, 25_060);
        String plant = json("plant.json").get("anchor").asText();
        Path history = folder.resolve("history/cold-store.csv");
        FileTime written = Files.getLastModifiedTime(history);
        Path mapping = folder.resolve("config/cold-store/device_mapping.json");
        Files.writeString(mapping, "{\"edited\":true}");
        startAndStop("2026-12-24T10:00:00Z", 5, 25_064);
        assertThat(json("plant.json").get("anchor").asText()).isEqualTo(plant).isEqualTo("2026-09-30T22:00:00Z");
        assertThat(Files.getLastModifiedTime(history)).isEqualTo(written);
        assertThat(mapping).hasContent("{\"edited\":true}");
        assertThat(folder.resolve("config/cold-store/modbus.yaml")).content().contains("port: 25065");
    }

    @Test
    void registerMapMappingAndMeteringTellOneStory() throws Exception {
        startAndStop("2026-11-23T10:07:30Z", 0, 25_060);
        for (String site : List.of("foundry-north", "cold-store", "harbor-bakery")) {
            Path modbus = folder.resolve("config/" + site + "/modbus.yaml");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(modbus)))
                    .isEqualTo("rw-------");
            Set<String> mapped = new HashSet<>();
            json("config/" + site + "/device_mapping.json")
                    .get("mappings")
                    .forEach(m -> mapped.add(m.get("sensor_id").asText()));
            Set<String> metered = new HashSet<>();
            JsonNode metering = json("config/" + site + "/metering.json");
            Set<String> meters = new HashSet<>();
            metering.get("meters").forEach(m -> meters.add(m.get("id").asText()));
            for (JsonNode meter : metering.get("meters")) {
                String parent = meter.get("parent").asText();
                assertThat(parent.isEmpty() || meters.contains(parent))
                        .as(meter.get("id").asText())
                        .isTrue();
                meter.get("channels").forEach(c -> metered.add(c.get("id").asText()));
            }
            assertThat(channelsOf(modbus))
                    .doesNotHaveDuplicates()
                    .hasSameElementsAs(mapped)
                    .hasSameElementsAs(metered);
        }
        JsonNode main = json("config/foundry-north/metering.json").at("/meters/0/channels/0");
        assertThat(main.toString())
                .isEqualTo("{\"id\":\"foundry-north.main.active-energy-import\",\"quantity\":\"active-energy-import\","
                        + "\"unit\":\"kWh\",\"kind\":\"COUNTER\",\"encoding\":\"uint32\",\"multiplier\":\"0.01\","
                        + "\"offset\":\"0\",\"modulus\":\"4294967296\",\"maxCountsPerHour\":\"520000\","
                        + "\"energyKwhPerUnit\":\"1\"}");
    }

    private static List<String> channelsOf(Path yaml) throws IOException {
        List<String> channels = new ArrayList<>();
        Map<String, Object> root = new Yaml().load(Files.readString(yaml));
        assertThat(root).containsKeys("version", "tenant", "site", "polling-interval", "request-timeout");
        for (Map<?, ?> bus : maps(root.get("buses"))) {
            for (Map<?, ?> device : maps(bus.get("devices"))) {
                for (Map<?, ?> register : maps(device.get("registers"))) {
                    channels.add(String.valueOf(register.get("channel")));
                }
            }
        }
        return channels;
    }

    private static List<Map<?, ?>> maps(@org.jspecify.annotations.Nullable Object list) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (list instanceof List<?> items) {
            items.forEach(item -> maps.add((Map<?, ?>) item));
        }
        return maps;
    }

    @Test
    void aPortInUseIsNamedWithANextStep() throws Exception {
        try (java.net.ServerSocket taken =
                new java.net.ServerSocket(25_067, 1, java.net.InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> startAndStop("2026-11-23T10:07:30Z", 0, taken.getLocalPort()))
                    .hasMessageContaining("Modbus port 25067")
                    .hasMessageContaining("--port");
        }
    }

    @Test
    void theCommandLineIsCheckedInWords() {
        assertThatThrownBy(() -> Options.parse(List.of("--port", "15020"))).hasMessageContaining("--data is missing");
        assertThatThrownBy(() -> Options.parse(List.of("--data", "x", "--history-months", "25")))
                .hasMessage("Option --history-months takes 0 to 24, not 25");
        assertThatThrownBy(() -> Options.parse(List.of("--data", "x", "--prot", "1")))
                .hasMessageContaining("--prot is not known");
    }
}
