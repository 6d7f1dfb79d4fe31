package energy.audit.web.metering;

import energy.audit.ingest.CommissionedRegister;
import energy.audit.ingest.Ingest;
import energy.audit.web.rest.Entrance;
import energy.audit.web.shell.Place;
import energy.audit.web.shell.Shell;
import energy.audit.web.shell.Words;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Commissioning records in words. Their text comes from a plant: nothing in it is taken for granted. */
@Named("commissioned")
@RequestScoped
public class CommissionedPanel {
    private final Words words;
    private final ZoneId zone;
    private final List<CommissionedRegister> found;

    @Inject
    CommissionedPanel(Words words, Shell shell, Entrance entrance, Ingest ingest) {
        Place place = shell.place();
        this.words = words;
        this.zone = place.here().zone();
        this.found = entrance.in(place.tenant(), ingest::commissioned);
    }

    /** A record, in words. */
    public record Row(
            String at,
            String by,
            String register,
            String place,
            String words,
            String profiles,
            String decoded,
            String decodedAs,
            String shows,
            String verdict,
            String tone,
            String hints,
            long entry,
            String agent) {}

    public List<Row> getRows() {
        return found.stream().map(this::row).toList();
    }

    private Row row(CommissionedRegister commissioned) {
        JsonObject record = read(commissioned.signed().getRecord().toStringUtf8());
        String verdict = record.isEmpty()
                ? "unreadable"
                : !commissioned.signatureFits()
                        ? "forged"
                        : !text(record, "failure").isEmpty()
                                ? "silent"
                                : text(record, "shows").isEmpty()
                                        ? "looked"
                                        : record.getBoolean("agrees", false) ? "agrees" : "differs";
        String register =
                words.text("commissioning.unit", text(record, "unit"), text(record, "area"), text(record, "address"));
        String channel = text(record, "channel");
        return new Row(
                moment(text(record, "at")),
                text(record, "by"),
                channel.isEmpty() ? register : channel,
                (channel.isEmpty() ? "" : register + ", ") + text(record, "reachedAt"),
                array(record, "words").stream()
                        .filter(JsonNumber.class::isInstance)
                        .map(word -> String.format(Locale.ROOT, "%04X", ((JsonNumber) word).intValue()))
                        .collect(Collectors.joining(" ")),
                sentences(record, "profiles"),
                text(record, "decoded").isEmpty() ? "–" : text(record, "decoded"),
                text(record, "decodedAs"),
                text(record, "shows").isEmpty() ? "–" : text(record, "shows"),
                words.text("commissioning." + verdict),
                verdict.equals("agrees") ? "good" : verdict.equals("looked") ? "" : "warn",
                text(record, "failure").isEmpty()
                        ? sentences(record, "hints")
                        : (text(record, "failure") + "; " + sentences(record, "hints")).replaceAll("; $", ""),
                commissioned.logIndex(),
                commissioned.agent().value());
    }

    private static JsonObject read(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        } catch (JsonException | IllegalStateException e) {
            return JsonValue.EMPTY_JSON_OBJECT; // shown as unreadable
        }
    }

    private String moment(String instant) {
        try {
            return words.moment(Instant.parse(instant), zone);
        } catch (DateTimeException e) {
            return instant;
        }
    }

    private static String text(JsonObject record, String field) {
        JsonValue value = record.get(field);
        return value instanceof JsonString string
                ? string.getString()
                : value instanceof JsonNumber number ? number.toString() : "";
    }

    private static JsonArray array(JsonObject record, String field) {
        return record.get(field) instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY;
    }

    private static String sentences(JsonObject record, String field) {
        return array(record, field).stream()
                .filter(JsonString.class::isInstance)
                .map(sentence -> ((JsonString) sentence).getString())
                .collect(Collectors.joining("; "));
    }
}
