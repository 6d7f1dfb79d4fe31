package energy.audit.agent;

import com.google.protobuf.ByteString;
import energy.audit.agent.commission.CommissioningOutbox;
import energy.audit.agent.config.PollPlan;
import energy.audit.agent.gateway.Gateways;
import energy.audit.agent.journal.Journal;
import energy.audit.agent.journal.LogCode;
import energy.audit.agent.keep.BufferFull;
import energy.audit.agent.keep.SegmentLog;
import energy.audit.agent.poll.ClockWatch;
import energy.audit.agent.poll.PollCycle;
import energy.audit.agent.poll.PollTimes;
import energy.audit.agent.poll.QuarterHour;
import energy.audit.agent.poll.Stamper;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.Gap;
import energy.audit.evidence.wire.GapCause;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The loop of a live agent: at each wall-clock multiple of the interval, poll, stamp, seal, keep; then wake the forwarder.
 * Every instant of the grid ends up in a batch: as a reading, or in a signed gap with its cause.
 */
final class LivePolling {
    /** How far the disk allowance is used. */
    private enum Buffer {
        FREE,
        /** Only quarter-hour readings are kept: they decide about energy, and take 1/90 of the room. */
        THINNED,
        FULL
    }

    private static final long LOOK_AT_CLOCK_MS = 200;
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();

    private final RunningAgent agent;
    private final PollPlan plan;
    private final PollCycle poll;
    private final Gateways gateways;
    private final MappingInForce mapping;
    private final ClockWatch watch;
    private final Journal.Log ingest;
    private Buffer buffer = Buffer.FREE;
    private long punctualityToldInHour = Long.MIN_VALUE;
    /** Hash of the mapping that a kept batch of this boot carries; empty before the first. */
    private ByteString carriedMapping = ByteString.EMPTY;

    private GapCause causeOfMissedPolls = GapCause.AGENT_STOPPED;
    private String detailOfMissedPolls = "the agent was not running";

    LivePolling(
            RunningAgent agent,
            PollPlan plan,
            PollCycle poll,
            Gateways gateways,
            MappingInForce mapping,
            ClockWatch watch) {
        this.gateways = gateways;
        this.agent = agent;
        this.plan = plan;
        this.poll = poll;
        this.mapping = mapping;
        this.watch = watch;
        this.ingest = agent.journal().ingest();
    }

    /** Polls until the latch is released. */
    void run(CountDownLatch stop) throws InterruptedException {
        Instant next = boundaryAfter(agent.clock().instant());
        while (!waited(stop, next)) {
            Instant boundary = boundaryAtOrBefore(agent.clock().instant());
            try {
                cycle(boundary);
            } catch (RuntimeException e) {
                // A fault of ours must not end the measuring; this boundary becomes a gap, and the error line says why.
                missed(GapCause.AGENT_STOPPED, "the agent failed: " + e);
                agent.journal()
                        .service()
                        .error(LogCode.UNEXPECTED_FAILURE, "in=poll detail=" + Journal.quoted(trace(e)));
            }
            next = boundaryAfter(agent.clock().instant());
        }
    }

    private static String trace(RuntimeException e) {
        Throwable cause = e.getCause();
        return e + (cause == null ? "" : " caused by " + cause) + " at " + e.getStackTrace()[0];
    }

