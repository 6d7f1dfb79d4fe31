package energy.audit.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code simulate}: makes the simulated plant misbehave. */
@Command(
        name = "simulate",
        description = "Makes the simulated plant misbehave on command.",
        subcommands = {SimulateCommand.Fault.class, SimulateCommand.Faults.class},
        footer = {"", "Example: ./energy-audit simulate fault meter-silent --site foundry-north --for PT30S"})
final class SimulateCommand implements Runnable {
    @picocli.CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private picocli.CommandLine.Model.CommandSpec spec;

    @Mixin
    private DataOption where = new DataOption();

    @Override
    public void run() {
        throw new picocli.CommandLine.ParameterException(spec.commandLine(), "Say 'fault NAME' or 'faults'.");
    }

    private static URI control(Layout layout, String path) {
        if (StackState.supervisor(layout).isEmpty()) {
            throw new StackFailure(
                    "the plant simulator", "does not run in " + layout.data(), "Start with './energy-audit up'");
        }
        int offset =
                StackState.read(layout).map(s -> s.path("portOffset").asInt()).orElse(0);
        return URI.create("http://127.0.0.1:" + new Ports(offset).simulatorControl() + path);
    }

    @Command(
            name = "fault",
            description = "Begins a fault.",
            footer = {"", "Example: ./energy-audit simulate fault meter-silent --site cold-store --for PT2M"})
    static final class Fault implements Callable<Integer> {
        @Mixin
        private DataOption where = new DataOption();

        @Parameters(paramLabel = "NAME", description = "Which one; 'simulate faults' lists them.")
        @SuppressWarnings("NullAway.Init")
        private String name;

        @Option(names = "--site", paramLabel = "S", description = "Site. Default: every site.")
        private @Nullable String site;

        @Option(
                names = "--for",
                paramLabel = "PT30S",
                defaultValue = "PT30S",
                description = "How long, ISO 8601. Default: PT30S.")
        @SuppressWarnings("NullAway.Init")
        private Duration duration;

        @Override
        public Integer call() {
            ObjectNode order = new ObjectMapper().createObjectNode().put("name", name);
            if (site != null) {
                order.put("site", site);
            }
            order.put("for", duration.toString());
            JsonNode answer = new Rest().post(control(where.layout(), "/faults"), "", order);
            System.out.println(answer.isNull() ? name + " for " + duration : answer.toString());
            return 0;
        }
    }

    @Command(
            name = "faults",
            description = "Lists the faults there are, and those in force.",
            footer = {"", "Example: ./energy-audit simulate faults"})
    static final class Faults implements Callable<Integer> {
        @Mixin
        private DataOption where = new DataOption();

        @Option(names = "--json", description = "Prints one JSON document.")
        private boolean json;

        @Override
        public Integer call() {
            JsonNode faults = new Rest().get(control(where.layout(), "/faults"), "");
            if (json) {
                System.out.println(faults.toPrettyString());
                return 0;
            }
            for (JsonNode fault : faults.isArray() ? faults : faults.path("faults")) {
                System.out.printf(
                        "%-24s %s%n",
                        fault.path("name").asText(), fault.path("description").asText());
            }
            return 0;
        }
    }
}
