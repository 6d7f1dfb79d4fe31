package energy.audit.agent.config;

import com.fasterxml.jackson.databind.JsonNode;
import energy.audit.agent.config.LocatedTree.Fields;
import energy.audit.agent.config.LocatedTree.Items;
import energy.audit.agent.config.LocatedTree.Leaf;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a schema's keywords say about a single value. */
final class LeafRules {
    /** A rule that a value breaks. */
    record Broken(String what, String hint) {}

    private LeafRules() {}

    static Optional<Broken> broken(String keyword, JsonNode rule, JsonNode schema, LocatedTree tree) {
        if (!(tree instanceof Leaf leaf)) {
            return Optional.empty();
        }
        JsonNode value = leaf.value();
        boolean text = value.isTextual();
        boolean number = value.isNumber();
        return switch (keyword) {
            case "const" -> when(!same(rule, value), shown(tree) + " is not " + rule, hint(schema, "Write " + rule));
            case "enum" -> when(!isOneOf(rule, value), shown(tree) + " is unknown here", oneOf(rule, value));
            case "pattern" ->
                when(
                        text && !Schema.matches(rule.asText(), value.asText()),
                        shown(tree) + " is not written as it must be",
                        hint(schema, "It must match " + rule.asText()));
            case "minLength" ->
                when(text && value.asText().length() < rule.asInt(), "it is empty", hint(schema, "Give a value"));
            case "minimum" ->
                when(number && value.decimalValue().compareTo(rule.decimalValue()) < 0, range(tree), limits(schema));
            case "maximum" ->
                when(number && value.decimalValue().compareTo(rule.decimalValue()) > 0, range(tree), limits(schema));
            case "exclusiveMinimum" ->
                when(number && value.decimalValue().compareTo(rule.decimalValue()) <= 0, range(tree), limits(schema));
            default -> throw new IllegalStateException("the schemas may not use \"" + keyword + "\"");
        };
    }

    private static Optional<Broken> when(boolean broken, String what, String hint) {
        return broken ? Optional.of(new Broken(what, hint)) : Optional.empty();
    }

    private static String range(LocatedTree tree) {
        return shown(tree) + " is out of range";
    }

    private static String limits(JsonNode schema) {
        List<String> limits = new ArrayList<>();
        if (schema.has("minimum")) {
            limits.add("from " + schema.path("minimum").asText());
        }
        if (schema.has("exclusiveMinimum")) {
            limits.add("above " + schema.path("exclusiveMinimum").asText());
        }
        if (schema.has("maximum")) {
            limits.add("up to " + schema.path("maximum").asText());
        }
        return "Give a number " + String.join(" and ", limits);
    }

    private static boolean same(JsonNode a, JsonNode b) {
        return a.isNumber() && b.isNumber() ? a.decimalValue().compareTo(b.decimalValue()) == 0 : a.equals(b);
    }

    private static boolean isOneOf(JsonNode known, JsonNode value) {
        for (JsonNode one : known) {
            if (same(one, value)) {
                return true;
            }
        }
        return false;
    }

    private static String oneOf(JsonNode known, JsonNode value) {
        List<String> names = new ArrayList<>();
        known.forEach(one -> names.add(one.asText()));
        return Nearest.hint(value.asText(), names, "Known are");
    }

    /** True if a value has a type of the standard. */
    static boolean is(String type, LocatedTree tree) {
        return switch (type) {
            case "object" -> tree instanceof Fields;
            case "array" -> tree instanceof Items;
            case "string" -> tree instanceof Leaf leaf && leaf.value().isTextual();
            case "boolean" -> tree instanceof Leaf leaf && leaf.value().isBoolean();
            case "number" -> tree instanceof Leaf leaf && leaf.value().isNumber();
            case "integer" ->
                tree instanceof Leaf leaf
                        && leaf.value().isNumber()
                        && whole(leaf.value().decimalValue());
            default -> throw new IllegalStateException("the schemas may not use type \"" + type + "\"");
        };
    }

    private static boolean whole(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0;
    }

    static String named(List<String> types) {
        return types.stream()
                .map(type -> switch (type) {
                    case "object" -> "mapping (key: value)";
                    case "array" -> "list";
                    case "string" -> "text";
                    case "boolean" -> "true or false";
                    case "integer" -> "whole number";
                    default -> type;
                })
                .collect(Collectors.joining(" or "));
    }

    static String shown(LocatedTree tree) {
        return tree instanceof Leaf leaf
                ? leaf.value().isTextual()
                        ? "\"" + leaf.value().asText() + "\""
                        : leaf.value().toString()
                : tree instanceof Items ? "a list" : "a mapping";
    }

    static String hint(JsonNode schema, String otherwise) {
        String said = schema.path("description").asText();
        return said.isEmpty() ? otherwise : said;
    }
}
