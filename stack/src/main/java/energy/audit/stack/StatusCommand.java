package energy.audit.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code status}: each part with its port and health, the ingest identity and the history import. */
@Command(
        name = "status",
        description = {
            "Shows each part, its port and health, what was sent and what became of it, and the history import.",
            "Ends with 0 if everything is well, else with 1."
        },
        footer = {"", "Example: ./energy-audit status --json"})
final class StatusCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> COUNTS = List.of("sent", "stored", "duplicate", "quarantined", "inFlight");

    @Mixin
    private DataOption where = new DataOption();

    @Option(names = "--json", description = "Prints one JSON document.")
    private boolean json;

    @Override
    public Integer call() {
        Layout layout = where.layout();
        Optional<JsonNode> state = StackState.read(layout);
        boolean supervised = StackState.supervisor(layout).isPresent();
        ObjectNode document = JSON.createObjectNode();
        document.put("data", layout.data().toString());
        document.put("running", supervised);
        document.put(
                "ready",
                supervised && state.map(s -> s.path("ready").asBoolean()).orElse(false));
        int offset = state.map(s -> s.path("portOffset").asInt()).orElse(0);
        Ports ports = new Ports(offset);
        document.put("portal", WildFly.portal(ports).toString());
        ArrayNode parts = document.putArray("parts");
        state.ifPresent(s -> s.path("parts").forEach(part -> parts.add(part(part, ports))));
        boolean well = supervised;
        for (JsonNode part : parts) {
            well &= !"bad".equals(part.path("health").asText());
        }
        document.set("ingest", ingest(layout, ports, supervised));
        document.set("history", history(layout));
        document.put("healthy", well);
        if (json) {
            System.out.println(document.toPrettyString());
        } else {
            print(document);
        }
        return well ? 0 : Stack.EXIT_NO;
    }

    private static ObjectNode part(JsonNode recorded, Ports ports) {
        ObjectNode part = recorded.deepCopy();
        String name = part.path("name").asText();
        String phase = part.path("state").asText();
        boolean program = part.path("pid").isNumber();
        boolean alive = program
                && ProcessHandle.of(part.path("pid").asLong())
                        .filter(ProcessHandle::isAlive)
                        .isPresent();
        if (program && !alive) {
            part.put("state", "stopped".equals(phase) ? phase : "died");
            part.putNull("pid");
        }
        part.put("health", health(name, part, alive, ports));
        return part;
    }

    private static String health(String name, ObjectNode part, boolean alive, Ports ports) {
        String state = part.path("state").asText();
        if ("done".equals(state)) {
            return "good";
        }
        if (!alive) {
            return "waiting".equals(state) ? "unknown" : "bad";
        }
        boolean answers;
        if (WildFly.NAME.equals(name)) {
            answers = Rest.answers(URI.create("http://127.0.0.1:" + ports.http() + "/health/ready"));
        } else if (Keycloak.NAME.equals(name)) {
            answers = Rest.answers(URI.create(
                    "http://127.0.0.1:" + ports.keycloak() + "/realms/energy-audit/.well-known/openid-configuration"));
        } else {
            answers = !part.path("port").isNumber()
                    || Readiness.listens(part.path("port").asInt());
        }
        return answers ? "good" : "running".equals(state) ? "bad" : "unknown";
    }

    /** The sums over all tenants, or null with the reason on standard error. */
    private static JsonNode ingest(Layout layout, Ports ports, boolean supervised) {
        if (!supervised) {
            return JSON.nullNode();
        }
        try {
            Backend backend = Backend.of(Installation.open(layout, ports, new SecureRandom(), Clock.systemUTC()));
            ObjectNode sums = JSON.createObjectNode();
            ArrayNode tenants = JSON.createArrayNode();
            for (Demo.Tenant tenant : Demo.standard().tenants()) {
                JsonNode counts = backend.get("/tenants/" + tenant.id() + "/ingest");
                ObjectNode shown = tenants.addObject().put("tenant", tenant.id());
                for (String count : COUNTS) {
                    sums.put(
                            count,
                            sums.path(count).asLong() + counts.path(count).asLong());
                    shown.put(count, counts.path(count).asLong());
                }
            }
            sums.set("tenants", tenants);
            return sums;
        } catch (StackFailure e) {
            System.err.println("energy-audit: the ingest counts are not to be had: " + e.getMessage());
            return JSON.nullNode();
        }
    }

    private static ObjectNode history(Layout layout) {
        ObjectNode history = JSON.createObjectNode();
        long done = 0;
        long total = 0;
        boolean complete = true;
        ArrayNode sites = JSON.createArrayNode();
        Installation here =
                new Installation(layout, new Ports(0), new Secrets(layout.secrets(), new SecureRandom()), "");
        for (Demo.Agent agent : Demo.standard().agents()) {
            if (agent.history()) {
                HistoryLogger.Progress p = new HistoryLogger(here, agent).progress();
                sites.addObject()
                        .put("site", p.site())
                        .put("done", p.done())
                        .put("total", p.total())
                        .put("complete", p.complete());
                done += p.done();
                total += p.total();
                complete &= p.complete();
            }
        }
        history.put("done", done).put("total", total).put("complete", complete).set("sites", sites);
        return history;
    }

    private static void print(JsonNode document) {
        System.out.println((document.path("running").asBoolean() ? "Running: " : "Not running: ")
                + document.path("portal").asText() + "   data "
                + document.path("data").asText());
        for (JsonNode part : document.path("parts")) {
            System.out.printf(
                    Locale.ROOT,
                    "  %-24s %-9s %-8s %-6s %s%n",
                    part.path("name").asText(),
                    part.path("state").asText(),
                    part.path("health").asText(),
                    part.path("port").isNumber() ? part.path("port").asText() : "-",
                    part.path("pid").isNumber() ? "pid " + part.path("pid").asText() : "");
        }
        JsonNode ingest = document.path("ingest");
        if (ingest.isObject()) {
            long settled = ingest.path("stored").asLong()
                    + ingest.path("duplicate").asLong()
                    + ingest.path("quarantined").asLong();
            System.out.printf(
                    Locale.ROOT,
                    "  ingest: sent %d = stored %d + duplicate %d + quarantined %d + in flight %d%s%n",
                    ingest.path("sent").asLong(),
                    ingest.path("stored").asLong(),
                    ingest.path("duplicate").asLong(),
                    ingest.path("quarantined").asLong(),
                    ingest.path("inFlight").asLong(),
                    settled + ingest.path("inFlight").asLong()
                                    == ingest.path("sent").asLong()
                            ? ""
                            : "   NOT EQUAL");
        }
        JsonNode history = document.path("history");
        System.out.printf(
                Locale.ROOT,
                "  history: %d of %d site days imported%s%n",
                history.path("done").asLong(),
                history.path("total").asLong(),
                history.path("complete").asBoolean() ? ", complete" : "");
    }
}
