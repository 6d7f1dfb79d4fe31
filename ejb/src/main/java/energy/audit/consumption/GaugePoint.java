package energy.audit.consumption;

import java.time.Instant;

/**
 * Readings of a gauge in [start, end), in the channel's unit. A stretch without a reading has no point.
 *
 * @param mean of the readings, each weighed alike
 * @param readings how many there were
 */
public record GaugePoint(Instant start, Instant end, double mean, double min, double max, int readings) {}
