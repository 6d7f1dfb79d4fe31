package energy.audit.agent.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import energy.audit.agent.config.Gateway.Field;
import energy.audit.agent.poll.Stamper;
import energy.audit.evidence.Columns;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.GapCause;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A channel's value at the sensor's own instant.
 *
 * @param atMs ms since 1970-01-01T00:00:00Z
 * @param count empty: the message has no such value, or none that is a number
 * @param detail why there is no count
 */
record SourceReading(String channel, long atMs, Optional<Long> count, String detail) {

    static SourceReading of(Field field, long atMs, JsonNode payload) {
        JsonNode node = UplinkFormat.at(payload, field.path());
        String name = String.join(".", field.path());
        if (node.isMissingNode() || node.isNull()) {
            return new SourceReading(field.channel(), atMs, Optional.empty(), "the uplink has no " + name);
        }
        if (node.isBoolean()) {
            return new SourceReading(field.channel(), atMs, Optional.of(node.asBoolean() ? 1L : 0L), "");
        }
        if (!node.isNumber()) {
            return new SourceReading(field.channel(), atMs, Optional.empty(), name + " of the uplink is no number");
        }
        BigDecimal counts =
                node.decimalValue().scaleByPowerOfTen(field.decimals()).setScale(0, RoundingMode.HALF_EVEN);
        return counts.toBigIntegerExact().bitLength() > 63
                ? new SourceReading(field.channel(), atMs, Optional.empty(), name + " of the uplink is too large")
                : new SourceReading(field.channel(), atMs, Optional.of(counts.longValue()), "");
    }

    /**
     * Writes readings into a batch: one column for each channel on the time axis of its own instants. Of two readings of one
     * channel at one instant the first stays.
     */
    static void write(List<SourceReading> readings, Batch.Builder batch) {
        Map<String, TreeMap<Long, SourceReading>> channels = new TreeMap<>();
        for (SourceReading reading : readings) {
            channels.computeIfAbsent(reading.channel(), channel -> new TreeMap<>())
                    .putIfAbsent(reading.atMs(), reading);
        }
        Map<List<Long>, Integer> axes = new java.util.HashMap<>();
        channels.forEach((channel, byTime) -> {
            List<Long> instants = new ArrayList<>(byTime.keySet());
            int axis = axes.computeIfAbsent(instants, times -> {
                batch.addAxes(
                        Columns.axis(times.stream().mapToLong(Long::longValue).toArray()));
                return batch.getAxesCount() - 1;
            });
            List<@Nullable Long> counts = new ArrayList<>();
            for (SourceReading reading : byTime.values()) {
                counts.add(reading.count().orElse(null));
                if (reading.count().isEmpty()) {
                    batch.addGaps(Stamper.gap(
                            channel, reading.atMs(), reading.atMs() + 1, GapCause.NOT_IMPLEMENTED, reading.detail()));
                }
            }
            batch.addColumns(Columns.encode(channel, axis, counts.toArray(new @Nullable Long[0])));
        });
    }
}
