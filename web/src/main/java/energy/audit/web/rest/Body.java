package energy.audit.web.rest;

import energy.audit.kernel.Refusal;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A JSON object that somebody sent; each question names the field when the answer is no. */
public final class Body {
    private final String what;
    private final JsonObject json;

    private Body(String what, JsonObject json) {
        this.what = what;
        this.json = json;
    }

    /** @param what what it is about, for messages: "grant" */
    public static Body of(String what, String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return new Body(what, reader.readObject());
        } catch (JsonException e) {
            throw Refusal.invalid("BAD_JSON", what, "the body is not a JSON object: " + e.getMessage(), "Correct it.");
        }
    }

    /** Refuses fields that nobody would read, since they are mistakes more often than not. */
    public Body onlyFields(String... allowed) {
        Set<String> unknown = new TreeSet<>(json.keySet());
        unknown.removeAll(Set.of(allowed));
        if (!unknown.isEmpty()) {
            throw Refusal.invalid(
                    "UNKNOWN_FIELD",
                    what + ", field " + String.join(", ", unknown),
                    "there is no such field",
                    "Use " + String.join(", ", allowed) + ".");
        }
        return this;
    }

    public String text(String field) {
        return optionalText(field).orElseThrow(() -> missing(field));
    }

    public Optional<String> optionalText(String field) {
        JsonValue value = json.get(field);
        if (value == null || value == JsonValue.NULL) {
            return Optional.empty();
        }
        if (value instanceof JsonString string) {
            return Optional.of(string.getString());
        }
        if (value instanceof JsonNumber number) {
            return Optional.of(number.bigDecimalValue().toPlainString());
        }
        throw bad(field, value.toString(), "text is needed");
    }

    public Instant instant(String field) {
        return optionalInstant(field).orElseThrow(() -> missing(field));
    }

    public Optional<Instant> optionalInstant(String field) {
        return optionalText(field).map(text -> {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw bad(field, text, "an ISO 8601 time with offset is needed, like 2026-11-23T00:00:00Z");
            }
        });
    }

    /** True or false; false when it is not there. */
    public boolean flag(String field) {
        JsonValue value = json.get(field);
        if (value == null || value == JsonValue.NULL || value == JsonValue.FALSE) {
            return false;
        }
        if (value == JsonValue.TRUE) {
            return true;
        }
        throw bad(field, value.toString(), "true or false is needed");
    }

    /** A decimal number, with a point. */
    public Optional<BigDecimal> optionalDecimal(String field) {
        return optionalText(field).map(text -> {
            if (!text.matches("-?\\d{1,30}(\\.\\d{1,20})?")) {
                throw bad(field, text, "a decimal number with a point is needed, without grouping");
            }
            return new BigDecimal(text);
        });
    }

    /** A date and time without zone: what a clock on a wall shows. */
    public Optional<LocalDateTime> optionalLocalTime(String field) {
        return optionalText(field).map(text -> {
            try {
                return LocalDateTime.parse(text);
            } catch (DateTimeException e) {
                throw bad(field, text, "a local time is needed, like 2026-11-23T10:30:00");
            }
        });
    }

    /** What a clock on a wall shows, as an instant; a time that the clocks skipped, or showed twice, is none. */
    public Optional<Instant> optionalLocalInstant(String field, ZoneId zone) {
        return optionalLocalTime(field).map(local -> {
            List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
            if (offsets.size() == 1) {
                return local.toInstant(offsets.get(0));
            }
            throw refusal(
                    field,
                    offsets.isEmpty()
                            ? "the clocks of " + zone + " skipped that time"
                            : "the clocks of " + zone + " showed that time twice; send "
                                    + field.replaceFirst("Local$", "") + " with an offset");
        });
    }

    /** That a field's value cannot be, for the reason given. */
    public Refusal refusal(String field, String why) {
        return bad(field, optionalText(field).orElse(""), why);
    }

    public Optional<Long> optionalLong(String field) {
        return optionalText(field).map(text -> {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw bad(field, text, "a whole number is needed");
            }
        });
    }

    /** The objects of a list; an empty list when the field is not there. */
    public List<Body> list(String field) {
        JsonValue value = json.get(field);
        if (value == null || value == JsonValue.NULL) {
            return List.of();
        }
        if (!(value instanceof JsonArray array)) {
            throw bad(field, value.toString(), "a list is needed");
        }
        return array.stream()
                .map(each -> {
                    if (each instanceof JsonObject object) {
                        return new Body(what + ", " + field, object);
                    }
                    throw bad(field, each.toString(), "a list of objects is needed");
                })
                .toList();
    }

    /** The texts of a list, or of a text with one on each line or between commas; none when the field is not there. */
    public List<String> texts(String field) {
        JsonValue value = json.get(field);
        if (value instanceof JsonArray array) {
            return array.stream()
                    .map(each -> {
                        if (each instanceof JsonString string) {
                            return string.getString();
                        }
                        throw bad(field, each.toString(), "a list of texts is needed");
                    })
                    .toList();
        }
        return optionalText(field).stream()
                .flatMap(text -> Pattern.compile("[,\\n]").splitAsStream(text))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private Refusal missing(String field) {
        return Refusal.invalid("MISSING_FIELD", what + ", field " + field, "it is missing", "Add it.");
    }

    private Refusal bad(String field, String value, String why) {
        String shown = value.length() > 80 ? value.substring(0, 80) + "…" : value;
        return Refusal.invalid("BAD_FIELD", what + ", field " + field + " = '" + shown + "'", why, "Correct it.");
    }
}
