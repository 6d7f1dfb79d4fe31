package energy.audit.agent;

import energy.audit.agent.commission.CommissioningOutbox;
import energy.audit.agent.config.AgentSettings;
import energy.audit.agent.config.ConfigurationRefused;
import energy.audit.agent.enrol.CertificateRenewal;
import energy.audit.agent.enrol.EnrolmentOffice;
import energy.audit.agent.enrol.IdentityUpkeep;
import energy.audit.agent.enrol.KeyRotation;
import energy.audit.agent.enrol.TlsIdentity;
import energy.audit.agent.forward.Forwarder;
import energy.audit.agent.forward.ReceiptDesk;
import energy.audit.agent.forward.WitnessBook;
import energy.audit.agent.journal.Journal;
import energy.audit.agent.journal.LogCode;
import energy.audit.agent.keep.Sealing;
import energy.audit.agent.keep.SegmentLog;
import energy.audit.agent.poll.PollTimes;
import energy.audit.agent.poll.Stamper;
import energy.audit.agent.time.ClockTrust;
import energy.audit.agent.time.LinuxTime;
import energy.audit.agent.time.MachineTime;
import energy.audit.agent.time.SourceClock;
import energy.audit.evidence.BatchSealer;
import energy.audit.evidence.VerificationKey;
import energy.audit.evidence.wire.AgentHealth;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Everything that live polling and an import have in common: the directory's lock, the segment log, sealing, forwarding,
 * witnessing, the status file.
 */
final class RunningAgent implements Closeable {
    private static final long STATUS_SECONDS = 3;
    private static final long CLOCK_SECONDS = 60;

    private final AgentHome home;
    private final AgentSettings settings;
    private final Clock clock;
    private final Journal journal;
    private final SegmentLog log;
    private final ReceiptDesk desk;
    private final Forwarder forwarder;
    private final Sealing sealing;
    private final Stamper stamper;
    private final StatusFile statusFile;
    private final KeyRotation rotation;
    private final IdentityUpkeep identity;
    private final TlsIdentity tls;
    private final FileChannel lockFile;
    private final ScheduledExecutorService chores;
    private final CommissioningOutbox commissioning;
    private final PollTimes pollTimes = new PollTimes();
    private final MachineTime time;
    private final SourceClock sourceClock;
    private volatile int held;
    private volatile StatusFile.Backfill backfill = new StatusFile.Backfill(0, 0);

    /**
     * Opens everything on a directory that no other agent has open.
     *
     * @param window batches that may be on their way without a receipt, from the settings
     */
    static RunningAgent open(
            AgentHome home,
            AgentSettings settings,
            ToIntFunction<AgentSettings> window,
            Clock clock,
            PrintStream console)
            throws IOException {
        return open(home, settings, window, clock, new LinuxTime(clock), console);
    }