    /** @return true if the agent is to stop; waits in short naps, because the wall clock may be set meanwhile */
    private boolean waited(CountDownLatch stop, Instant until) throws InterruptedException {
        while (true) {
            Instant now = agent.clock().instant();
            Duration left = Duration.between(now, until);
            if (!now.isBefore(until) || left.compareTo(plan.interval().multipliedBy(2)) > 0) {
                return stop.await(0, TimeUnit.MILLISECONDS);
            }
            if (stop.await(Math.min(left.toMillis() + 1, LOOK_AT_CLOCK_MS), TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
    }

    private Instant boundaryAtOrBefore(Instant instant) {
        long interval = plan.interval().toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(instant.toEpochMilli(), interval) * interval);
    }

    private Instant boundaryAfter(Instant instant) {
        return boundaryAtOrBefore(instant).plus(plan.interval());
    }

    /** One poll for one boundary, from registers to the disk. */
    void cycle(Instant boundary) throws InterruptedException {
        Optional<Duration> step = watch.step();
        step.ifPresent(by -> {
            agent.journal()
                    .service()
                    .error(LogCode.CLOCK_STEP, "by=" + by + " boundary=" + boundary + " next=check_time_source");
            missed(GapCause.CLOCK_STEP, "the clock was set by " + by);
        });
        boolean alreadyPolled = boundary.toEpochMilli() == agent.log().coveredUntilMs();
        if (alreadyPolled || !hasRoom(boundary)) {
            return;
        }
        long lateMs = Math.max(0, agent.clock().millis() - boundary.toEpochMilli());
        long began = System.nanoTime();
        PollCycle.Result result = poll.run(boundary);
        agent.pollTimes().add(lateMs, (System.nanoTime() - began) / 1_000_000);
        tellPunctuality(boundary);
        Batch.Builder batch = begun();
        gapBefore(boundary).ifPresent(batch::addGaps);
        Stamper.write(result, boundary.plus(plan.interval()), batch);
        int uplinks = gateways.writeInto(batch);
        List<CommissioningOutbox.Waiting> records = agent.commissioning().waiting();
        records.forEach(record -> batch.addCommissioning(record.signed()));
        keep(batch, boundary, uplinks, records);
    }

    /** Once an hour, so that {@code service.log} shows how it went when nobody looked at the status. */
    private void tellPunctuality(Instant boundary) {
        long hour = Math.floorDiv(boundary.toEpochMilli(), HOUR_MS);
        if (hour == punctualityToldInHour) {
            return;
        }
        punctualityToldInHour = hour;
        PollTimes.Summary times = agent.pollTimes().summary();
        agent.journal()
                .service()
                .info(
                        LogCode.POLL_TIMES,
                        "cycles=" + times.cycles() + " overruns=" + times.overruns() + " jitter_ms="
                                + times.jitterMs().inWords() + " cycle_ms="
                                + times.cycleMs().inWords() + " interval_ms="
                                + plan.interval().toMillis());
    }

    private Batch.Builder begun() {
        ByteString sha256 = mapping.sha256();
        Batch.Builder batch = Batch.newBuilder()
                .setClock(agent.clockState().get())
                .setMappingSha256(sha256)
                .setHealth(agent.vitals(plan.interval()));
        return sha256.equals(carriedMapping) ? batch : batch.setMapping(mapping.bytes());
    }

    /** What lies between the last instant that a batch speaks about and this boundary. */
    private Optional<Gap> gapBefore(Instant boundary) {
        long covered = agent.log().coveredUntilMs();
        long at = boundary.toEpochMilli();
        if (covered == SegmentLog.NOTHING_COVERED) {
            return Optional.empty();
        }
        if (at <= covered) {
            return Optional.of(noted(Stamper.gap(
                    "", at, covered + 1, GapCause.CLOCK_STEP, "the clock was set back: these instants occur twice")));
        }
        if (at - covered <= plan.interval().toMillis() && causeOfMissedPolls != GapCause.CLOCK_STEP) {
            return Optional.empty();
        }
        return at - covered <= 1
                ? Optional.empty()
                : Optional.of(noted(Stamper.gap("", covered + 1, at, causeOfMissedPolls, detailOfMissedPolls)));
    }

    private Gap noted(Gap gap) {
        ingest.warn(
                LogCode.GAP_RECORDED,
                "cause=" + gap.getCause() + " from=" + Instant.ofEpochMilli(gap.getFromMs()) + " to="
                        + Instant.ofEpochMilli(gap.getToMs()) + " detail=" + Journal.quoted(gap.getDetail()));
        return gap;
    }

    private void keep(Batch.Builder batch, Instant boundary, int uplinks, List<CommissioningOutbox.Waiting> records) {
        try {
            agent.sealing().keep(batch, boundary.toEpochMilli(), poll.health(), false);
            carriedMapping = batch.getMappingSha256();
            gateways.taken(uplinks);
            agent.commissioning().taken(records);
            causeOfMissedPolls = GapCause.AGENT_STOPPED;
            detailOfMissedPolls = "a poll was missed: the cycle before it took too long";
            agent.forwarder().wake();
        } catch (BufferFull e) {
            becomeFull(boundary, e.getMessage());
        } catch (IOException e) {
            missed(GapCause.BUFFER_FULL, "the disk took no batch: " + e.getMessage());
            agent.journal()
                    .service()
                    .error(
                            LogCode.DISK_WRITE_FAILED,
                            "boundary=" + boundary + " detail=" + Journal.quoted(e.toString()) + " next=free_the_disk");
        }
    }

    private void missed(GapCause cause, String detail) {
        causeOfMissedPolls = cause;
        detailOfMissedPolls = detail;
    }

    /** The policy at the bound: thin first, then stop; what is kept is never given up. */
    private boolean hasRoom(Instant boundary) {
        double fill = agent.log().fill();
        Journal.Log service = agent.journal().service();
        if (fill >= 1) {
            becomeFull(boundary, "the disk allowance buffer.max-bytes is used up");
            return false;
        }
        if (buffer == Buffer.FULL && fill > 0.98) {
            return false;
        }
        if (fill >= agent.settings().bufferThinAt()) {
            if (buffer != Buffer.THINNED) {
                service.error(
                        LogCode.BUFFER_THINNED,
                        "fill=" + percent(fill) + " kept_batches=" + agent.log().waitingBatches()
                                + " next=restore_the_connection_to_the_backend");
            }
            buffer = Buffer.THINNED;
            if (!QuarterHour.is(boundary)) {
                missed(
                        GapCause.BUFFER_FULL,
                        "buffer filled to " + percent(fill) + ": only quarter-hour readings are kept");
                return false;
            }
            return true;
        }
        if (buffer != Buffer.FREE) {
            service.info(LogCode.BUFFER_FREE, "fill=" + percent(fill));
            buffer = Buffer.FREE;
        }
        return true;
    }

    private static String percent(double fill) {
        return Math.round(fill * 100) + "%";
    }

    private void becomeFull(Instant boundary, @Nullable String why) {
        missed(GapCause.BUFFER_FULL, "the disk allowance was used up");
        if (buffer == Buffer.FULL) {
            return;
        }
        buffer = Buffer.FULL;
        agent.journal()
                .service()
                .error(
                        LogCode.BUFFER_FULL,
                        "boundary=" + boundary + " kept_batches=" + agent.log().waitingBatches() + " detail="
                                + Journal.quoted(why));
        long covered = agent.log().coveredUntilMs();
        long from = covered == SegmentLog.NOTHING_COVERED ? boundary.toEpochMilli() : covered + 1;
        if (from > boundary.toEpochMilli()) {
            return;
        }
        Batch.Builder last = begun().addGaps(noted(Stamper.gap(
                "", from, boundary.toEpochMilli() + 1, GapCause.BUFFER_FULL, "readings end here until there is room")));
        try {
            agent.sealing().keep(last, boundary.toEpochMilli(), List.of(), true);
            carriedMapping = last.getMappingSha256();
            agent.forwarder().wake();
        } catch (BufferFull | IOException e) {
            agent.journal()
                    .service()
                    .error(
                            LogCode.DISK_WRITE_FAILED,
                            "boundary=" + boundary + " detail=" + Journal.quoted(e.toString()));
        }
    }
}
