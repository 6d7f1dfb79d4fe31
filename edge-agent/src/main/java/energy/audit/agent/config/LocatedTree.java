package energy.audit.agent.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a file says, with the line and column (both from 1) of every value and key. */
sealed interface LocatedTree {
    /** Where it begins. */
    Spot at();

    /** A line and a column, both from 1. */
    record Spot(int line, int column) {
        static final Spot START = new Spot(1, 1);
    }

    /** A key's own place, and its value. */
    record Field(Spot key, LocatedTree value) {}

    /** Keys in the order of the file. */
    record Fields(Spot at, Map<String, Field> fields) implements LocatedTree {
        public Fields {
            fields = new LinkedHashMap<>(fields);
        }
    }

    /** A list. */
    record Items(Spot at, List<LocatedTree> items) implements LocatedTree {
        public Items {
            items = new ArrayList<>(items);
        }
    }

    /** A text, number, truth value or null. */
    record Leaf(Spot at, JsonNode value) implements LocatedTree {}

    /** The value of a key; empty for a list, a leaf, or an unknown key. */
    default Optional<LocatedTree> child(String key) {
        return this instanceof Fields fields
                ? Optional.ofNullable(fields.fields().get(key)).map(Field::value)
                : Optional.empty();
    }

    /** The items of the list under a key; empty if there is none. */
    default List<LocatedTree> items(String key) {
        return child(key)
                .map(tree -> tree instanceof Items list ? list.items() : List.<LocatedTree>of())
                .orElse(List.of());
    }

    /** The text of a leaf under a key. */
    default Optional<String> text(String key) {
        return child(key)
                .flatMap(tree -> tree instanceof Leaf leaf && !leaf.value().isNull()
                        ? Optional.of(leaf.value().asText())
                        : Optional.empty());
    }

    /**
     * The deepest place that a path names, for a path that goes beyond the tree the last one on its way.
     *
     * @param path as the readers write it: {@code buses[0], devices[1], unit}
     */
    default Spot spot(String path) {
        LocatedTree here = this;
        Spot spot = at();
        Matcher step = STEP.matcher(path);
        while (step.find()) {
            Optional<LocatedTree> next = here.child(step.group(1));
            if (next.isEmpty()) {
                return spot;
            }
            here = next.get();
            spot = here.at();
            if (step.group(2) != null) {
                int index = Integer.parseInt(step.group(2));
                if (!(here instanceof Items list) || index >= list.items().size()) {
                    return spot;
                }
                here = list.items().get(index);
                spot = here.at();
            }
        }
        return spot;
    }

    Pattern STEP = Pattern.compile("([a-z_.-]+)(?:\\[(\\d+)])?");
}
