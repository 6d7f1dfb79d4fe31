package energy.audit.analysis.register;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * Consumption of [start, end).
 *
 * @param counts whole counts; empty exactly when the quality is MISSING
 * @param coverage share of the interval's time, 0 to 1, that lies between readings no further apart than the profile's
 *     covered stretch
 */
public record IntervalConsumption(Instant start, Instant end, OptionalLong counts, Quality quality, double coverage) {}
