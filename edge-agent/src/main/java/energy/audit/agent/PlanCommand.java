package energy.audit.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.audit.agent.config.ModbusYaml;
import energy.audit.agent.config.PollPlan;
import energy.audit.agent.poll.BusTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = {
            "Shows how long each bus is busy in one polling cycle. Exit status 1 if the plan cannot be met.",
            "",
            "Example: java -jar edge-agent.jar plan --config /etc/energy-audit"
        })
final class PlanCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "DIR", description = "the agent's directory")
    private @Nullable Path config;

    @Option(names = "--json", description = "one JSON document on standard output")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PollPlan plan = ModbusYaml.read(new AgentHome(Objects.requireNonNull(config)).modbusYaml());
        List<BusTime> times =
                plan.buses().stream().map(bus -> BusTime.of(plan, bus)).toList();
        boolean fits = times.stream().allMatch(BusTime::fits);
        if (json) {
            printJson(plan, times, fits);
        } else {
            print(plan, times, fits);
        }
        return fits ? 0 : 1;
    }

    private static void print(PollPlan plan, List<BusTime> times, boolean fits) {
        System.out.printf(
                Locale.ROOT,
                "%-16s %7s %9s %8s %12s %18s%n",
                "bus",
                "devices",
                "registers",
                "requests",
                "cycle",
                "one device silent");
        for (BusTime time : times) {
            System.out.printf(
                    Locale.ROOT,
                    "%-16s %7d %9d %8d %9d ms %15d ms%s%n",
                    time.bus(),
                    time.devices(),
                    time.registers(),
                    time.requests(),
                    time.typical().toMillis(),
                    time.worst().toMillis(),
                    time.fits() ? "" : "  does not fit");
        }
        System.out.println(
                fits
                        ? "The plan fits into its interval of "
                                + plan.interval().toMillis() + " ms."
                        : "The plan does not fit into its interval of "
                                + plan.interval().toMillis()
                                + " ms. Poll less often, spread the devices over more buses, or raise the baud rate.");
    }

    private static void printJson(PollPlan plan, List<BusTime> times, boolean fits) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode document = mapper.createObjectNode()
                .put("intervalMs", plan.interval().toMillis())
                .put("fits", fits);
        ArrayNode buses = document.putArray("buses");
        for (BusTime time : times) {
            buses.addObject()
                    .put("bus", time.bus())
                    .put("devices", time.devices())
                    .put("registers", time.registers())
                    .put("requests", time.requests())
                    .put("cycleMs", time.typical().toMillis())
                    .put("oneDeviceSilentMs", time.worst().toMillis())
                    .put("fits", time.fits());
        }
        System.out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document));
    }
}
