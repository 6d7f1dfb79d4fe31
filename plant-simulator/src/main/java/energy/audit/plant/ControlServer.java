package energy.audit.plant;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The plant's other face, for tests and demonstrations: status, faults, and what a register must have shown. Loopback only. */
final class ControlServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Plant plant;
    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "control");
        thread.setDaemon(true);
        return thread;
    });

    ControlServer(Plant plant, int port) throws IOException {
        this.plant = plant;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
        } catch (IOException e) {
            throw new IOException(
                    "Control port " + port + " cannot be opened: " + e.getMessage()
                            + ". Stop what uses it, or choose another with --control-port.",
                    e);
        }
        server.setExecutor(workers);
        server.createContext("/status", exchange -> answer(exchange, "GET", query -> status()));
        server.createContext("/expected", exchange -> answer(exchange, "GET", this::expected));
        server.createContext("/faults", this::faults);
        server.start();
    }

    /** The request cannot be met; the message says why and what would work. */
    private static final class Refused extends Exception {
        private final int status;

        private Refused(int status, String message) {
            super(message);
            this.status = status;
        }
    }

    private interface Answer {
        ObjectNode to(Map<String, String> query) throws Refused, IOException;
    }

    private void answer(HttpExchange exchange, String method, Answer answer) throws IOException {
        try (exchange) {
            ObjectNode body;
            int status = 200;
            try {
                if (!exchange.getRequestMethod().equals(method)) {
                    throw new Refused(405, "Use " + method + " here");
                }
                body = answer.to(
                        query(Optional.ofNullable(exchange.getRequestURI().getRawQuery())));
            } catch (Refused e) {
                status = e.status;
                body = JSON.createObjectNode().put("error", e.getMessage());
            } catch (IOException | RuntimeException e) {
                System.err.println(
                        "ERR CONTROL request=" + exchange.getRequestURI().getPath() + " cause=" + e);
                status = 500;
                body = JSON.createObjectNode().put("error", "The simulator failed: " + e);
            }
            byte[] bytes = (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(body) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private ObjectNode status() {
        Instant now = plant.clock().instant();
        ObjectNode json = JSON.createObjectNode();
        json.put("anchor", plant.memory().anchor().toString());
        json.put("historyUntil", plant.memory().historyUntil().toString());
        json.put("now", now.toString());
        json.put("seed", plant.memory().seed());
        json.put(
                "points",
                plant.sites().stream().mapToInt(s -> s.meters().size()).sum());
        json.put(
                "channels",
                plant.sites().stream().mapToInt(s -> s.places().size()).sum());
        ArrayNode sites = json.putArray("sites");
        for (int i = 0; i < plant.sites().size(); i++) {
            SiteTimeline site = plant.sites().get(i);
            ObjectNode node = sites.addObject();
            node.put("tenant", site.identity().tenant());
            node.put("site", site.identity().id());
            node.put("port", plant.gateways().get(i).getPort());
            node.put("open", plant.gateways().get(i).isOpen());
            node.put("points", site.meters().size());
            node.put("channels", site.places().size());
        }
        ArrayNode active = json.putArray("active");
        plant.interventions().active(now).forEach(i -> describe(active.addObject(), i));
        return json;
    }

    private static void describe(ObjectNode node, Interventions.Intervention i) {
        node.put("fault", i.fault().wireName());
        node.put("site", i.site());
        if (!i.meter().isEmpty()) {
            node.put("meter", i.meter());
        }
        node.put("from", i.from().toString());
        node.put("until", i.isOpenEnded() ? "cleared" : i.until().toString());
    }

    private ObjectNode expected(Map<String, String> query) throws Refused {
        String channelId = query.getOrDefault("channel", "");
        Instant now = plant.clock().instant();
        Instant at = query.containsKey("at") ? instant(query.get("at")) : now;
        if (at.isAfter(now)) {
            throw new Refused(400, "at=" + at + " is in the future; it is " + now);
        }
        if (at.isBefore(plant.memory().anchor())) {
            throw new Refused(
                    400,
                    "at=" + at + " is before the plant began at "
                            + plant.memory().anchor());
        }
        for (SiteTimeline site : plant.sites()) {
            int position = site.position(channelId);
            if (position >= 0) {
                return expected(site, position, at);
            }
        }
        throw new Refused(
                404, "No channel \"" + channelId + "\"; channels are listed in config/<site>/device_mapping.json");
    }

    private ObjectNode expected(SiteTimeline site, int position, Instant at) {
        SiteTimeline.Place place = site.places().get(position);
        String id = site.identity().id();
        String meter = place.meter().id();
        ObjectNode json = JSON.createObjectNode();
        json.put("channel", place.channel().id());
        json.put("at", at.toString());
        json.put("count", site.countsAt(at)[position]);
        json.put("unit", place.channel().unit());
        json.put("multiplier", place.channel().multiplier().toPlainString());
        json.put("offset", place.channel().offset().toPlainString());
        json.put(
                "readable",
                !plant.interventions().isActive(Fault.SILENT_DEVICE, id, meter, at)
                        && !plant.interventions().isActive(Fault.EXCEPTION, id, meter, at)
                        && !plant.interventions().isActive(Fault.REFUSE_CONNECTION, id, "", at));
        return json;
    }

    private void faults(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().replaceFirst("^/faults/?", "");
        if (name.isEmpty()) {
            answer(exchange, "GET", query -> listFaults());
        } else {
            answer(exchange, "POST", query -> name.equals("clear") ? clear(query) : begin(name, query));
        }
    }

    private static ObjectNode listFaults() {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode list = json.putArray("faults");
        for (Fault fault : Fault.values()) {
            ObjectNode node = list.addObject();
            node.put("name", fault.wireName());
            node.put("description", fault.description());
            node.put(
                    "for",
                    fault.usual().isZero() ? "until cleared" : fault.usual().toString());
        }
        list.addObject().put("name", "clear").put("description", "ends all faults of a site, or of all sites");
        return json;
    }

    private ObjectNode begin(String name, Map<String, String> query) throws Refused, IOException {
        Fault fault = Fault.named(name)
                .orElseThrow(() -> new Refused(404, "No fault \"" + name + "\"; GET /faults lists them"));
        SiteTimeline site = site(query.getOrDefault("site", "foundry-north"));
        String id = site.identity().id();
        if (!fault.concerns(id)) {
            throw new Refused(400, "Site " + id + " has nothing for " + name + " to break; try site=foundry-north");
        }
        String meter = fault.scope() == Fault.Scope.METER ? query.getOrDefault("meter", "main") : "";
        if (!meter.isEmpty() && site.meters().stream().noneMatch(m -> m.id().equals(meter))) {
            throw new Refused(404, "Site " + id + " has no meter \"" + meter + "\"; see config/" + id + "/modbus.yaml");
        }
        Duration lasting = query.containsKey("for") ? duration(query.get("for")) : fault.usual();
        Interventions.Intervention begun =
                plant.interventions().begin(fault, id, meter, plant.clock().instant(), lasting);
        plant.interventionsChanged();
        ObjectNode json = JSON.createObjectNode();
        describe(json, begun);
        return json;
    }

    private ObjectNode clear(Map<String, String> query) throws Refused, IOException {
        int ended = 0;
        if (query.containsKey("site")) {
            site(query.get("site"));
        }
        for (SiteTimeline site : plant.sites()) {
            String id = site.identity().id();
            if (query.getOrDefault("site", id).equals(id)) {
                ended += plant.interventions().clear(id, plant.clock().instant());
            }
        }
        plant.interventionsChanged();
        return JSON.createObjectNode().put("ended", ended);
    }

    private SiteTimeline site(String id) throws Refused {
        for (SiteTimeline site : plant.sites()) {
            if (site.identity().id().equals(id)) {
                return site;
            }
        }
        throw new Refused(404, "No site \"" + id + "\"; GET /status lists them");
    }

    private static Instant instant(String text) throws Refused {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new Refused(400, "at=" + text + " is not an instant such as 2026-11-23T10:00:00Z");
        }
    }

    private static Duration duration(String text) throws Refused {
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative() && !duration.isZero()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            throw new Refused(400, "for=" + text + " is not a duration such as PT30S: " + e.getMessage());
        }
        throw new Refused(400, "for=" + text + " must be longer than nothing");
    }

    private static Map<String, String> query(Optional<String> raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : raw.orElse("").split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
