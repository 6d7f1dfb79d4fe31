package energy.audit.agent.config;

import energy.audit.agent.config.Bus.SerialLine;
import energy.audit.agent.config.Bus.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads {@code modbus.yaml}. */
public final class ModbusYaml {
    private ModbusYaml() {}

    /**
     * @param file must have mode 600
     * @throws ConfigurationRefused with the place in the file
     */
    public static PollPlan read(Path file) {
        String text = PrivateFile.read(file);
        DeviceProfiles profiles = DeviceProfiles.besides(file);
        List<Complaint> complaints = ConfigurationCheck.modbus(file.toString(), text, profiles);
        if (!complaints.isEmpty()) {
            throw ConfigurationRefused.of(complaints);
        }
        return parse(file.toString(), text, profiles);
    }

    /** Everything that the reader itself refuses, not only the first thing. */
    static List<ConfigurationRefused> refusals(String name, String text, DeviceProfiles profiles) {
        List<ConfigurationRefused> collected = new ArrayList<>();
        try {
            PollPlan plan = parse(name, text, profiles, collected);
            assert plan != null;
        } catch (ConfigurationRefused e) {
            if (!collected.contains(e)) {
                collected.add(e);
            }
        }
        return collected;
    }

    static PollPlan parse(String name, String text) {
        return parse(name, text, DeviceProfiles.bundled());
    }

    static PollPlan parse(String name, String text, DeviceProfiles profiles) {
        return parse(name, text, profiles, null);
    }

    private static PollPlan parse(
            String name, String text, DeviceProfiles profiles, @Nullable List<ConfigurationRefused> collected) {
        Object tree;
        try {
            tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        } catch (YAMLException e) {
            throw new ConfigurationRefused(name, "it is no YAML: " + e.getMessage(), "Correct the line named above");
        }
        YamlMap top = YamlMap.of(name, tree, collected);
        int version = top.whole("version");
        if (collected == null && version != 1) {
            throw new ConfigurationRefused(
                    name, "version " + top.text("version") + " is unknown", "This agent reads version 1");
        }
        List<Bus> buses = new ArrayList<>();
        List<Gateway> gateways = new ArrayList<>();
        if (top.has("gateways")) {
            gateways.addAll(top.each("gateways", GatewayYaml::gateway));
        }
        if (gateways.isEmpty() || top.has("buses")) {
            buses.addAll(top.each("buses", bus -> bus(bus, top.text("site"), profiles)));
        }
        PollPlan plan = built(
                name + ", polling-interval",
                () -> new PollPlan(
                        top.text("tenant"),
                        top.text("site"),
                        top.duration("polling-interval", "10s"),
                        requestTimeout(top, buses),
                        top.duration("stamp-tolerance", "1s"),
                        buses,
                        gateways));
        top.nothingElse();
        refuseDuplicates(name, plan);
        return plan;
    }

    /**
     * By default so much that a silent device costs its neighbours a tenth of the interval, at most a second; on a serial
     * line that includes the quiet which follows.
     */
    private static Duration requestTimeout(YamlMap top, List<Bus> buses) {
        long tenth = top.duration("polling-interval", "10s").toMillis() / 10;
        boolean serial = buses.stream().anyMatch(bus -> bus.transport() == Transport.RTU);
        long cost = Math.min(1000, tenth) - (serial ? Bus.QUIET_AFTER_SILENCE.toMillis() : 0);
        return top.duration("request-timeout", Math.max(50, cost) + "ms");
    }

    private static Bus bus(YamlMap map, String site, DeviceProfiles profiles) {
        Transport transport = map.parse("transport", map.text("transport", "tcp"), ModbusYaml::transport);
        boolean serial = transport == Transport.RTU;
        SerialLine line = new SerialLine(
                serial ? map.text("device") : "",
                map.whole("baud", SerialLine.NONE.baud()),
                map.whole("data-bits", SerialLine.NONE.dataBits()),
                map.text("parity", SerialLine.NONE.parity()),
                map.whole("stop-bits", SerialLine.NONE.stopBits()));
        // TCP repeats what was lost by itself; a serial line does not
        List<Device> devices =
                map.each("devices", device -> device(device, site, profiles, transport == Transport.TCP ? 0 : 1));
        Bus bus = built(
                map.where(),
                () -> new Bus(
                        map.text("id"),
                        transport,
                        serial ? "" : map.text("host"),
                        serial ? 0 : map.whole("port", 502),
                        line,
                        map.whole("max-hole", 4),
                        devices,
                        serial ? 1 : map.whole("connections", 1)));
        map.nothingElse();
        return bus;
    }

    private static Device device(YamlMap map, String site, DeviceProfiles profiles, int retries) {
        String id = map.text("id");
        List<Register> registers = new ArrayList<>();
        if (map.has("profile")) {
            registers.addAll(ofProfile(map, site, id, profiles));
        }
        if (registers.isEmpty() || map.has("registers")) {
            registers.addAll(
                    map.each("registers", register -> RegisterYaml.register(register, register.text("channel"), 0)));
        }
        Device device = built(
                map.where(),
                () -> new Device(
                        id,
                        map.whole("unit"),
                        registers,
                        map.has("request-timeout")
                                ? Optional.of(map.duration("request-timeout", "1s"))
                                : Optional.empty(),
                        map.whole("retries", retries)));
        map.nothingElse();
        return device;
    }

    private static List<Register> ofProfile(YamlMap map, String site, String id, DeviceProfiles profiles) {
        DeviceProfile profile = map.parse("profile", map.text("profile"), profiles::named);
        return map.parse(
                "quantities",
                map.text("meter", site + "." + id),
                meter -> profile.registers(
                        meter, map.whole("base-address", profile.baseAddress()), map.texts("quantities")));
    }

    private static Transport transport(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "tcp" -> Transport.TCP;
            case "rtu" -> Transport.RTU;
            case "rtu-over-tcp" -> Transport.RTU_OVER_TCP;
            default ->
                throw new IllegalArgumentException("\"" + name + "\" is no transport; use tcp, rtu or rtu-over-tcp");
        };
    }

    private static <T> T built(String where, java.util.function.Supplier<T> build) {
        try {
            return build.get();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationRefused(where, String.valueOf(e.getMessage()), "Correct the value");
        }
    }

    private static void refuseDuplicates(String name, PollPlan plan) {
        Set<String> seen = new HashSet<>();
        for (Bus bus : plan.buses()) {
            refuseSecond(name, seen, "bus " + bus.id());
            for (Device device : bus.devices()) {
                refuseSecond(name, seen, "device " + device.id());
            }
        }
        for (String channel : plan.channels()) {
            refuseSecond(name, seen, "channel " + channel);
        }
    }

    private static void refuseSecond(String name, Set<String> seen, String thing) {
        if (!seen.add(thing)) {
            throw new ConfigurationRefused(name, thing + " is there twice", "Give each its own name");
        }
    }
}
