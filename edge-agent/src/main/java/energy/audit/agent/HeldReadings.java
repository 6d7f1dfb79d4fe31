package energy.audit.agent;

import energy.audit.agent.journal.Journal;
import energy.audit.agent.journal.LogCode;
import energy.audit.agent.keep.BufferFull;
import energy.audit.agent.keep.HeldPolls;
import energy.audit.agent.keep.HeldPolls.Anchor;
import energy.audit.agent.keep.HeldPolls.Held;
import energy.audit.agent.keep.SegmentLog;
import energy.audit.agent.poll.PollCycle;
import energy.audit.agent.poll.Stamper;
import energy.audit.agent.time.ClockTrust;
import energy.audit.agent.time.MachineTime;
import energy.audit.agent.time.SourceClock;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.Column;
import energy.audit.evidence.wire.Gap;
import energy.audit.evidence.wire.GapCause;
import energy.audit.evidence.wire.TimeAxis;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Readings of a machine that started without knowing the time. They are on the disk with the machine's monotonic clock,
 * and are sealed when the wall clock is synchronised: moved to when they were made, and marked. If nobody sets the clock
 * in the time that is allowed for it, they are sealed by what it shows then, in batches that say that it is not
 * synchronised. They are never sealed twice and nothing is sealed before them.
 */
final class HeldReadings implements Closeable {
    /** The held polls may take this part of the disk allowance. */
    private static final int PART_OF_BUFFER = 4;

    /** The wall clock is read in milliseconds, so a poll that is not moved may seem to be by one or two. */
    private static final long ROUNDING_MS = 5;

    /** Begins a batch in the agent's present state; and keeps one. */
    interface Batches {
        Batch.Builder begun(ClockTrust trust);

        void keep(Batch.Builder batch, Instant boundary) throws IOException, BufferFull;
    }

    private final RunningAgent agent;
    private final HeldPolls held;
    private final MachineTime time;
    private final Duration interval;
    private final Continuity continuity;
    private final long startedNanos;

    HeldReadings(RunningAgent agent, MachineTime time, Duration interval, Continuity continuity) throws IOException {
        this.agent = agent;
        this.time = time;
        this.interval = interval;
        this.continuity = continuity;
        this.held = HeldPolls.open(agent.heldFile(), time.boot());
        this.startedNanos = time.monotonicNanos();
    }

    /** Whether a poll made now is to wait for the clock. */
    boolean waitsForClock(ClockTrust trust) {
        Duration waited = Duration.ofNanos(time.monotonicNanos() - startedNanos);
        return trust.waiting()
                && waited.compareTo(agent.settings().clockWait()) < 0
                && held.bytes() < agent.settings().bufferMaxBytes() / PART_OF_BUFFER
                && !held.isSealing()
                && (held.isEmpty() || held.isOfThisBoot());
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    int count() {
        return held.count();
    }

    /** Keeps a poll until it is known when it was made. */
    void hold(PollCycle.Result poll) throws IOException {
        Batch.Builder content = Batch.newBuilder();
        Stamper.write(poll, poll.boundary().plus(interval), content);
        long wallMs = agent.clock().millis();
        held.add(new Held(poll.boundary().toEpochMilli(), wallMs, time.monotonicNanos(), content.build()));
        if (held.count() == 1) {
            agent.journal()
                    .service()
                    .warn(
                            LogCode.READINGS_HELD,
                            "clock="
                                    + Journal.quoted(agent.sourceClock().trust().source())
                                    + " at_most=" + agent.settings().clockWait()
                                    + " detail=\"readings wait on the disk until the clock is synchronised\"");
        }
    }

    /** Seals everything that waits, in order. After a failure the rest stays, and this is to be called again. */
    void seal(ClockTrust trust, Batches batches) throws IOException, BufferFull {
        Optional<Anchor> now = held.isOfThisBoot()
                ? Optional.of(new Anchor(agent.clock().millis(), time.monotonicNanos(), trust.errorBoundMs()))
                : Optional.empty();
        List<Held> todo = held.sealingFrom(agent.log().nextSequence(), now);
        Optional<Anchor> anchor = held.anchor();
        for (Held poll : todo) {
            if (anchor.isPresent()) {
                placed(poll, anchor.get(), trust, batches);
            } else {
                asStamped(poll, batches);
            }
        }
        held.clear();
        agent.journal()
                .service()
                .info(
                        LogCode.READINGS_PLACED,
                        "polls=" + todo.size() + " placed=" + anchor.isPresent() + " clock="
                                + Journal.quoted(trust.source()));
    }

    private void placed(Held poll, Anchor anchor, ClockTrust trust, Batches batches) throws IOException, BufferFull {
        long agoMs = TimeUnit.NANOSECONDS.toMillis(anchor.monotonicNs() - poll.monotonicNs());
        long shiftMs = anchor.wallMs() - agoMs - poll.wallMs();
        Instant boundary = Instant.ofEpochMilli(poll.boundaryMs() + shiftMs);
        boolean synchronised = anchor.boundMs() > 0;
        Batch.Builder batch = batches.begun(trust);
        batch.addAllGaps(continuity.before(boundary));
        for (TimeAxis axis : poll.content().getAxesList()) {
            batch.addAxes(axis.toBuilder().setFirstMs(axis.getFirstMs() + shiftMs));
        }
        for (Column column : poll.content().getColumnsList()) {
            batch.addColumns(column.toBuilder()
                    .setReanchored(synchronised || Math.abs(shiftMs) > ROUNDING_MS)
                    .setErrorBoundMs(synchronised ? SourceClock.placedBoundMs(anchor.boundMs(), agoMs) : 0));
        }
        for (Gap gap : poll.content().getGapsList()) {
            batch.addGaps(gap.toBuilder().setFromMs(gap.getFromMs() + shiftMs).setToMs(gap.getToMs() + shiftMs));
        }
        batches.keep(batch, boundary);
    }

    /** The machine was started again, so nobody can say when it was: its stamps stay, and the batch says so. */
    private void asStamped(Held poll, Batches batches) throws IOException, BufferFull {
        Instant boundary = Instant.ofEpochMilli(poll.boundaryMs());
        Batch.Builder batch = batches.begun(ClockTrust.none("never synchronised before the machine was started again"));
        long covered = agent.log().coveredUntilMs();
        long now = agent.clock().millis();
        if (poll.boundaryMs() <= covered || poll.wallMs() > now) {
            // Its clock showed a time that is certainly wrong: counts at a wrong instant would spoil true ones.
            unplaced(poll, covered == SegmentLog.NOTHING_COVERED ? now : covered, batch, batches);
            return;
        }
        batch.addAllGaps(continuity.before(boundary))
                .addAllAxes(poll.content().getAxesList())
                .addAllColumns(poll.content().getColumnsList())
                .addAllGaps(poll.content().getGapsList());
        batches.keep(batch, boundary);
    }

    private void unplaced(Held poll, long afterMs, Batch.Builder batch, Batches batches)
            throws IOException, BufferFull {
        String stamped = Instant.ofEpochMilli(poll.boundaryMs()).toString();
        held.setAside(poll);
        agent.journal()
                .service()
                .error(LogCode.READINGS_UNPLACED, "stamped=" + stamped + " copy=kept/damaged next=check_time_source");
        batch.addGaps(continuity.noted(Stamper.gap(
                "",
                afterMs + 1,
                afterMs + 2,
                GapCause.CLOCK_STEP,
                "readings stamped " + stamped + " by a clock that was never synchronised cannot be placed")));
        batches.keep(batch, Instant.ofEpochMilli(afterMs));
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}
