package energy.audit.web.metering;

import energy.audit.kernel.ChannelId;
import energy.audit.kernel.Refusal;
import energy.audit.metering.Channel;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The lines of a {@code device_mapping.json}, what changed from one to the next, and where they contradict the configuration. */
record MappingLines(List<Line> lines) {
    /** Value in {@code unit} = count × multiplier + offset, from an instant on. */
    record Line(ChannelId channel, BigDecimal multiplier, BigDecimal offset, String unit, Instant validFrom) {
        String scale() {
            return "× " + multiplier.toPlainString()
                    + (offset.signum() == 0
                            ? ""
                            : (offset.signum() > 0 ? " + " : " − ")
                                    + offset.abs().toPlainString());
        }

        @Override
        public String toString() {
            return channel + " " + scale() + " " + unit + ", " + validFrom;
        }
    }

    /** In what a line and the configuration differ. */
    enum Difference {
        CHANNEL,
        UNIT,
        SCALE
    }

    /** @param configured the configuration's word, empty for an unknown channel */
    record Disagreement(Difference difference, ChannelId channel, String mapped, String configured) {}

    MappingLines {
        lines = List.copyOf(lines);
    }

    /** Empty if the text is no mapping: the agent checks its own, but the text comes from outside. */
    static Optional<MappingLines> parse(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            List<Line> lines = new ArrayList<>();
            for (JsonValue each : reader.readObject().getJsonArray("mappings")) {
                JsonObject line = each.asJsonObject();
                lines.add(new Line(
                        ChannelId.of(line.getString("sensor_id")),
                        number(line, "multiplier", "1"),
                        number(line, "offset", "0"),
                        line.getString("unit"),
                        Instant.parse(line.getString("valid_from"))));
            }
            return Optional.of(new MappingLines(lines));
        } catch (JsonException
                | IllegalArgumentException
                | DateTimeException
                | NullPointerException
                | ClassCastException
                | Refusal e) {
            return Optional.empty(); // said on the page
        }
    }

    private static BigDecimal number(JsonObject line, String field, String absent) {
        JsonValue value = line.get(field);
        return new BigDecimal(value == null ? absent : value.toString().replace("\"", ""));
    }

    /** Lines that this mapping has and the other has not, in this one's order. */
    List<Line> without(MappingLines other) {
        return lines.stream().filter(line -> !other.lines.contains(line)).toList();
    }

    /** Of the lines in force at an instant, those that contradict the configuration. */
    List<Disagreement> disagreements(Function<ChannelId, Optional<Channel>> configuration, Instant at) {
        Map<ChannelId, Line> inForce = new LinkedHashMap<>();
        lines.stream()
                .filter(line -> !line.validFrom().isAfter(at))
                .forEach(line -> inForce.merge(
                        line.channel(), line, (a, b) -> b.validFrom().isBefore(a.validFrom()) ? a : b));
        List<Disagreement> found = new ArrayList<>();
        for (Line line : inForce.values()) {
            Optional<Channel> known = configuration.apply(line.channel());
            if (known.isEmpty()) {
                found.add(new Disagreement(Difference.CHANNEL, line.channel(), line.scale(), ""));
                continue;
            }
            Channel channel = known.get();
            Line configured =
                    new Line(line.channel(), channel.multiplier(), channel.offset(), channel.unit(), line.validFrom());
            if (!line.unit().equals(configured.unit())) {
                found.add(new Disagreement(Difference.UNIT, line.channel(), line.unit(), configured.unit()));
            } else if (line.multiplier().compareTo(configured.multiplier()) != 0
                    || line.offset().compareTo(configured.offset()) != 0) {
                found.add(new Disagreement(Difference.SCALE, line.channel(), line.scale(), configured.scale()));
            }
        }
        return found;
    }
}
