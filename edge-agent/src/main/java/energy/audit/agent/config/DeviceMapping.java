package energy.audit.agent.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The content of {@code device_mapping.json}: how the plant reads the raw counts. The agent scales nothing; it binds the
 * file to each batch by its hash, so that nobody can say later that another scale was in force.
 *
 * @param fileBytes the file as it was read; its SHA-256 goes into every batch
 */
public record DeviceMapping(byte[] fileBytes, List<Mapping> mappings) {

    /**
     * One channel's scale: value = count × multiplier + offset, in the unit, from an instant on.
     *
     * @param sensorId channel id
     */
    public record Mapping(String sensorId, BigDecimal multiplier, BigDecimal offset, String unit, Instant validFrom) {}

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    public DeviceMapping {
        fileBytes = fileBytes.clone();
        mappings = List.copyOf(mappings);
    }

    @Override
    public byte[] fileBytes() {
        return fileBytes.clone();
    }

    /** @throws ConfigurationRefused with the entry that is wrong */
    public static DeviceMapping read(Path file) {
        try {
            return parse(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new ConfigurationRefused(
                    file.toString(), "it cannot be read (" + e + ")", "Create it; see docs/edge-agent.md");
        }
    }

    static DeviceMapping parse(String name, byte[] bytes) throws IOException {
        List<Complaint> complaints = ConfigurationCheck.mapping(name, bytes);
        if (!complaints.isEmpty()) {
            throw ConfigurationRefused.of(complaints);
        }
        JsonNode tree;
        try {
            tree = JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new ConfigurationRefused(
                    name,
                    "it is no JSON: " + e.getOriginalMessage(),
                    "Correct the file; the earlier mapping stays in force");
        }
        if (tree.path("version").asInt() != 1 || !tree.path("mappings").isArray()) {
            throw new ConfigurationRefused(
                    name, "\"version\": 1 and an array \"mappings\" are expected", "Compare with docs/edge-agent.md");
        }
        List<Mapping> mappings = new ArrayList<>();
        for (JsonNode node : tree.path("mappings")) {
            mappings.add(mapping(name + ", mappings[" + mappings.size() + "]", node));
        }
        return new DeviceMapping(bytes, mappings);
    }

    private static Mapping mapping(String where, JsonNode node) {
        try {
            String sensor = node.path("sensor_id").asText();
            if (sensor.isEmpty()) {
                throw new IllegalArgumentException("sensor_id is missing");
            }
            return new Mapping(
                    sensor,
                    new BigDecimal(node.path("multiplier").asText("")),
                    new BigDecimal(node.path("offset").asText("0")),
                    node.path("unit").asText(),
                    Instant.parse(node.path("valid_from").asText()));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new ConfigurationRefused(
                    where,
                    "sensor_id, multiplier, offset, unit and valid_from (ISO 8601 with Z) are expected: "
                            + e.getMessage(),
                    "Correct the entry; the earlier mapping stays in force");
        }
    }
}
