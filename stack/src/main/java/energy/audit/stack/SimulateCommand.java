package energy.audit.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
        footer = {"", "Example: ./energy-audit simulate fault silent-device --site foundry-north --for PT30S"})
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
            footer = {"", "Example: ./energy-audit simulate fault silent-device --site cold-store --for PT2M"})
    static final class Fault implements Callable<Integer> {
        @Mixin
        private DataOption where = new DataOption();

        @Parameters(paramLabel = "NAME", description = "Which one; 'simulate faults' lists them.")
        @SuppressWarnings("NullAway.Init")
        private String name;

        @Option(names = "--site", paramLabel = "S", description = "Site. Default: foundry-north.")
        private @Nullable String site;

        @Option(names = "--meter", paramLabel = "M", description = "Meter, for faults of one meter. Default: main.")
        private @Nullable String meter;

        @Option(
                names = "--for",
                paramLabel = "PT30S",
                description = "How long, ISO 8601. Default: what 'simulate faults' says.")
        private @Nullable Duration duration;

        private static String encoded(String value) {
            return URLEncoder.encode(value, StandardCharsets.UTF_8);
        }

        @Override
        public Integer call() {
            List<String> query = new ArrayList<>();
            if (site != null) {
                query.add("site=" + encoded(site));
            }
            if (meter != null) {
                query.add("meter=" + encoded(meter));
            }
            if (duration != null) {
                query.add("for=" + encoded(duration.toString()));
            }
            URI order = control(where.layout(), "/faults/" + encoded(name) + "?" + String.join("&", query));
            System.out.println(new Rest().post(order, "", NullNode.getInstance()));
            return 0;
        }
    }

    @Command(
            name = "faults",
            description = "Lists the faults there are, with how long each usually lasts.",
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
                        "%-24s %-14s %s%n",
                        fault.path("name").asText(),
                        fault.path("for").asText(),
                        fault.path("description").asText());
            }
            return 0;
        }
    }
}
