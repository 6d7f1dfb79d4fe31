package energy.audit.agent.config;

import java.util.List;
import java.util.Optional;

/**
 * A radio network's server, whose MQTT broker hands out what the sensors sent.
 *
 * @param user empty: without a password
 * @param passwordFile name of a file beside {@code modbus.yaml}, mode 600
 * @param topic filter that is subscribed, QoS 1
 */
public record Gateway(
        String id,
        Kind kind,
        String host,
        int port,
        boolean tls,
        Optional<String> user,
        Optional<String> passwordFile,
        String topic,
        List<Sensor> sensors) {

    /** What the messages look like. */
    public enum Kind {
        /** ChirpStack v4, event {@code up} as JSON. */
        CHIRPSTACK_V4("chirpstack-v4", "application/+/device/+/event/up"),
        /** The Things Stack v3, uplink messages as JSON. */
        THINGS_STACK_V3("things-stack-v3", "v3/+/devices/+/up"),
        /** zigbee2mqtt, state of a device as JSON. */
        ZIGBEE2MQTT("zigbee2mqtt", "zigbee2mqtt/#");

        private final String word;
        private final String topic;

        Kind(String word, String topic) {
            this.word = word;
            this.topic = topic;
        }

        /** How {@code modbus.yaml} says it. */
        public String word() {
            return word;
        }

        /** The topic filter of a server that was set up without changes. */
        public String usualTopic() {
            return topic;
        }

        /** @throws IllegalArgumentException for an unknown name; the message lists the known ones */
        static Kind named(String name) {
            for (Kind kind : values()) {
                if (kind.word.equals(name)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException(
                    "\"" + name + "\" is no kind of gateway; use chirpstack-v4, things-stack-v3 or zigbee2mqtt");
        }
    }

    /**
     * A sensor of the network.
     *
     * @param address device EUI (in any case), for zigbee2mqtt the friendly name
     */
    public record Sensor(String id, String address, List<Field> fields) {
        public Sensor {
            fields = List.copyOf(fields);
        }
    }

    /**
     * One channel of a sensor.
     *
     * @param path names from the decoded payload's top to the number
     * @param decimals count = value × 10^decimals, 0 to 9
     */
    public record Field(String channel, List<String> path, int decimals) {
        public Field {
            path = List.copyOf(path);
            if (decimals < 0 || decimals > 9) {
                throw new IllegalArgumentException("decimals " + decimals + " of " + channel + " is outside 0..9");
            }
        }
    }

    public Gateway {
        sensors = List.copyOf(sensors);
    }

    /** Every channel, in the order of the file. */
    public List<String> channels() {
        return sensors.stream()
                .flatMap(sensor -> sensor.fields().stream())
                .map(Field::channel)
                .toList();
    }
}
