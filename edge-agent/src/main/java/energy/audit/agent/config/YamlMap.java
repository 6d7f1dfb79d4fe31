package energy.audit.agent.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A mapping of a YAML file that knows where it stands, so that a complaint names the place, and that misses no typo. */
final class YamlMap {
    private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|min|h)");

    private final String where;
    private final Map<?, ?> content;
    private final Set<String> asked = new HashSet<>();

    /** Where complaints about single entries go, so that the others are looked at too; null: the first one ends it. */
    private final @Nullable List<ConfigurationRefused> collected;

    private YamlMap(String where, Map<?, ?> content, @Nullable List<ConfigurationRefused> collected) {
        this.where = where;
        this.content = content;
        this.collected = collected;
    }

    static YamlMap of(String where, @Nullable Object node) {
        return of(where, node, null);
    }

    static YamlMap of(String where, @Nullable Object node, @Nullable List<ConfigurationRefused> collected) {
        if (node instanceof Map<?, ?> map) {
            return new YamlMap(where, map, collected);
        }
        throw new ConfigurationRefused(
                where, "a mapping (key: value) is expected here", "Compare with the example in docs/edge-agent.md");
    }

    String text(String key) {
        Object value = value(key);
        if (value == null || value.toString().isBlank()) {
            throw new ConfigurationRefused(where, "\"" + key + "\" is missing", "Add it; see docs/edge-agent.md");
        }
        return value.toString();
    }

    String text(String key, String otherwise) {
        Object value = value(key);
        return value == null ? otherwise : value.toString();
    }

    int whole(String key) {
        return parse(key, text(key), Integer::decode);
    }

    int whole(String key, int otherwise) {
        return parse(key, text(key, Integer.toString(otherwise)), Integer::decode);
    }

    Duration duration(String key, String otherwise) {
        return parse(key, text(key, otherwise), YamlMap::duration);
    }

    private static Duration duration(String text) {
        Matcher m = DURATION.matcher(text.trim());
        if (!m.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no duration; use e.g. 500ms, 10s or 1m");
        }
        long n = Long.parseLong(m.group(1));
        return switch (m.group(2)) {
            case "ms" -> Duration.ofMillis(n);
            case "s" -> Duration.ofSeconds(n);
            case "h" -> Duration.ofHours(n);
            default -> Duration.ofMinutes(n);
        };
    }

    <T> T parse(String key, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationRefused(where + ", " + key, String.valueOf(e.getMessage()), "Correct the value");
        }
    }

    List<YamlMap> maps(String key) {
        Object value = value(key);
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            throw new ConfigurationRefused(
                    where, "\"" + key + "\" must be a list with at least one entry", "Add one; see docs/edge-agent.md");
        }
        List<YamlMap> maps = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            maps.add(of(where + ", " + key + "[" + i + "]", list.get(i), collected));
        }
        return maps;
    }

    /** Every entry of a list that can be read; the complaints about the others are collected, or the first is thrown. */
    <T> List<T> each(String key, Function<YamlMap, T> reader) {
        List<T> read = new ArrayList<>();
        List<YamlMap> entries = maps(key);
        for (YamlMap entry : entries) {
            try {
                read.add(reader.apply(entry));
            } catch (ConfigurationRefused e) {
                if (collected == null) {
                    throw e;
                }
                if (!collected.contains(e)) {
                    collected.add(e);
                }
            }
        }
        if (collected != null && read.isEmpty()) {
            throw collected.get(collected.size() - 1);
        }
        return read;
    }

    /** A text that may consist of digits only: YAML would read it as a number, an octal one even, so it must be quoted. */
    String quotedText(String key) {
        Object value = value(key);
        if (value != null && !(value instanceof String)) {
            throw new ConfigurationRefused(
                    where, "YAML reads \"" + key + "\" as the number " + value, "Write it in quotation marks");
        }
        return text(key);
    }

    /** True if the file has this key here. */
    boolean has(String key) {
        return value(key) != null;
    }

    /** A list of plain texts; empty if the key is absent. */
    List<String> texts(String key) {
        Object value = value(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw new ConfigurationRefused(where, "\"" + key + "\" must be a list", "Write it as [a, b]");
        }
        return list.stream().map(String::valueOf).toList();
    }

    /** @throws ConfigurationRefused if the file has a key here that nobody asked for */
    void nothingElse() {
        for (Object key : content.keySet()) {
            if (!asked.contains(String.valueOf(key))) {
                throw new ConfigurationRefused(
                        where,
                        "\"" + key + "\" is not a known key here",
                        "Known keys: "
                                + String.join(", ", asked.stream().sorted().toList()));
            }
        }
    }

    String where() {
        return where;
    }

    private @Nullable Object value(String key) {
        asked.add(key);
        return content.get(key);
    }
}
