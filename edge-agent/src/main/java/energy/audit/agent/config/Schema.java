package energy.audit.agent.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import energy.audit.agent.config.LocatedTree.Field;
import energy.audit.agent.config.LocatedTree.Fields;
import energy.audit.agent.config.LocatedTree.Items;
import energy.audit.agent.config.LocatedTree.Leaf;
import energy.audit.agent.config.LocatedTree.Spot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A JSON Schema (draft 2020-12) of one of the agent's files, and the check of a file against it that names every place. Of
 * the standard's keywords it knows those that these schemas use; another one in a schema is an error of ours, not ignored.
 */
public final class Schema {
    /** Files that have a schema. */
    public static final List<String> NAMES = List.of("modbus.yaml", "device_mapping.json", "audit-engine.conf");

    private static final List<String> ANNOTATIONS =
            List.of("$schema", "$id", "$defs", "title", "description", "default", "examples", "$comment");

    private final String text;
    private final JsonNode root;

    private Schema(String text, JsonNode root) {
        this.text = text;
        this.root = root;
    }

    /** @param name one of {@link #NAMES} */
    public static Schema of(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "there is no schema \"" + name + "\"; there are " + String.join(", ", NAMES));
        }
        try (InputStream in = Schema.class.getResourceAsStream("/energy/audit/agent/schema/" + name + ".schema.json")) {
            if (in == null) {
                throw new IllegalStateException("the schema of " + name + " is not in this program");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Schema(text, new ObjectMapper().readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException("the agent's own schema of " + name + " cannot be read", e);
        }
    }

    /** The schema as it is published. */
    public String text() {
        return text;
    }

    /** The file's texts as the numbers and truth values that the schema wants: {@code audit-engine.conf} has no types. */
    LocatedTree typed(LocatedTree settings) {
        if (!(settings instanceof Fields fields)) {
            return settings;
        }
        fields.fields().replaceAll((key, field) -> new Field(field.key(), typed(key, field.value())));
        return fields;
    }

    private LocatedTree typed(String key, LocatedTree value) {
        String type = root.path("properties").path(key).path("type").asText();
        if (!(value instanceof Leaf leaf)) {
            return value;
        }
        String said = leaf.value().asText();
        if (type.equals("boolean") && (said.equals("true") || said.equals("false"))) {
            return new Leaf(leaf.at(), BooleanNode.valueOf(said.equals("true")));
        }
        boolean number = type.equals("integer") && said.matches("-?\\d{1,18}")
                || type.equals("number") && said.matches("-?\\d{1,18}(\\.\\d{1,18})?");
        return number ? new Leaf(leaf.at(), DecimalNode.valueOf(new BigDecimal(said))) : value;
    }

    /** Every difference between a file and the schema, in the order of the file. */
    List<Complaint> check(String file, LocatedTree tree) {
        List<Complaint> found = new ArrayList<>();
        new Walk(file, found).check(root, tree, tree.at(), "");
        return found;
    }

    private final class Walk {
        private final String file;
        private final List<Complaint> found;

        Walk(String file, List<Complaint> found) {
            this.file = file;
            this.found = found;
        }

        void check(JsonNode schema, LocatedTree tree, Spot at, String path) {
            int before = found.size();
            for (Map.Entry<String, JsonNode> rule : schema.properties()) {
                if (found.size() > before && tree instanceof Leaf) {
                    continue; // one wrong value is one complaint
                }
                apply(rule.getKey(), rule.getValue(), schema, tree, at, path);
            }
        }

        private void apply(String keyword, JsonNode rule, JsonNode schema, LocatedTree tree, Spot at, String path) {
            switch (keyword) {
                case "$ref" -> check(root.at(rule.asText().substring(1)), tree, at, path);
                case "type" -> type(rule, schema, tree, path);
                case "properties", "additionalProperties" -> keys(keyword, schema, tree, path);
                case "required" -> required(rule, schema, tree, at, path);
                case "items" -> items(rule, tree, path);
                case "minItems" -> {
                    if (tree instanceof Items list && list.items().size() < rule.asInt()) {
                        complain(at, path, "a list with at least one entry is expected", "Add one");
                    }
                }
                case "anyOf" -> anyOf(rule, schema, tree, at, path);
                case "if" -> {
                    List<Complaint> no = new ArrayList<>();
                    new Walk(file, no).check(rule, tree, at, path);
                    if (no.isEmpty() && schema.has("then")) {
                        check(schema.path("then"), tree, at, path);
                    } else if (!no.isEmpty() && schema.has("else")) {
                        check(schema.path("else"), tree, at, path);
                    }
                }
                case "then", "else" -> {}
                default -> {
                    if (!ANNOTATIONS.contains(keyword)) {
                        LeafRules.broken(keyword, rule, schema, tree)
                                .ifPresent(broken -> complain(tree.at(), path, broken.what(), broken.hint()));
                    }
                }
            }
        }

        private void type(JsonNode rule, JsonNode schema, LocatedTree tree, String path) {
            List<String> wanted = new ArrayList<>();
            if (rule.isArray()) {
                rule.forEach(type -> wanted.add(type.asText()));
            } else {
                wanted.add(rule.asText());
            }
            if (wanted.stream().noneMatch(type -> LeafRules.is(type, tree))) {
                complain(
                        tree.at(),
                        path,
                        LeafRules.shown(tree) + " is no " + LeafRules.named(wanted),
                        LeafRules.hint(schema, "Correct the value"));
            }
        }

        private void keys(String keyword, JsonNode schema, LocatedTree tree, String path) {
            if (!(tree instanceof Fields fields)) {
                return;
            }
            JsonNode known = schema.path("properties");
            fields.fields().forEach((key, field) -> {
                if (known.has(key) && keyword.equals("properties")) {
                    check(known.get(key), field.value(), field.value().at(), path + (path.isEmpty() ? "" : ", ") + key);
                } else if (!known.has(key) && keyword.equals("additionalProperties")) {
                    List<String> names = new ArrayList<>();
                    known.fieldNames().forEachRemaining(names::add);
                    complain(
                            field.key(),
                            path,
                            "\"" + key + "\" is not a known key here",
                            Nearest.hint(key, names, "Known keys"));
                }
            });
        }

        private void required(JsonNode rule, JsonNode schema, LocatedTree tree, Spot at, String path) {
            if (tree instanceof Fields fields) {
                for (JsonNode key : rule) {
                    if (!fields.fields().containsKey(key.asText())) {
                        complain(
                                at,
                                path + (path.isEmpty() ? "" : ", ") + key.asText(),
                                "this key is missing",
                                LeafRules.hint(
                                        schema.path("properties").path(key.asText()),
                                        "Add it; see docs/edge-agent.md"));
                    }
                }
            }
        }

        private void items(JsonNode rule, LocatedTree tree, String path) {
            if (tree instanceof Items list) {
                for (int i = 0; i < list.items().size(); i++) {
                    LocatedTree item = list.items().get(i);
                    check(rule, item, item.at(), path + "[" + i + "]");
                }
            }
        }

        private void anyOf(JsonNode rule, JsonNode schema, LocatedTree tree, Spot at, String path) {
            for (JsonNode one : rule) {
                List<Complaint> against = new ArrayList<>();
                new Walk(file, against).check(one, tree, at, path);
                if (against.isEmpty()) {
                    return;
                }
            }
            complain(
                    at,
                    path,
                    tree instanceof Leaf ? LeafRules.shown(tree) + " does not fit" : "what is needed is missing",
                    LeafRules.hint(schema, "See docs/edge-agent.md"));
        }

        private void complain(Spot at, String path, String what, String hint) {
            found.add(new Complaint(file, at.line(), at.column(), path.isEmpty() ? what : path + ": " + what, hint));
        }
    }

    /** True if a pattern is found in a text, as the standard's {@code pattern} means it. */
    static boolean matches(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).find();
    }
}
