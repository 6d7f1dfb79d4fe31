package energy.audit.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.audit.agent.config.Complaint;
import energy.audit.agent.config.ConfigurationCheck;
import energy.audit.agent.config.ModbusYaml;
import energy.audit.agent.config.PollPlan;
import energy.audit.agent.poll.PlanTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = {
            "Checks modbus.yaml, device_mapping.json and audit-engine.conf by the rules that starting the agent applies, and",
            "names everything that is wrong with line, column and a hint. Exit status 0 good, 1 not, 2 no such directory.",
            "",
            "Example: java -jar edge-agent.jar validate --config /etc/energy-audit"
        })
final class ValidateCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "DIR", description = "the agent's directory")
    private @Nullable Path config;

    @Option(names = "--json", description = "one JSON document on standard output")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Path directory = Objects.requireNonNull(config);
        if (!Files.isDirectory(directory)) {
            System.err.println("ERR " + directory + " is no directory. Give the agent's directory with --config");
            return 2;
        }
        List<Complaint> complaints = new ArrayList<>(ConfigurationCheck.of(directory));
        if (complaints.isEmpty()) {
            AgentHome home = new AgentHome(directory);
            complaints.addAll(unfitting(home.modbusYaml(), home.settings().workers()));
        }
        if (json) {
            printJson(complaints);
        } else {
            complaints.forEach(System.out::println);
            System.out.println(
                    complaints.isEmpty()
                            ? "modbus.yaml, device_mapping.json and audit-engine.conf are good."
                            : complaints.size() + (complaints.size() == 1 ? " problem" : " problems"));
        }
        return complaints.isEmpty() ? 0 : 1;
    }

    private static List<Complaint> unfitting(Path modbusYaml, int workers) {
        PollPlan plan = ModbusYaml.read(modbusYaml);
        return PlanTime.of(plan, workers).shortfalls().stream()
                .map(shortfall -> new Complaint(
                        modbusYaml.toString(),
                        1,
                        1,
                        (shortfall.bus().isEmpty() ? "" : "bus " + shortfall.bus() + ": ") + shortfall.what()
                                + " needs " + shortfall.needed().toMillis() + " ms, "
                                + shortfall.available().toMillis() + " ms are available",
                        shortfall.change() + "; see edge-agent plan"))
                .toList();
    }

    private static void printJson(List<Complaint> complaints) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode document = mapper.createObjectNode().put("good", complaints.isEmpty());
        ArrayNode problems = document.putArray("problems");
        for (Complaint complaint : complaints) {
            problems.addObject()
                    .put("file", complaint.file())
                    .put("line", complaint.line())
                    .put("column", complaint.column())
                    .put("what", complaint.what())
                    .put("hint", complaint.hint());
        }
        System.out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document));
    }
}
