package energy.audit.evidence;

/**
 * The decoded column of one channel.
 *
 * @param atMs instants with a reading, milliseconds since 1970-01-01T00:00:00Z, ascending
 * @param counts raw register counts, one for each instant
 * @param missingAtMs instants at which the agent asked and has no reading
 */
@SuppressWarnings("ArrayRecordComponent")
public record ChannelCounts(String channel, long[] atMs, long[] counts, long[] missingAtMs) {}
