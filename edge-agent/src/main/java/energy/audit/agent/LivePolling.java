package energy.audit.agent;

import com.google.protobuf.ByteString;
import energy.audit.agent.commission.CommissioningOutbox;
import energy.audit.agent.config.PollPlan;
import energy.audit.agent.gateway.Gateways;
import energy.audit.agent.journal.Journal;
import energy.audit.agent.journal.LogCode;
import energy.audit.agent.keep.BufferFull;
import energy.audit.agent.keep.SegmentLog;
import energy.audit.agent.poll.PollCycle;
import energy.audit.agent.poll.PollTimes;
import energy.audit.agent.poll.QuarterHour;
import energy.audit.agent.poll.Stamper;
import energy.audit.agent.time.ClockTrust;
import energy.audit.agent.time.ClockWatch;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.GapCause;
import java.io.Closeable;
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
final class LivePolling implements Closeable {
    /** How far the disk allowance is used. */
    private enum Buffer {
        FREE,
        /** Only quarter-hour readings are kept: they decide about energy, and take 1/90 of the room. */
        THINNED,
        FULL
    }

    private static final long LOOK_AT_CLOCK_MS = 200;
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();
    private static final long DAY_MS = Duration.ofDays(1).toMillis();

    private final RunningAgent agent;
    private final PollPlan plan;
    private final PollCycle poll;
    private final Gateways gateways;
    private final MappingInForce mapping;
    private final ClockWatch watch;
    private final Continuity continuity;
    private final HeldReadings held;
    private Buffer buffer = Buffer.FREE;
    private long punctualityToldInHour = Long.MIN_VALUE;
    /** Hash of the mapping that a kept batch of this boot carries; empty before the first. */
    private ByteString carriedMapping = ByteString.EMPTY;

    LivePolling(
            RunningAgent agent,
            PollPlan plan,
            PollCycle poll,
            Gateways gateways,
            MappingInForce mapping,
            ClockWatch watch)
            throws IOException {
        this.gateways = gateways;
        this.agent = agent;
        this.plan = plan;
        this.poll = poll;
        this.mapping = mapping;
        this.watch = watch;
        this.continuity =
                new Continuity(agent.log(), plan.interval(), agent.journal().ingest());
        this.held = new HeldReadings(agent, agent.time(), plan.interval(), continuity);
        agent.held(held.count());
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
                continuity.missed(GapCause.AGENT_STOPPED, "the agent failed: " + e);
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
        ClockTrust trust = agent.sourceClock().trust();
        if (step.isPresent() || trust.waiting()) {
            step.ifPresent(by -> agent.sourceClock().stepped());
            trust = agent.look();
        }
        if (step.isPresent()) {
            stepped(step.get(), boundary, trust);
        }
        if (held.waitsForClock(trust)) {
            hold(boundary);
        } else if (held.isEmpty()) {
            take(boundary, trust);
        } else if (sealHeld(trust)) {
            // Who set the clock may have done so only now: the boundary is another one then.
            take(boundaryAtOrBefore(agent.clock().instant()), trust);
        }
    }

    private void take(Instant boundary, ClockTrust trust) throws InterruptedException {
        boolean alreadyPolled = boundary.toEpochMilli() == agent.log().coveredUntilMs();
        if (alreadyPolled || !hasRoom(boundary)) {
            return;
        }
        PollCycle.Result result = polled(boundary);
        Batch.Builder batch = begun(trust);
        batch.addAllGaps(continuity.before(boundary));
        Stamper.write(result, boundary.plus(plan.interval()), batch);
        int uplinks = gateways.writeInto(batch);
        List<CommissioningOutbox.Waiting> records = agent.commissioning().waiting();
        records.forEach(record -> batch.addCommissioning(record.signed()));
        keep(batch, boundary, uplinks, records);
    }

    private PollCycle.Result polled(Instant boundary) throws InterruptedException {
        long lateMs = Math.max(0, agent.clock().millis() - boundary.toEpochMilli());
        long began = System.nanoTime();
        PollCycle.Result result = poll.run(boundary);
        agent.pollTimes().add(lateMs, (System.nanoTime() - began) / 1_000_000);
        tellPunctuality(boundary);
        return result;
    }

