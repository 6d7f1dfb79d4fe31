package energy.audit.plant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * {@code plant.json}: what was fixed at the first start.
 *
 * @param anchor when this plant began
 * @param historyUntil last quarter hour that the old logger kept
 */
record PlantMemory(long seed, Instant anchor, Instant historyUntil, String bind, int port) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The month starts where the first sites are. */
    private static final ZoneId ANCHOR_ZONE = ZoneId.of("Europe/Berlin");

    /** With no history the plant begins at the last quarter hour, else at the start of a month so many months back. */
    static PlantMemory firstStart(Options options, Instant now) {
        long quarter = LoggerMemory.QUARTER_SECONDS;
        Instant lastQuarter = Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), quarter) * quarter);
        Instant anchor = options.historyMonths() == 0
                ? lastQuarter
                : ZonedDateTime.ofInstant(now, ANCHOR_ZONE)
                        .minusMonths(options.historyMonths())
                        .withDayOfMonth(1)
                        .truncatedTo(ChronoUnit.DAYS)
                        .toInstant();
        return new PlantMemory(options.seed(), anchor, lastQuarter, options.bind(), options.port());
    }

    static PlantMemory read(Path file) throws IOException {
        JsonNode json = JSON.readTree(file.toFile());
        for (String field : List.of("seed", "anchor", "historyUntil", "bind", "port")) {
            if (!json.has(field)) {
                throw new IOException(
                        file + " has no field \"" + field + "\"; restore it or start with an empty --data folder");
            }
        }
        return new PlantMemory(
                json.get("seed").asLong(),
                Instant.parse(json.get("anchor").asText()),
                Instant.parse(json.get("historyUntil").asText()),
                json.get("bind").asText(),
                json.get("port").asInt());
    }

    static boolean exists(Path file) {
        return Files.exists(file);
    }

    PlantMemory at(String newBind, int newPort) {
        return new PlantMemory(seed, anchor, historyUntil, newBind, newPort);
    }

    void write(Path file, List<SiteTimeline> sites) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("version", 1);
        json.put("seed", seed);
        json.put("anchor", anchor.toString());
        json.put("historyUntil", historyUntil.toString());
        json.put("bind", bind);
        json.put("port", port);
        ArrayNode list = json.putArray("sites");
        for (int i = 0; i < sites.size(); i++) {
            SiteModel.Identity site = sites.get(i).identity();
            ObjectNode node = list.addObject();
            node.put("tenant", site.tenant());
            node.put("site", site.id());
            node.put("name", site.name());
            node.put("zone", site.zone().getId());
            node.put("port", port + i);
            node.put("meters", sites.get(i).meters().size());
            node.put("channels", sites.get(i).places().size());
        }
        PlantFiles.replace(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    }
}
