package energy.audit.evidence;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The readings of each channel in a report's attached batches, put in order in the one way that backend and verifier
 * share: by instant; of one instant, by the batches' order in the log. What repeats with the same count is left out once.
 */
public final class AttachedReadings {
    private final Map<String, List<Read>> byChannel = new HashMap<>();

    /**
     * A reading and where it comes from.
     *
     * @param atMs instant, ms since 1970
     * @param count raw register count
     * @param logIndex index of the batch's entry in the log
     */
    public record Read(long atMs, long count, long logIndex) {}

    /** Adds the columns of a batch; in any order. */
    public void add(long logIndex, OpenedBatch batch) {
        for (ChannelCounts channel : batch.channels()) {
            List<Read> reads = byChannel.computeIfAbsent(channel.channel(), name -> new ArrayList<>());
            long[] atMs = channel.atMs();
            long[] counts = channel.counts();
            for (int i = 0; i < atMs.length; i++) {
                reads.add(new Read(atMs[i], counts[i], logIndex));
            }
        }
    }

    /** The readings of a channel in order; empty for a channel without any. */
    public List<Read> of(String channel) {
        List<Read> sorted = new ArrayList<>(byChannel.getOrDefault(channel, List.of()));
        sorted.sort(Comparator.comparingLong(Read::atMs).thenComparingLong(Read::logIndex));
        List<Read> once = new ArrayList<>(sorted.size());
        for (Read read : sorted) {
            Read last = once.isEmpty() ? null : once.get(once.size() - 1);
            if (last == null || last.atMs() != read.atMs() || last.count() != read.count()) {
                once.add(read);
            }
        }
        return List.copyOf(once);
    }
}
