package energy.audit.agent.config;

import energy.audit.agent.config.Gateway.Field;
import energy.audit.agent.config.Gateway.Kind;
import energy.audit.agent.config.Gateway.Sensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the entries of {@code gateways} in {@code modbus.yaml}. */
final class GatewayYaml {
    private GatewayYaml() {}

    static Gateway gateway(YamlMap map) {
        Kind kind = map.parse("kind", map.text("kind"), Kind::named);
        boolean tls = map.parse("tls", map.text("tls", "false"), GatewayYaml::yesOrNo);
        List<Sensor> sensors = new ArrayList<>();
        for (YamlMap sensor : map.maps("sensors")) {
            sensors.add(sensor(sensor));
        }
        Optional<String> user = map.has("user") ? Optional.of(map.text("user")) : Optional.empty();
        Gateway gateway = new Gateway(
                map.text("id"),
                kind,
                map.text("host"),
                map.whole("port", tls ? 8883 : 1883),
                tls,
                user,
                user.isPresent() ? Optional.of(map.text("password-file")) : Optional.empty(),
                map.text("topic", kind.usualTopic()),
                sensors);
        map.nothingElse();
        return gateway;
    }

    private static boolean yesOrNo(String text) {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw new IllegalArgumentException("\"" + text + "\" is neither true nor false");
    }

    private static Sensor sensor(YamlMap map) {
        List<Field> fields = new ArrayList<>();
        for (YamlMap value : map.maps("values")) {
            Field field = value.parse(
                    "field",
                    value.text("field"),
                    path -> new Field(
                            value.text("channel"), List.of(path.split("\\.", -1)), value.whole("decimals", 0)));
            value.nothingElse();
            fields.add(field);
        }
        Sensor sensor = new Sensor(map.text("id"), map.quotedText("address"), fields);
        map.nothingElse();
        return sensor;
    }
}
