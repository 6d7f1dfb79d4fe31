package energy.audit.agent.poll;

import com.google.protobuf.ByteString;
import energy.audit.agent.poll.Reading.Measured;
import energy.audit.agent.poll.Reading.Missing;
import energy.audit.agent.time.ClockTrust;
import energy.audit.evidence.Columns;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.ClockState;
import energy.audit.evidence.wire.Gap;
import energy.audit.evidence.wire.GapCause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Step 2, Stamp: gives readings their source time, and a batch the state of the clock that the time came from. */
public final class Stamper {
    private final byte[] bootId;
    private final Clock clock;
    private final LongSupplier monotonicNanos;
    private final long startNanos;

    /** @param bootId 16 random bytes, new for every start of the agent */
    public Stamper(byte[] bootId, Clock clock, LongSupplier monotonicNanos) {
        this.bootId = bootId.clone();
        this.clock = clock;
        this.monotonicNanos = monotonicNanos;
        this.startNanos = monotonicNanos.getAsLong();
    }

    /**
     * Source time of a value (ms): the boundary itself if the answer came within the tolerance after it, so that a reading
     * exists exactly at midnight and at quarter hours; else the instant of the answer.
     */
    static long sourceTimeMs(Instant boundary, Instant answered, Duration tolerance) {
        long late = answered.toEpochMilli() - boundary.toEpochMilli();
        return late >= 0 && late <= tolerance.toMillis() ? boundary.toEpochMilli() : answered.toEpochMilli();
    }

    /**
     * The clock's state now.
     *
     * @param steps how often the wall clock was set since the agent's start
     */
    public ClockState clockState(ClockTrust trust, int steps) {
        return ClockState.newBuilder()
                .setSynchronised(trust.synchronised())
                .setErrorBoundMs(trust.errorBoundMs())
                .setBootId(ByteString.copyFrom(bootId))
                .setSealedAtMs(clock.millis())
                .setMonotonicNs(monotonicNanos.getAsLong() - startNanos)
                .setSource(trust.source())
                .setSinceSyncMs(trust.sinceSyncMs())
                .setLeapSeconds(trust.leap().seconds())
                .setSteps(steps)
                .build();
    }

    /**
     * Writes one poll into a batch: a column for each channel, on the time axis of its source time; a channel without a
     * reading is missing on the boundary's axis and has a gap that says why.
     *
     * @param until end (exclusive) of the gaps: the next boundary
     */
    public static void write(PollCycle.Result poll, Instant until, Batch.Builder batch) {
        long boundaryMs = poll.boundary().toEpochMilli();
        Map<Long, Integer> axes = new LinkedHashMap<>();
        for (Reading reading : poll.readings()) {
            if (reading instanceof Measured measured) {
                int axis = axes.computeIfAbsent(measured.atMs(), at -> axes.size());
                batch.addColumns(Columns.encode(measured.channel(), axis, new @Nullable Long[] {measured.count()}));
            } else if (reading instanceof Missing missing) {
                int axis = axes.computeIfAbsent(boundaryMs, at -> axes.size());
                batch.addColumns(Columns.encode(missing.channel(), axis, new @Nullable Long[] {null}));
                batch.addGaps(
                        gap(missing.channel(), boundaryMs, until.toEpochMilli(), missing.cause(), missing.detail()));
            }
        }
        axes.keySet().forEach(atMs -> batch.addAxes(Columns.axis(new long[] {atMs})));
    }

    /**
     * A signed "no data, because …".
     *
     * @param channel empty for every channel of the agent
     * @param toMs exclusive
     */
    public static Gap gap(String channel, long fromMs, long toMs, GapCause cause, String detail) {
        return Gap.newBuilder()
                .setChannel(channel)
                .setFromMs(fromMs)
                .setToMs(toMs)
                .setCause(cause)
                .setDetail(detail)
                .build();
    }

    /** A row of a table of history: an instant and one raw count for each channel, null where there is none. */
    public record Row(long atMs, @Nullable Long[] counts) {}

    /**
     * Writes rows of a table into a batch, all columns on one time axis.
     *
     * @param rows ascending in time, at least one
     */
    public static void write(List<String> channels, List<Row> rows, Batch.Builder batch) {
        batch.addAxes(Columns.axis(rows.stream().mapToLong(Row::atMs).toArray()));
        for (int c = 0; c < channels.size(); c++) {
            List<@Nullable Long> column = new ArrayList<>(rows.size());
            for (Row row : rows) {
                column.add(row.counts()[c]);
            }
            batch.addColumns(Columns.encode(channels.get(c), 0, column.toArray(new @Nullable Long[0])));
        }
    }
}
