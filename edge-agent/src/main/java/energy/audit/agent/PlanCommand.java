package energy.audit.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.audit.agent.config.AgentSettings;
import energy.audit.agent.config.ModbusYaml;
import energy.audit.agent.config.PollPlan;
import energy.audit.agent.poll.BusTime;
import energy.audit.agent.poll.PlanTime;
import energy.audit.agent.poll.Shortfall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        AgentHome home = new AgentHome(Objects.requireNonNull(config));
        PollPlan plan = ModbusYaml.read(home.modbusYaml());
        int workers = Files.exists(home.settingsFile()) ? home.settings().workers() : AgentSettings.DEFAULT_WORKERS;
        PlanTime time = PlanTime.of(plan, workers);
        if (json) {
            printJson(plan, time);
        } else {
            print(plan, time);
        }
        return time.fits() ? 0 : 1;
    }

    private static void print(PollPlan plan, PlanTime time) {
        String row = "%-16s %11s %7s %9s %8s %10s %17s %13s%n";
        System.out.printf(
                Locale.ROOT,
                row,
                "bus",
                "connections",
                "devices",
                "registers",
                "requests",
                "cycle",
                "one device silent",
                "silent borne");
        for (BusTime bus : time.buses()) {
            System.out.printf(
                    Locale.ROOT,
                    row,
                    bus.bus(),
                    bus.connections(),
                    bus.devices(),
                    bus.registers(),
                    bus.requests(),
                    bus.typical().toMillis() + " ms",
                    bus.oneSilent().toMillis() + " ms",
                    bus.silentBorne());
        }
        long intervalMs = plan.interval().toMillis();
        System.out.println("The cycle takes " + time.cycle().toMillis() + " ms with " + time.workers()
                + " workers; the interval is " + intervalMs + " ms.");
        time.shortfalls().forEach(shortfall -> System.out.println(shortfall.sentence()));
        System.out.println(time.fits() ? "The plan can be met." : "The plan cannot be met.");
    }

    private static void printJson(PollPlan plan, PlanTime time) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode document = mapper.createObjectNode()
                .put("intervalMs", plan.interval().toMillis())
                .put("cycleMs", time.cycle().toMillis())
                .put("workers", time.workers())
                .put("fits", time.fits());
        ArrayNode buses = document.putArray("buses");
        for (BusTime bus : time.buses()) {
            buses.addObject()
                    .put("bus", bus.bus())
                    .put("connections", bus.connections())
                    .put("devices", bus.devices())
                    .put("registers", bus.registers())
                    .put("requests", bus.requests())
                    .put("cycleMs", bus.typical().toMillis())
                    .put("oneDeviceSilentMs", bus.oneSilent().toMillis())
                    .put("availableMs", bus.available().toMillis())
                    .put("silentDeviceCostMs", bus.silentCost().toMillis())
                    .put("silentDevicesBorne", bus.silentBorne())
                    .put("fits", bus.fits());
        }
        ArrayNode shortfalls = document.putArray("shortfalls");
        for (Shortfall shortfall : time.shortfalls()) {
            shortfalls
                    .addObject()
                    .put("bus", shortfall.bus())
                    .put("what", shortfall.what())
                    .put("neededMs", shortfall.needed().toMillis())
                    .put("availableMs", shortfall.available().toMillis())
                    .put("change", shortfall.change());
        }
        System.out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document));
    }
}
