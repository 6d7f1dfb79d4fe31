package energy.audit.agent.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import energy.audit.agent.config.LocatedTree.Field;
import energy.audit.agent.config.LocatedTree.Fields;
import energy.audit.agent.config.LocatedTree.Items;
import energy.audit.agent.config.LocatedTree.Leaf;
import energy.audit.agent.config.LocatedTree.Spot;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads the three kinds of files into trees that know their lines; what cannot be read becomes a complaint. */
final class LocatedText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String file;
    private final List<Complaint> complaints;

    /** @param complaints what is found wrong is added here */
    LocatedText(String file, List<Complaint> complaints) {
        this.file = file;
        this.complaints = complaints;
    }

    /** @return empty if it is no YAML at all */
    Optional<LocatedTree> yaml(String text) {
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (root == null) {
                complain(Spot.START, "the file is empty", "Compare with the example in docs/edge-agent.md");
                return Optional.empty();
            }
            return Optional.of(tree(root, new Scalars()));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            complain(mark == null ? Spot.START : spot(mark), "it is no YAML: " + e.getProblem(), "Correct this line");
        } catch (YAMLException e) {
            complain(Spot.START, "it is no YAML: " + e.getMessage(), "Write it in UTF-8 without control characters");
        }
        return Optional.empty();
    }

    /** YAML's own idea of what a plain scalar is: a number, a truth value or a text. */
    private static final class Scalars extends SafeConstructor {
        Scalars() {
            super(new LoaderOptions());
        }

        @Nullable
        Object of(ScalarNode node) {
            return constructObject(node);
        }
    }

    private LocatedTree tree(Node node, Scalars scalars) {
        Spot at = spot(node.getStartMark());
        if (node instanceof MappingNode mapping) {
            Map<String, Field> fields = new LinkedHashMap<>();
            for (NodeTuple pair : mapping.getValue()) {
                String key = pair.getKeyNode() instanceof ScalarNode name ? name.getValue() : "?";
                put(fields, key, spot(pair.getKeyNode().getStartMark()), tree(pair.getValueNode(), scalars));
            }
            return new Fields(at, fields);
        }
        if (node instanceof SequenceNode list) {
            return new Items(
                    at,
                    list.getValue().stream().map(item -> tree(item, scalars)).toList());
        }
        ScalarNode scalar = (ScalarNode) node;
        Object value = scalars.of(scalar);
        // YAML reads an instant as a date; a text is meant
        return new Leaf(at, JSON.valueToTree(value instanceof Date ? scalar.getValue() : value));
    }

    private static Spot spot(Mark mark) {
        return new Spot(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** @return empty if it is no JSON */
    Optional<LocatedTree> json(byte[] bytes) {
        try (JsonParser parser = new JsonFactory().createParser(bytes)) {
            parser.setCodec(JSON);
            if (parser.nextToken() == null) {
                complain(Spot.START, "the file is empty", "Compare with the example in docs/edge-agent.md");
                return Optional.empty();
            }
            LocatedTree tree = tree(parser);
            if (parser.nextToken() != null) {
                complain(spot(parser.currentTokenLocation()), "something follows the end", "Remove it");
            }
            return Optional.of(tree);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            complain(
                    at == null ? Spot.START : spot(at),
                    "it is no JSON: " + e.getOriginalMessage(),
                    "Correct the file at this line, or complete it if it was half written");
        } catch (IOException e) {
            complain(Spot.START, "it cannot be read (" + e + ")", "Write it in UTF-8");
        }
        return Optional.empty();
    }

    private LocatedTree tree(JsonParser parser) throws IOException {
        Spot at = spot(parser.currentTokenLocation());
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Field> fields = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                Spot keyAt = spot(parser.currentTokenLocation());
                parser.nextToken();
                put(fields, key, keyAt, tree(parser));
            }
            return new Fields(at, fields);
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<LocatedTree> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(tree(parser));
            }
            return new Items(at, items);
        }
        return new Leaf(at, parser.readValueAsTree());
    }

    private static Spot spot(JsonLocation at) {
        return new Spot(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
    }

    /** Lines {@code key=value} as {@link Properties} reads them, each with its line. */
    Optional<LocatedTree> properties(String text) {
        Map<String, Field> fields = new LinkedHashMap<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            int first = i;
            StringBuilder logical = new StringBuilder(lines.get(i));
            boolean comment =
                    lines.get(i).strip().startsWith("#") || lines.get(i).strip().startsWith("!");
            while (!comment && continues(lines.get(i)) && i + 1 < lines.size()) {
                logical.append('\n').append(lines.get(++i));
            }
            Properties one = new Properties();
            try {
                one.load(new StringReader(logical.toString()));
            } catch (IOException | IllegalArgumentException e) {
                complain(new Spot(first + 1, 1), "it cannot be read: " + e.getMessage(), "Write it as key=value");
                continue;
            }
            for (String key : one.stringPropertyNames()) {
                int column = Math.max(0, lines.get(first).indexOf(key)) + 1;
                Spot at = new Spot(first + 1, column);
                put(
                        fields,
                        key,
                        at,
                        new Leaf(at, TextNode.valueOf(one.getProperty(key).trim())));
            }
        }
        return Optional.of(new Fields(Spot.START, fields));
    }

    private static boolean continues(String line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private void put(Map<String, Field> fields, String key, Spot at, LocatedTree value) {
        Field earlier = fields.put(key, new Field(at, value));
        if (earlier != null) {
            complain(
                    at,
                    "\"" + key + "\" is there twice, first on line "
                            + earlier.key().line(),
                    "Keep one of them");
        }
    }

    private void complain(Spot at, String what, String hint) {
        complaints.add(new Complaint(file, at.line(), at.column(), what, hint));
    }
}
