package energy.audit.agent.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import energy.audit.agent.config.Gateway;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;

/**
 * The messages of the three networks. Protobuf's JSON leaves out fields that are zero, so that a missing frame counter is 0;
 * a value that is missing in the decoded payload stays missing.
 */
final class UplinkFormat {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** A message that is no uplink of this network; the text says why. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String what) {
            super(what);
        }
    }

    private UplinkFormat() {}

    /** @return empty for messages that are no measurements: simulated ones, the server's own */
    static Optional<Uplink> read(Gateway gateway, String topic, byte[] message) throws Unreadable {
        if (gateway.kind() == Gateway.Kind.ZIGBEE2MQTT) {
            String name = nameInTopic(gateway, topic);
            return name.isEmpty() ? Optional.empty() : Optional.of(zigbee(name, tree(message)));
        }
        JsonNode tree = tree(message);
        return gateway.kind() == Gateway.Kind.CHIRPSTACK_V4 ? Optional.of(chirpStack(tree)) : thingsStack(tree);
    }

    private static JsonNode tree(byte[] message) throws Unreadable {
        try {
            JsonNode tree = JSON.readTree(message);
            if (tree != null && tree.isObject()) {
                return tree;
            }
            throw new Unreadable("it is no JSON object");
        } catch (JsonProcessingException e) {
            throw new Unreadable("it is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new Unreadable("it cannot be read: " + e.getMessage());
        }
    }

    /** ChirpStack v4, integration event {@code up}. */
    private static Uplink chirpStack(JsonNode tree) throws Unreadable {
        String eui = required(tree.path("deviceInfo").path("devEui"), "deviceInfo.devEui")
                .toLowerCase(Locale.ROOT);
        String key = tree.path("deduplicationId").asText("");
        return new Uplink(
                eui,
                Optional.of(key.isEmpty() ? eui + "/" + tree.path("fCnt").asLong(0) : key),
                Optional.of(instant(required(tree.path("time"), "time"))),
                tree.path("object"));
    }

    /** The Things Stack v3; {@code simulated} uplinks were typed into its console, nobody measured them. */
    private static Optional<Uplink> thingsStack(JsonNode tree) throws Unreadable {
        JsonNode uplink = tree.path("uplink_message");
        if (tree.path("simulated").asBoolean(false)) {
            return Optional.empty();
        }
        String eui = required(tree.path("end_device_ids").path("dev_eui"), "end_device_ids.dev_eui")
                .toLowerCase(Locale.ROOT);
        JsonNode received = uplink.path("received_at");
        String key = eui + "/" + required(uplink.path("session_key_id"), "uplink_message.session_key_id") + "/"
                + uplink.path("f_cnt").asLong(0);
        return Optional.of(new Uplink(
                eui,
                Optional.of(key),
                Optional.of(instant(
                        required(received.isMissingNode() ? tree.path("received_at") : received, "received_at"))),
                uplink.path("decoded_payload")));
    }

    /** zigbee2mqtt: {@code last_seen} is there only if it is switched on, as text or as milliseconds. */
    private static Uplink zigbee(String name, JsonNode tree) throws Unreadable {
        JsonNode seen = tree.path("last_seen");
        Optional<Instant> at = seen.isMissingNode() || seen.isNull()
                ? Optional.empty()
                : Optional.of(seen.isNumber() ? Instant.ofEpochMilli(seen.asLong()) : instant(seen.asText()));
        return new Uplink(name.toLowerCase(Locale.ROOT), at.map(instant -> name + "/" + instant), at, tree);
    }

    /** The friendly name, which may hold slashes and blanks; empty for the bridge's own topics and for commands. */
    private static String nameInTopic(Gateway gateway, String topic) {
        int wildcard = gateway.topic().indexOf('#');
        String base = wildcard >= 0
                ? gateway.topic().substring(0, wildcard)
                : gateway.topic().replace("+", "");
        String name = topic.startsWith(base) ? topic.substring(base.length()) : topic;
        boolean own = name.startsWith("bridge/")
                || name.endsWith("/availability")
                || name.endsWith("/set")
                || name.endsWith("/get");
        return own ? "" : name;
    }

    /** The node at a path of names, missing if any of them is. */
    static JsonNode at(JsonNode payload, Iterable<String> path) {
        JsonNode node = payload;
        for (String name : path) {
            node = node.isObject() ? node.path(name) : MissingNode.getInstance();
        }
        return node;
    }

    private static String required(JsonNode node, String name) throws Unreadable {
        if (node.asText("").isEmpty()) {
            throw new Unreadable(name + " is missing");
        }
        return node.asText();
    }

    private static Instant instant(String text) throws Unreadable {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new Unreadable("\"" + text + "\" is no instant with an offset");
        }
    }
}
