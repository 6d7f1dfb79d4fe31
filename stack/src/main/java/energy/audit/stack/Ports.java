package energy.audit.stack;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The TCP ports of one stack, all on 127.0.0.1.
 *
 * @param offset added to every base port, 0 to {@link #MAX_OFFSET}
 */
public record Ports(int offset) {
    /** Highest offset with which every port stays below 65 536 (the broker starts at 61 616). */
    public static final int MAX_OFFSET = 3_900;

    public Ports {
        if (offset < 0 || offset > MAX_OFFSET) {
            throw new StackFailure(
                    "--port-offset " + offset, "not within 0.." + MAX_OFFSET, "Choose another offset, such as 1000");
        }
    }

    public int http() {
        return 8080 + offset;
    }

    public int https() {
        return 8443 + offset;
    }

    public int management() {
        return 9990 + offset;
    }

    public int keycloak() {
        return 8180 + offset;
    }

    public int postgres() {
        return 15432 + offset;
    }

    public int brokerCore() {
        return 61616 + offset;
    }

    public int mqtt() {
        return 1883 + offset;
    }

    public int mqttTls() {
        return 8883 + offset;
    }

    /** Modbus port of the first site; the others follow. */
    public int modbus() {
        return 15020 + offset;
    }

    public int simulatorControl() {
        return 15090 + offset;
    }

    /** Every port with the part that needs it, for the preflight. */
    Map<Integer, String> all(int sites) {
        Map<Integer, String> ports = new LinkedHashMap<>();
        ports.put(http(), "the portal (WildFly http)");
        ports.put(https(), "the portal (WildFly https)");
        ports.put(management(), "WildFly management");
        ports.put(keycloak(), "Keycloak");
        ports.put(postgres(), "PostgreSQL");
        ports.put(brokerCore(), "the Artemis broker (core)");
        ports.put(mqtt(), "the Artemis broker (MQTT)");
        ports.put(mqttTls(), "the Artemis broker (MQTT over TLS)");
        for (int site = 0; site < sites; site++) {
            ports.put(modbus() + site, "the plant simulator (Modbus of site " + (site + 1) + ")");
        }
        ports.put(simulatorControl(), "the plant simulator (control)");
        return ports;
    }
}
