package energy.audit.analysis.document;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON (RFC 8259) of maps, lists, texts, numbers and truth values. A double is written as {@link NumberText}; one that is no
 * finite number is null.
 */
public final class JsonText {
    private final String indent;
    private final String space;

    private JsonText(String indent, String space) {
        this.indent = indent;
        this.space = space;
    }

    /** On one line. */
    public static String of(@Nullable Object value) {
        return new JsonText("", "").written(value);
    }

    /** On a line for each entry, for people who read it. */
    public static String indented(@Nullable Object value) {
        return new JsonText("  ", " ").written(value);
    }

    private String written(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        write(text, value, 0);
        return text.toString();
    }

    private void write(StringBuilder text, @Nullable Object value, int depth) {
        if (value == null) {
            text.append("null");
        } else if (value instanceof Map<?, ?> map) {
            text.append('{');
            Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
            while (entries.hasNext()) {
                Map.Entry<?, ?> entry = entries.next();
                line(text, depth + 1);
                quoted(text, String.valueOf(entry.getKey()));
                text.append(':').append(space);
                write(text, entry.getValue(), depth + 1);
                text.append(entries.hasNext() ? "," : "");
            }
            end(text, map.isEmpty(), depth).append('}');
        } else if (value instanceof List<?> list) {
            text.append('[');
            for (int i = 0; i < list.size(); i++) {
                text.append(i == 0 ? "" : ",");
                line(text, depth + 1);
                write(text, list.get(i), depth + 1);
            }
            end(text, list.isEmpty(), depth).append(']');
        } else if (value instanceof Double number) {
            text.append(Double.isFinite(number) ? NumberText.of(number) : "null");
        } else if (value instanceof BigDecimal number) {
            text.append(number.toPlainString());
        } else if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
            text.append(value);
        } else {
            quoted(text, value.toString());
        }
    }

    private void line(StringBuilder text, int depth) {
        if (!indent.isEmpty()) {
            text.append('\n').append(indent.repeat(depth));
        }
    }

    private StringBuilder end(StringBuilder text, boolean empty, int depth) {
        if (!empty) {
            line(text, depth);
        }
        return text;
    }

    private static void quoted(StringBuilder text, String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
