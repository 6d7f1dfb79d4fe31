package energy.audit.agent;

import energy.audit.agent.config.Schema;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the JSON Schema (draft 2020-12) of modbus.yaml, device_mapping.json or audit-engine.conf.",
            "",
            "Example: java -jar edge-agent.jar schema modbus.yaml"
        })
final class SchemaCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "modbus.yaml, device_mapping.json or audit-engine.conf")
    private @Nullable String name;

    @Override
    public Integer call() {
        try {
            System.out.print(Schema.of(Objects.requireNonNull(name)).text());
            return 0;
        } catch (IllegalArgumentException e) {
            System.err.println("ERR " + e.getMessage());
            return 2;
        }
    }
}
