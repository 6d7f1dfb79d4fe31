package energy.audit.evidence;

import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.Column;
import energy.audit.evidence.wire.TimeAxis;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Delta coding of time axes and columns of raw counts. Differences wrap in 64 bits, so every long survives. */
public final class Columns {
    private Columns() {}

    /**
     * @param atMs at least one instant, ms since 1970, strictly ascending
     * @throws IllegalArgumentException otherwise
     */
    public static TimeAxis axis(long... atMs) {
        if (atMs.length == 0) {
            throw new IllegalArgumentException("A time axis needs at least one instant.");
        }
        TimeAxis.Builder axis = TimeAxis.newBuilder().setFirstMs(atMs[0]);
        for (int i = 1; i < atMs.length; i++) {
            if (atMs[i] <= atMs[i - 1]) {
                throw new IllegalArgumentException(
                        "Instants must ascend: " + atMs[i] + " follows " + atMs[i - 1] + ".");
            }
            axis.addDeltaMs(atMs[i] - atMs[i - 1]);
        }
        return axis.build();
    }

    /**
     * @param channel {site}.{meter}.{quantity}
     * @param axis index of the column's time axis in the batch
     * @param counts one element an instant of the axis; null where there is no reading
     */
    public static Column encode(String channel, int axis, @Nullable Long[] counts) {
        Column.Builder column = Column.newBuilder().setChannel(channel).setAxis(axis);
        boolean any = false;
        long last = 0;
        for (int i = 0; i < counts.length; i++) {
            Long count = counts[i];
            if (count == null) {
                column.addMissing(i);
            } else if (any) {
                column.addDeltaCount(count - last);
                last = count;
            } else {
                column.setFirstCount(count);
                last = count;
                any = true;
            }
        }
        return column.build();
    }

    /** All columns of the batch, in its order. */
    static List<ChannelCounts> decode(Batch batch) throws MalformedEvidence {
        List<long[]> axes = new ArrayList<>();
        for (int a = 0; a < batch.getAxesCount(); a++) {
            axes.add(instants(batch.getAxes(a), a));
        }
        List<ChannelCounts> decoded = new ArrayList<>();
        for (Column column : batch.getColumnsList()) {
            if (column.getChannel().isEmpty()) {
                throw new MalformedEvidence("batch", "column " + decoded.size(), "it names no channel");
            }
            if (column.getAxis() < 0 || column.getAxis() >= axes.size()) {
                throw malformed(column, "there is no time axis " + Integer.toUnsignedString(column.getAxis()));
            }
            decoded.add(decode(column, axes.get(column.getAxis())));
        }
        return List.copyOf(decoded);
    }

    private static long[] instants(TimeAxis axis, int number) throws MalformedEvidence {
        long[] atMs = new long[axis.getDeltaMsCount() + 1];
        atMs[0] = axis.getFirstMs();
        for (int i = 1; i < atMs.length; i++) {
            atMs[i] = atMs[i - 1] + axis.getDeltaMs(i - 1);
            if (atMs[i] <= atMs[i - 1]) {
                throw new MalformedEvidence(
                        "batch", "time axis " + number, "instant " + i + " is not after the one before");
            }
        }
        return atMs;
    }

    private static ChannelCounts decode(Column column, long[] atMs) throws MalformedEvidence {
        int missing = column.getMissingCount();
        int present = atMs.length - missing;
        if (present < 0 || column.getDeltaCountCount() != Math.max(0, present - 1)) {
            throw malformed(
                    column,
                    "the axis has " + atMs.length + " instants, the column " + missing + " missing and "
                            + column.getDeltaCountCount() + " differences");
        }
        if (present == 0 && column.getFirstCount() != 0) {
            throw malformed(column, "a first count is given although no reading is present");
        }
        long[] presentAt = new long[present];
        long[] counts = new long[present];
        long[] missingAt = new long[missing];
        int m = 0;
        int p = 0;
        for (int i = 0; i < atMs.length; i++) {
            if (m < missing && column.getMissing(m) == i) {
                missingAt[m++] = atMs[i];
            } else if (p == present) {
                throw malformed(column, "the positions of missing readings do not ascend within the axis");
            } else {
                presentAt[p] = atMs[i];
                counts[p] = p == 0 ? column.getFirstCount() : counts[p - 1] + column.getDeltaCount(p - 1);
                p++;
            }
        }
        return new ChannelCounts(column.getChannel(), presentAt, counts, missingAt);
    }

    private static MalformedEvidence malformed(Column column, String why) {
        return new MalformedEvidence("batch", "column " + column.getChannel(), why);
    }
}
