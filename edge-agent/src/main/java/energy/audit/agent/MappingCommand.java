package energy.audit.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.audit.agent.config.DeviceProfile;
import energy.audit.agent.config.DeviceProfiles;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "mapping",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the entries of device_mapping.json that belong to a meter read by a profile.",
            "",
            "Example: java -jar edge-agent.jar mapping --profile eastron-sdm630 --meter foundry-north.main"
                    + " --valid-from 2026-01-01T00:00:00Z"
        })
final class MappingCommand implements Callable<Integer> {
    @Option(names = "--profile", required = true, description = "name of the device profile")
    private @Nullable String profile;

    @Option(names = "--meter", required = true, paramLabel = "SITE.METER", description = "beginning of the channels")
    private @Nullable String meter;

    @Option(names = "--valid-from", required = true, paramLabel = "INSTANT", description = "ISO 8601 with Z")
    private @Nullable String validFrom;

    @Option(names = "--config", paramLabel = "DIR", description = "also profiles in DIR/profiles")
    private java.nio.file.@Nullable Path config;

    @Override
    public Integer call() throws IOException {
        DeviceProfile found;
        Instant from;
        try {
            DeviceProfiles profiles = config == null
                    ? DeviceProfiles.bundled()
                    : DeviceProfiles.besides(new AgentHome(config).modbusYaml());
            found = profiles.named(Objects.requireNonNull(profile));
            from = Instant.parse(Objects.requireNonNull(validFrom));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            System.err.println("ERR " + e.getMessage());
            return 2;
        }
        ObjectNode document = new ObjectMapper().createObjectNode().put("version", 1);
        ArrayNode mappings = document.putArray("mappings");
        for (DeviceProfile.Value value : found.values()) {
            mappings.addObject()
                    .put("sensor_id", meter + "." + value.quantity())
                    .put("multiplier", value.multiplier().toPlainString())
                    .put("offset", "0")
                    .put("unit", value.unit())
                    .put("valid_from", from.toString());
        }
        System.out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(document));
        return 0;
    }
}
