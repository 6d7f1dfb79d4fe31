package energy.audit.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * An indicator for the demo's foundry, with a baseline over the first two thirds of its history. It is proposed by the
 * installation's service account and waits for a person's approval, as every baseline does.
 */
final class DemoIndicator {
    static final String SITE = "foundry-north";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = "melting-electricity";

    private final Installation installation;
    private final Clock clock;

    DemoIndicator(Installation installation, Clock clock) {
        this.installation = installation;
        this.clock = clock;
    }

    /** To be called once the site's history is in the log; again it changes nothing. */
    String propose(String tenant) {
        Backend backend = Backend.of(installation);
        ObjectNode enpi = JSON.createObjectNode()
                .put("id", ID)
                .put("name", "Electricity for melting")
                .put("site", SITE)
                .put("kind", "linear")
                .put("step", "P1D")
                .put("reason", "Melting uses most of the electricity; the tonnes melted drive it");
        enpi.putArray("channels")
                .add(SITE + ".furnace-1.active-energy-import")
                .add(SITE + ".furnace-2.active-energy-import");
        enpi.putArray("variables").add("tonnes=amount:" + SITE + ".melt-output.product-output");
        backend.post("/tenants/" + tenant + "/enpis", enpi);
        JsonNode known = backend.get("/tenants/" + tenant + "/baselines?enpi=" + ID);
        if (!known.path("items").isEmpty()) {
            return "the baseline of " + ID + " is there already";
        }
        LocalDate first = firstDay().plusDays(1);
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        LocalDate last = first.plusDays(ChronoUnit.DAYS.between(first, today) * 2 / 3);
        ObjectNode baseline = JSON.createObjectNode()
                .put("enpi", ID)
                .put("from", first.toString())
                .put("to", last.toString())
                .put("reason", "First two thirds of the history");
        baseline.putArray("staticFactors").add("furnaces=2").add("shifts=3");
        backend.post("/tenants/" + tenant + "/baselines", baseline);
        return "a baseline of " + ID + " is proposed and waits for approval (sign in as emma, page Performance)";
    }

    private LocalDate firstDay() {
        Path plant = installation.layout().plant().resolve("plant.json");
        try {
            JsonNode json = JSON.readTree(plant.toFile());
            return Instant.parse(json.path("anchor").asText())
                    .atZone(ZoneOffset.UTC)
                    .toLocalDate();
        } catch (IOException | DateTimeException e) {
            throw new StackFailure(plant.toString(), "does not name the first day of the history", "See: " + e, e);
        }
    }
}
