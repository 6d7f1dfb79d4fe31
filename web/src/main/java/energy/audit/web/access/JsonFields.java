package energy.audit.web.access;

import energy.audit.kernel.Refusal;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/** Fields of a JSON object that came from outside; a missing or wrong one is refused by its name. */
public record JsonFields(String what, JsonObject object) {
    public boolean has(String name) {
        JsonValue value = object.get(name);
        return value != null && value.getValueType() != JsonValue.ValueType.NULL;
    }

    /** Text, or a number as its decimal text. */
    public String text(String name) {
        JsonValue value = object.get(name);
        if (value instanceof JsonString text) {
            return text.getString();
        }
        if (value instanceof JsonNumber number) {
            return number.bigDecimalValue().toPlainString();
        }
        throw Refusal.invalid("BAD_FIELD", what + "." + name, "is missing or no text", "Give it as a JSON string.");
    }

    /** The text, or another where the field is absent. */
    public String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    public Instant instant(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException e) {
            throw Refusal.invalid(
                    "BAD_FIELD",
                    what + "." + name + " '" + text(name) + "'",
                    "is no instant",
                    "Write it like 2026-11-23T00:00:00Z.");
        }
    }

    /** The objects of an array. */
    public List<JsonFields> objects(String name) {
        JsonValue value = object.get(name);
        if (!(value instanceof JsonArray array)) {
            throw Refusal.invalid("BAD_FIELD", what + "." + name, "is missing or no array", "Give a JSON array.");
        }
        return array.stream()
                .map(element -> {
                    if (element instanceof JsonObject fields) {
                        return new JsonFields(what + "." + name, fields);
                    }
                    throw Refusal.invalid(
                            "BAD_FIELD", what + "." + name, "holds something that is no object", "Give objects.");
                })
                .toList();
    }
}
