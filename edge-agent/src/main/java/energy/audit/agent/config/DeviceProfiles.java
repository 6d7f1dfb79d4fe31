package energy.audit.agent.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The device profiles that can be named in {@code modbus.yaml}: those that come with the agent, and those in a directory
 * {@code profiles/} beside the file, which win over bundled ones of the same name.
 */
public final class DeviceProfiles {
    private static final String BUNDLED = "/energy/audit/agent/profiles/";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");

    private final Optional<Path> own;

    private DeviceProfiles(Optional<Path> own) {
        this.own = own;
    }

    /** Only those that come with the agent. */
    public static DeviceProfiles bundled() {
        return new DeviceProfiles(Optional.empty());
    }

    /** Those that come with the agent, and those in {@code profiles/} in the directory of this file. */
    public static DeviceProfiles besides(Path file) {
        return new DeviceProfiles(Optional.of(file.resolveSibling("profiles")));
    }

    /** Every name, ascending. */
    public List<String> names() {
        Set<String> names = new TreeSet<>(text("index")
                .orElseThrow()
                .lines()
                .filter(line -> !line.isBlank())
                .toList());
        if (own.isPresent() && Files.isDirectory(own.get())) {
            try (Stream<Path> files = Files.list(own.get())) {
                files.map(file -> file.getFileName().toString())
                        .filter(file -> file.endsWith(".yaml"))
                        .forEach(file -> names.add(file.substring(0, file.length() - ".yaml".length())));
            } catch (IOException e) {
                throw new ConfigurationRefused(
                        own.get().toString(), "it cannot be listed (" + e + ")", "Check the directory's rights");
            }
        }
        return List.copyOf(names);
    }

    /**
     * @throws IllegalArgumentException for an unknown name; the message lists the known ones
     * @throws ConfigurationRefused if the profile's file is wrong, with the place in it
     */
    public DeviceProfile named(String name) {
        if (NAME.matcher(name).matches()) {
            Optional<Path> file = own.map(directory -> directory.resolve(name + ".yaml"));
            if (file.isPresent() && Files.exists(file.get())) {
                try {
                    return parse(file.get().toString(), name, Files.readString(file.get(), StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new ConfigurationRefused(
                            file.get().toString(), "it cannot be read (" + e + ")", "Check the file's rights");
                }
            }
            Optional<String> bundled = text(name + ".yaml");
            if (bundled.isPresent()) {
                return parse("bundled profile " + name, name, bundled.get());
            }
        }
        throw new IllegalArgumentException("there is no profile \"" + name + "\"; "
                + Nearest.to(name, names())
                        .map(near -> "did you mean " + near + "? ")
                        .orElse("")
                + "Known are "
                + String.join(", ", names()) + "; docs/device-profiles.md says how to add one");
    }

    private static Optional<String> text(String resource) {
        try (InputStream in = DeviceProfiles.class.getResourceAsStream(BUNDLED + resource)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the agent's own profile " + resource + " cannot be read", e);
        }
    }

    static DeviceProfile parse(String where, String name, String text) {
        Object tree;
        try {
            tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        } catch (YAMLException e) {
            throw new ConfigurationRefused(where, "it is no YAML: " + e.getMessage(), "Correct the line named above");
        }
        YamlMap top = YamlMap.of(where, tree);
        if (top.whole("version") != 1) {
            throw new ConfigurationRefused(
                    where, "version " + top.text("version") + " is unknown", "This agent reads version 1");
        }
        if (!top.text("name").equals(name)) {
            throw new ConfigurationRefused(
                    where, "it is named " + top.text("name"), "Give the file the name of its profile, or the reverse");
        }
        List<DeviceProfile.Value> values = new ArrayList<>();
        Set<String> quantities = new HashSet<>();
        for (YamlMap entry : top.maps("values")) {
            DeviceProfile.Value value = value(entry);
            if (!quantities.add(value.quantity())) {
                throw new ConfigurationRefused(
                        where, value.quantity() + " is there twice", "A quantity has one register");
            }
            values.add(value);
        }
        DeviceProfile profile =
                new DeviceProfile(name, top.text("title"), top.text("source"), top.whole("base-address", 0), values);
        top.nothingElse();
        return profile;
    }

    private static DeviceProfile.Value value(YamlMap entry) {
        String quantity = entry.text("quantity");
        if (!NAME.matcher(quantity).matches()) {
            throw new ConfigurationRefused(
                    entry.where(), "\"" + quantity + "\" is no quantity", "Use lower-case words joined by hyphens");
        }
        DeviceProfile.Value value = new DeviceProfile.Value(
                quantity,
                RegisterYaml.keys(entry, quantity, 0),
                entry.text("unit"),
                entry.parse("multiplier", entry.text("multiplier"), BigDecimal::new));
        entry.nothingElse();
        return value;
    }
}
