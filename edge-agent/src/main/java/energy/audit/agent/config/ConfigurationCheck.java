package energy.audit.agent.config;

import energy.audit.agent.config.LocatedTree.Spot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of the agent's three files, each told with its place: the schema's first, then those that a schema cannot say.
 * Starting the agent, a changed mapping and {@code validate} all ask here.
 */
public final class ConfigurationCheck {
    private ConfigurationCheck() {}

    /** Everything that is wrong in the three files of a directory, file by file, line by line. */
    public static List<Complaint> of(Path directory) {
        List<Complaint> found = new ArrayList<>();
        Path modbus = directory.resolve("modbus.yaml");
        try {
            found.addAll(modbus(modbus.toString(), PrivateFile.read(modbus), DeviceProfiles.besides(modbus)));
        } catch (ConfigurationRefused e) {
            found.add(new Complaint(modbus.toString(), 1, 1, e.why(), e.nextStep()));
        }
        bytes(directory.resolve("device_mapping.json"), found)
                .ifPresent(bytes -> found.addAll(
                        mapping(directory.resolve("device_mapping.json").toString(), bytes)));
        Path settings = directory.resolve("audit-engine.conf");
        bytes(settings, found)
                .ifPresent(bytes ->
                        found.addAll(settings(settings.toString(), new String(bytes, StandardCharsets.UTF_8))));
        if (found.isEmpty()) {
            try {
                AgentSettings.read(settings).requireSamePlace(ModbusYaml.read(modbus));
            } catch (ConfigurationRefused e) {
                found.add(new Complaint(modbus.toString(), 1, 1, e.why(), e.nextStep()));
            }
        }
        return found;
    }

    private static Optional<byte[]> bytes(Path file, List<Complaint> found) {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            found.add(
                    new Complaint(file.toString(), 1, 1, "there is no such file", "Create it; see docs/edge-agent.md"));
        } catch (IOException e) {
            found.add(new Complaint(
                    file.toString(), 1, 1, "it cannot be read (" + e + ")", "Check the disk and the file's owner"));
        }
        return Optional.empty();
    }

    /** What is wrong in the text of a {@code modbus.yaml}. */
    static List<Complaint> modbus(String file, String text, DeviceProfiles profiles) {
        List<Complaint> found = new ArrayList<>();
        Optional<LocatedTree> tree = new LocatedText(file, found).yaml(text);
        if (tree.isEmpty() || !found.isEmpty()) {
            return found;
        }
        found.addAll(Schema.of("modbus.yaml").check(file, tree.get()));
        twice(file, tree.get(), found);
        add(file, tree.get(), ModbusYaml.refusals(file, text, profiles), found);
        return sorted(found);
    }

    /** What is wrong in the bytes of a {@code device_mapping.json}. */
    static List<Complaint> mapping(String file, byte[] bytes) {
        List<Complaint> found = new ArrayList<>();
        Optional<LocatedTree> tree = new LocatedText(file, found).json(bytes);
        if (tree.isEmpty() || !found.isEmpty()) {
            return found;
        }
        found.addAll(Schema.of("device_mapping.json").check(file, tree.get()));
        Map<String, Spot> seen = new HashMap<>();
        for (LocatedTree entry : tree.get().items("mappings")) {
            String of = entry.text("sensor_id").orElse("?") + " from "
                    + entry.text("valid_from").orElse("?");
            Spot first = seen.putIfAbsent(of, entry.at());
            if (first != null) {
                found.add(new Complaint(
                        file,
                        entry.at().line(),
                        entry.at().column(),
                        "the scale of " + of + " is there twice, first on line " + first.line(),
                        "Keep the right one"));
            }
            entry.text("valid_from").flatMap(ConfigurationCheck::noInstant).ifPresent(why -> {
                Spot at = entry.spot("valid_from");
                found.add(new Complaint(file, at.line(), at.column(), "valid_from: " + why, "Give a day that exists"));
            });
        }
        return sorted(found);
    }

    /** Says why a text that looks like an instant is none, e.g. the 31st of February. */
    private static Optional<String> noInstant(String text) {
        if (!text.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z")) {
            return Optional.empty(); // the schema says so
        }
        try {
            java.time.Instant at = java.time.Instant.parse(text);
            return at == null ? Optional.of(text) : Optional.empty();
        } catch (java.time.DateTimeException e) {
            return Optional.of("\"" + text + "\" is no instant");
        }
    }

    /** What is wrong in the text of an {@code audit-engine.conf}. */
    static List<Complaint> settings(String file, String text) {
        List<Complaint> found = new ArrayList<>();
        Optional<LocatedTree> tree = new LocatedText(file, found).properties(text);
        if (tree.isEmpty()) {
            return found;
        }
        Schema schema = Schema.of("audit-engine.conf");
        found.addAll(schema.check(file, schema.typed(tree.get())));
        if (found.isEmpty()) {
            try {
                AgentSettings settings = AgentSettings.parse(Path.of(file), text);
                assert settings != null;
            } catch (ConfigurationRefused e) {
                add(file, tree.get(), List.of(e), found);
            }
        }
        return sorted(found);
    }

    /** Names that must be unique. */
    private static void twice(String file, LocatedTree top, List<Complaint> found) {
        Map<String, Spot> seen = new HashMap<>();
        for (LocatedTree bus : top.items("buses")) {
            unique(file, seen, "bus", bus, "id", found);
            for (LocatedTree device : bus.items("devices")) {
                unique(file, seen, "device", device, "id", found);
                device.items("registers").forEach(r -> unique(file, seen, "channel", r, "channel", found));
            }
        }
        for (LocatedTree gateway : top.items("gateways")) {
            for (LocatedTree sensor : gateway.items("sensors")) {
                sensor.items("values").forEach(v -> unique(file, seen, "channel", v, "channel", found));
            }
        }
    }

    private static void unique(
            String file, Map<String, Spot> seen, String kind, LocatedTree tree, String key, List<Complaint> found) {
        tree.text(key).ifPresent(name -> {
            Spot at = tree.spot(key);
            Spot first = seen.putIfAbsent(kind + " " + name, at);
            if (first != null) {
                found.add(new Complaint(
                        file,
                        at.line(),
                        at.column(),
                        kind + " " + name + " is there twice, first on line " + first.line(),
                        "Give each its own name"));
            }
        });
    }

    /** The reader's own refusals, where nothing was said about the line yet. */
    private static void add(String file, LocatedTree tree, List<ConfigurationRefused> refusals, List<Complaint> found) {
        for (ConfigurationRefused refusal : refusals) {
            boolean here = refusal.where().startsWith(file);
            String path = here ? refusal.where().substring(file.length()) : refusal.where();
            Spot at = here ? tree.spot(path) : Spot.START;
            boolean said = found.stream().anyMatch(c -> c.line() == at.line());
            boolean twice = refusal.why().contains("is there twice")
                    && found.stream().anyMatch(c -> c.what().contains("is there twice"));
            if (!said && !twice) {
                String place = path.replaceFirst("^, ", "");
                found.add(new Complaint(
                        file,
                        at.line(),
                        at.column(),
                        place.isEmpty() ? refusal.why() : place + ": " + refusal.why(),
                        refusal.nextStep()));
            }
        }
    }

    private static List<Complaint> sorted(List<Complaint> found) {
        found.sort(Comparator.comparingInt(Complaint::line).thenComparingInt(Complaint::column));
        return found;
    }
}
