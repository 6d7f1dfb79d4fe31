package energy.audit.evidence;

import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.Column;
import energy.audit.evidence.wire.TimeAxis;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Time axes and delta-coded columns, both ways. */
public final class Columns {
    private Columns() {}

    /** @param atMs ascending, at least one instant */
    public static TimeAxis axis(long[] atMs) {
        TimeAxis.Builder axis = TimeAxis.newBuilder().setFirstMs(atMs[0]);
        for (int i = 1; i < atMs.length; i++) {
            if (atMs[i] <= atMs[i - 1]) {
                throw new IllegalArgumentException("instant " + i + " of the axis is not after the one before it");
            }
            axis.addDeltaMs(atMs[i] - atMs[i - 1]);
        }
        return axis.build();
    }

    /**
     * @param axis index of the time axis in the batch
     * @param counts one raw count for each instant of the axis; null where there is no reading
     */
    public static Column encode(String channel, int axis, @Nullable Long[] counts) {
        Column.Builder column = Column.newBuilder().setChannel(channel).setAxis(axis);
        boolean first = true;
        long last = 0;
        for (int i = 0; i < counts.length; i++) {
            Long count = counts[i];
            if (count == null) {
                column.addMissing(i);
            } else if (first) {
                column.setFirstCount(count);
                last = count;
                first = false;
            } else {
                column.addDeltaCount(count - last);
                last = count;
            }
        }
        return column.build();
    }

    static List<ChannelCounts> decode(Batch batch) throws MalformedEvidence {
        List<long[]> axes = new ArrayList<>();
        for (TimeAxis axis : batch.getAxesList()) {
            axes.add(instants(axis, batch.getSequence()));
        }
        List<ChannelCounts> channels = new ArrayList<>(batch.getColumnsCount());
        for (Column column : batch.getColumnsList()) {
            if (column.getAxis() < 0 || column.getAxis() >= axes.size()) {
                throw new MalformedEvidence(
                        name(batch, column), "names time axis " + column.getAxis() + " of " + axes.size());
            }
            channels.add(decode(batch, column, axes.get(column.getAxis())));
        }
        return channels;
    }

    private static long[] instants(TimeAxis axis, long sequence) throws MalformedEvidence {
        long[] at = new long[axis.getDeltaMsCount() + 1];
        at[0] = axis.getFirstMs();
        for (int i = 1; i < at.length; i++) {
            at[i] = at[i - 1] + axis.getDeltaMs(i - 1);
            if (at[i] <= at[i - 1]) {
                throw new MalformedEvidence("batch " + sequence, "its time axis does not ascend at position " + i);
            }
        }
        return at;
    }

    private static ChannelCounts decode(Batch batch, Column column, long[] axis) throws MalformedEvidence {
        int missing = column.getMissingCount();
        int present = axis.length - missing;
        if (present < 0 || column.getDeltaCountCount() != Math.max(0, present - 1)) {
            throw new MalformedEvidence(
                    name(batch, column),
                    "has " + (column.getDeltaCountCount() + 1) + " counts and " + missing + " missing for an axis of "
                            + axis.length + " instants");
        }
        long[] at = new long[present];
        long[] counts = new long[present];
        long[] missingAt = new long[missing];
        int nextMissing = 0;
        int next = 0;
        long count = column.getFirstCount();
        for (int i = 0; i < axis.length; i++) {
            if (nextMissing < missing && column.getMissing(nextMissing) == i) {
                missingAt[nextMissing++] = axis[i];
            } else if (next == present) {
                throw new MalformedEvidence(name(batch, column), "its missing positions do not ascend within the axis");
            } else {
                count = next == 0 ? count : count + column.getDeltaCount(next - 1);
                at[next] = axis[i];
                counts[next++] = count;
            }
        }
        return new ChannelCounts(column.getChannel(), at, counts, missingAt);
    }

    private static String name(Batch batch, Column column) {
        return "batch " + batch.getSequence() + ", column " + column.getChannel();
    }
}
