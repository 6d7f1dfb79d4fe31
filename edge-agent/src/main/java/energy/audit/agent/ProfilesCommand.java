package energy.audit.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.audit.agent.config.DeviceProfile;
import energy.audit.agent.config.DeviceProfiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "profiles",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the device profiles, or shows the register map of one.",
            "",
            "Example: java -jar edge-agent.jar profiles eastron-sdm630"
        })
final class ProfilesCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "the profile to show")
    private @Nullable String name;

    @Option(names = "--config", paramLabel = "DIR", description = "also those in DIR/profiles")
    private @Nullable Path config;

    @Option(names = "--json", description = "one JSON document on standard output")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        DeviceProfiles profiles =
                config == null ? DeviceProfiles.bundled() : DeviceProfiles.besides(new AgentHome(config).modbusYaml());
        ArrayNode list = new ObjectMapper().createArrayNode();
        try {
            for (String known : name == null ? profiles.names() : java.util.List.of(name)) {
                DeviceProfile profile = profiles.named(known);
                if (json) {
                    list.add(tree(profile));
                } else if (name == null) {
                    System.out.printf(
                            Locale.ROOT,
                            "%-28s %3d values  %s%n",
                            known,
                            profile.values().size(),
                            profile.title());
                } else {
                    show(profile);
                }
            }
        } catch (IllegalArgumentException e) {
            System.err.println("ERR " + e.getMessage());
            return 1;
        }
        if (json) {
            System.out.println(new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(name == null ? list : list.get(0)));
        }
        return 0;
    }

    private static void show(DeviceProfile profile) {
        System.out.println(profile.name() + ": " + profile.title());
        System.out.println("source: " + profile.source());
        System.out.println("base address: " + profile.baseAddress());
        System.out.printf(
                Locale.ROOT, "%-28s %-8s %7s %-8s %-6s %s%n", "quantity", "area", "address", "type", "order", "unit");
        for (DeviceProfile.Value value : profile.values()) {
            System.out.printf(
                    Locale.ROOT,
                    "%-28s %-8s %7d %-8s %-6s count x %s %s%n",
                    value.quantity(),
                    value.register().area().name().toLowerCase(Locale.ROOT),
                    value.register().address(),
                    value.register().type().name().toLowerCase(Locale.ROOT),
                    value.register().wordOrder().word(),
                    value.multiplier().toPlainString(),
                    value.unit());
        }
    }

    private static ObjectNode tree(DeviceProfile profile) {
        ObjectNode node = new ObjectMapper()
                .createObjectNode()
                .put("name", profile.name())
                .put("title", profile.title())
                .put("source", profile.source())
                .put("baseAddress", profile.baseAddress());
        ArrayNode values = node.putArray("values");
        for (DeviceProfile.Value value : profile.values()) {
            values.addObject()
                    .put("quantity", value.quantity())
                    .put("area", value.register().area().name().toLowerCase(Locale.ROOT))
                    .put("address", value.register().address())
                    .put("type", value.register().type().name().toLowerCase(Locale.ROOT))
                    .put("wordOrder", value.register().wordOrder().word())
                    .put("unit", value.unit())
                    .put("multiplier", value.multiplier().toPlainString());
        }
        return node;
    }
}