    static RunningAgent open(
            AgentHome home,
            AgentSettings settings,
            ToIntFunction<AgentSettings> window,
            Clock clock,
            MachineTime time,
            PrintStream console)
            throws IOException {
        FileChannel lock = locked(home);
        try {
            return new RunningAgent(home, settings, window.applyAsInt(settings), clock, time, console, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private RunningAgent(
            AgentHome home,
            AgentSettings settings,
            int window,
            Clock clock,
            MachineTime time,
            PrintStream console,
            FileChannel lock)
            throws IOException {
        this.home = home;
        this.settings = settings;
        this.clock = clock;
        this.lockFile = lock;
        this.journal = Journal.in(home.logs(), clock, console);
        KeyRotation.finishSwitch(home.directory());
        VerificationKey logKey = home.logKey();
        WitnessBook book = new WitnessBook(home.witness(), settings.logOrigin(), logKey);
        this.log = SegmentLog.open(home.kept(), settings.segmentBytes(), settings.bufferMaxBytes(), journal.service());
        if (log.nextSequence() == 1 && book.newest().isPresent()) {
            throw new ConfigurationRefused(
                    home.kept().toString(),
                    "the sequence of this agent is lost, but it has sent before",
                    "Restore the directory, or enrol a new agent with a new key: a number must never be used twice");
        }
        byte[] bootId = new byte[16];
        new SecureRandom().nextBytes(bootId);
        this.desk = new ReceiptDesk(
                settings.tenant(), settings.agent(), logKey, book, log, home.alarms(), journal.ingest());
        this.forwarder = new Forwarder(
                settings, home.brokerSignIn(), HexFormat.of().formatHex(bootId), window, log, desk, clock, journal);
        this.sealing = new Sealing(
                new Sealing.Sender(settings.tenant(), settings.agent(), settings.site(), EdgeAgent.version()),
                new BatchSealer(home.key()),
                log,
                book::newest);
        Optional<EnrolmentOffice> office = AgentHome.office(settings);
        this.tls = home.tlsIdentity();
        this.rotation = new KeyRotation(
                home.directory(), settings, sealing, forwarder::holdFrom, office, clock, journal.service());
        this.identity = new IdentityUpkeep(
                rotation,
                office.filter(any -> tls.certified())
                        .map(known ->
                                new CertificateRenewal(tls, settings, known, home::key, clock, journal.service())),
                journal.service());
        this.time = time;
        this.sourceClock = new SourceClock(time);
        this.stamper = new Stamper(bootId, clock, time::monotonicNanos);
        this.commissioning = new CommissioningOutbox(home.commissioning(), journal.service());
        this.statusFile = new StatusFile(home.status(), settings);
        this.chores = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "chores");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Whether an agent runs on this directory now. */
    static boolean runsOn(AgentHome home) throws IOException {
        try {
            locked(home).close();
            return false;
        } catch (ConfigurationRefused e) {
            return true;
        }
    }

    private static FileChannel locked(AgentHome home) throws IOException {
        FileChannel file = FileChannel.open(home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = file.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            file.close();
            throw new ConfigurationRefused(
                    home.directory().toString(),
                    "another agent runs on this directory",
                    "Stop it first: two agents with one key would fork the sequence");
        }
        return file;
    }

    void start() throws InterruptedException {
        ClockTrust trust = sourceClock.look();
        forwarder.start();
        identity.start();
        var status = chores.scheduleWithFixedDelay(this::writeStatus, 0, STATUS_SECONDS, TimeUnit.SECONDS);
        var condition =
                chores.scheduleWithFixedDelay(this::lookAtClock, CLOCK_SECONDS, CLOCK_SECONDS, TimeUnit.SECONDS);
        assert !status.isCancelled() && !condition.isCancelled();
        journal.service()
                .info(
                        LogCode.AGENT_STARTED,
                        "tenant=" + settings.tenant() + " agent=" + settings.agent() + " site=" + settings.site()
                                + " version="
                                + EdgeAgent.version() + " next_sequence=" + log.nextSequence() + " kept_batches="
                                + log.waitingBatches() + " clock=" + Journal.quoted(trust.source()));
    }

    private void lookAtClock() {
        try {
            look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks the machine about its clock, and logs what has changed. */
    ClockTrust look() throws InterruptedException {
        ClockTrust before = sourceClock.trust();
        ClockTrust now = sourceClock.look();
        if (now.synchronised() != before.synchronised()) {
            journal.service()
                    .warn(
                            LogCode.CLOCK_STATE,
                            "synchronised=" + now.synchronised() + " error_bound_ms=" + now.errorBoundMs() + " source="
                                    + Journal.quoted(now.source()));
        }
        return now;
    }

    private void writeStatus() {
        try {
            statusFile.write(new StatusFile.State(
                    clock.instant(),
                    log.nextSequence() - 1,
                    log.waitingBatches(),
                    log.waitingBytes(),
                    forwarder.counts(),
                    desk.logSize(),
                    backfill,
                    pollTimes.summary(),
                    new StatusFile.Time(sourceClock.trust(), sourceClock.steps(), held),
                    new StatusFile.Identity(
                            desk.cloned(),
                            !rotation.announcing(),
                            tls.certified()
                                    ? Optional.of(
                                            tls.certificate().getNotAfter().toInstant())
                                    : Optional.empty())));
        } catch (IOException e) {
            journal.service()
                    .error(LogCode.DISK_WRITE_FAILED, "file=status.json detail=" + Journal.quoted(e.toString()));
        }
    }

    AgentSettings settings() {
        return settings;
    }

    Clock clock() {
        return clock;
    }

    Journal journal() {
        return journal;
    }

    SegmentLog log() {
        return log;
    }

    Forwarder forwarder() {
        return forwarder;
    }

    Sealing sealing() {
        return sealing;
    }

    /** The clock's state now, for a batch. */
    Supplier<energy.audit.evidence.wire.ClockState> clockState() {
        return () -> clockState(sourceClock.trust());
    }

    /** The clock's state for a batch whose stamps are to be trusted so far. */
    energy.audit.evidence.wire.ClockState clockState(ClockTrust trust) {
        return stamper.clockState(trust, sourceClock.steps());
    }

    /** What the machine tells about time. */
    MachineTime time() {
        return time;
    }

    SourceClock sourceClock() {
        return sourceClock;
    }

    /** Where polls wait for the clock. */
    Path heldFile() {
        return home.kept().resolve("held");
    }

    /** Shown in the status. */
    void held(int polls) {
        held = polls;
    }

    /** What a batch of live polling tells about the agent besides its devices and its buffer. */
    AgentHealth.Builder vitals(Duration pollInterval) {
        return AgentHealth.newBuilder()
                .setPollIntervalMs((int) pollInterval.toMillis())
                .setCycleP99Ms((int) pollTimes.summary().cycleMs().p99())
                .setDiskFreeBytes(freeDisk());
    }

    private long freeDisk() {
        try {
            return Files.getFileStore(home.kept()).getUsableSpace();
        } catch (IOException e) {
            return 0; // unknown; a disk that fails is logged by whoever writes to it
        }
    }

    /** Records of probes that no batch has carried yet. */
    CommissioningOutbox commissioning() {
        return commissioning;
    }

    /** How punctual polling is; shown in the status. */
    PollTimes pollTimes() {
        return pollTimes;
    }

    void backfillIs(int doneDays, int totalDays) {
        backfill = new StatusFile.Backfill(doneDays, totalDays);
    }

    /** Whether another agent has shown up with this one's key. */
    boolean cloned() {
        return desk.cloned();
    }

    /** The change of the key that signs; for an agent that was opened only for it. */
    KeyRotation rotation() {
        return rotation;
    }

    /** Stops sending, and leaves everything that is kept on the disk. */
    @Override
    public void close() throws IOException {
        identity.close();
        forwarder.close();
        chores.shutdown();
        try {
            if (!chores.awaitTermination(3, TimeUnit.SECONDS)) {
                chores.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writeStatus();
        log.close();
        journal.service()
                .info(
                        LogCode.AGENT_STOPPED,
                        "sequence=" + (log.nextSequence() - 1) + " kept_batches=" + log.waitingBatches());
        journal.close();
        lockFile.close();
    }
}
