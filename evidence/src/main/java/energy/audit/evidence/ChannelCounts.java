package energy.audit.evidence;

/**
 * The readings of one channel in one batch, decoded.
 *
 * @param channel {site}.{meter}.{quantity}
 * @param atMs instants of the readings that are present, ms since 1970, ascending
 * @param counts raw register counts at {@code atMs}, same length; unsigned 64-bit registers and floats as their raw bits
 * @param missingAtMs instants at which the channel was due and there is no reading, ascending
 */
public record ChannelCounts(String channel, long[] atMs, long[] counts, long[] missingAtMs) {
    public ChannelCounts {
        atMs = atMs.clone();
        counts = counts.clone();
        missingAtMs = missingAtMs.clone();
    }

    @Override
    public long[] atMs() {
        return atMs.clone();
    }

    @Override
    public long[] counts() {
        return counts.clone();
    }

    @Override
    public long[] missingAtMs() {
        return missingAtMs.clone();
    }
}
