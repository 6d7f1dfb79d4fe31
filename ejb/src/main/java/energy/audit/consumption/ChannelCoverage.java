package energy.audit.consumption;

import energy.audit.kernel.ChannelId;

/**
 * How complete a counter's hours are in a period.
 *
 * @param coverage share of the period's time with data, 0 to 1
 * @param hours hours of the period that were derived
 * @param estimated, partial, missing hours of that quality
 */
public record ChannelCoverage(
        ChannelId channel, double coverage, long hours, long estimated, long partial, long missing) {}
