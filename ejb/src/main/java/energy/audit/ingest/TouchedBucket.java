package energy.audit.ingest;

import energy.audit.kernel.ChannelId;
import java.time.Instant;

/**
 * An hour of a channel that has new readings.
 *
 * @param channelNumber surrogate of {@code channel}
 * @param hour its beginning, UTC
 */
public record TouchedBucket(ChannelId channel, int channelNumber, Instant hour) {}