    private void stepped(Duration by, Instant boundary, ClockTrust trust) {
        boolean midnightJustPassed = Math.floorMod(agent.clock().millis() + 1500, DAY_MS)
                <= plan.interval().toMillis() + 3000;
        boolean leap = continuity.stepped(by, midnightJustPassed ? trust.leap().seconds() : 0);
        agent.journal()
                .service()
                .error(
                        LogCode.CLOCK_STEP,
                        "by=" + by + " boundary=" + boundary + " leap_second=" + leap + " next=check_time_source");
    }

    /** Asks the devices, and keeps what they said until it is known when that was. */
    private void hold(Instant boundary) throws InterruptedException {
        PollCycle.Result result = polled(boundary);
        Optional<Duration> step = watch.step();
        if (step.isPresent()) {
            // Its stamps are partly of one clock and partly of another; what is missed is a gap before the next one.
            stepped(step.get(), boundary, agent.sourceClock().trust());
            return;
        }
        try {
            held.hold(result);
        } catch (IOException e) {
            diskRefused(boundary, e);
        }
        agent.held(held.count());
    }

    private boolean sealHeld(ClockTrust trust) {
        continuity.forgetStep();
        try {
            held.seal(trust, new HeldReadings.Batches() {
                @Override
                public Batch.Builder begun(ClockTrust as) {
                    return LivePolling.this.begun(as);
                }

                @Override
                public void keep(Batch.Builder batch, Instant boundary) throws IOException, BufferFull {
                    kept(batch, boundary);
                }
            });
            agent.held(0);
            // Steps up to here concern nothing that is in the log.
            watch.step().ifPresent(by -> agent.sourceClock().stepped());
            continuity.forgetStep();
            return true;
        } catch (IOException | BufferFull e) {
            // Nothing else is sealed before them: the next cycle tries again.
            continuity.missed(GapCause.BUFFER_FULL, "readings that waited for the clock did not fit on the disk");
            agent.journal()
                    .service()
                    .error(
                            LogCode.DISK_WRITE_FAILED,
                            "held_polls=" + held.count() + " detail=" + Journal.quoted(e.toString())
                                    + " next=free_the_disk");
            return false;
        }
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

    private Batch.Builder begun(ClockTrust trust) {
        ByteString sha256 = mapping.sha256();
        Batch.Builder batch = Batch.newBuilder()
                .setClock(agent.clockState(trust))
                .setMappingSha256(sha256)
                .setHealth(agent.vitals(plan.interval()));
        return sha256.equals(carriedMapping) ? batch : batch.setMapping(mapping.bytes());
    }

    private void kept(Batch.Builder batch, Instant boundary) throws IOException, BufferFull {
        agent.sealing().keep(batch, boundary.toEpochMilli(), poll.health(), false);
        carriedMapping = batch.getMappingSha256();
        continuity.kept();
        agent.forwarder().wake();
    }

    private void keep(Batch.Builder batch, Instant boundary, int uplinks, List<CommissioningOutbox.Waiting> records) {
        try {
            kept(batch, boundary);
            gateways.taken(uplinks);
            agent.commissioning().taken(records);
        } catch (BufferFull e) {
            becomeFull(boundary, e.getMessage());
        } catch (IOException e) {
            diskRefused(boundary, e);
        }
    }

    private void diskRefused(Instant boundary, IOException e) {
        continuity.missed(GapCause.BUFFER_FULL, "the disk took no batch: " + e.getMessage());
        agent.journal()
                .service()
                .error(
                        LogCode.DISK_WRITE_FAILED,
                        "boundary=" + boundary + " detail=" + Journal.quoted(e.toString()) + " next=free_the_disk");
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
                continuity.missed(
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
        continuity.missed(GapCause.BUFFER_FULL, "the disk allowance was used up");
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
        Batch.Builder last = begun(agent.sourceClock().trust())
                .addGaps(continuity.noted(Stamper.gap(
                        "",
                        from,
                        boundary.toEpochMilli() + 1,
                        GapCause.BUFFER_FULL,
                        "readings end here until there is room")));
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

    @Override
    public void close() throws IOException {
        held.close();
    }
}
