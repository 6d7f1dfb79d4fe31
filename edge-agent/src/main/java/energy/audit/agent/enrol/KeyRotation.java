package energy.audit.agent.enrol;

import energy.audit.agent.config.AgentSettings;
import energy.audit.agent.config.PrivateFile;
import energy.audit.agent.journal.Journal;
import energy.audit.agent.journal.LogCode;
import energy.audit.agent.keep.Disk;
import energy.audit.agent.keep.Sealing;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.OpenedKeyChange;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.VerificationKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Changes the key that signs, between two batches and without waiting for anybody. {@code agent.key.next} asks for it. The
 * announcement {@code key-change}, signed by both keys, is on the disk before the new key takes the old one's place, and the
 * old one is gone then. Batches of the new key are held back until the backend has the announcement in its log, so that
 * none is refused; measuring and keeping go on all the time.
 */
public final class KeyRotation {
    /** Holds nothing back. */
    public static final long NOTHING_HELD = Long.MAX_VALUE;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final Path directory;
    private final AgentSettings settings;
    private final Sealing sealing;
    private final LongConsumer holdFrom;
    private final Optional<EnrolmentOffice> office;
    private final Clock clock;
    private final Journal.Log journal;
    private @Nullable OpenedKeyChange pending;
    private Duration pause = Duration.ZERO;
    private long notBeforeNanos = System.nanoTime();

    /**
     * @param holdFrom is told from which sequence on nothing may be sent; {@link #NOTHING_HELD}: everything may
     * @param office empty for an agent whose settings name no {@code backend.url}
     */
    public KeyRotation(
            Path directory,
            AgentSettings settings,
            Sealing sealing,
            LongConsumer holdFrom,
            Optional<EnrolmentOffice> office,
            Clock clock,
            Journal.Log journal)
            throws IOException {
        this.directory = directory;
        this.settings = settings;
        this.sealing = sealing;
        this.holdFrom = holdFrom;
        this.office = office;
        this.clock = clock;
        this.journal = journal;
        this.pending = announcement(directory);
        if (pending != null) {
            holdFrom.accept(pending.firstSequence());
        }
    }

    private static Path key(Path directory) {
        return directory.resolve("agent.key");
    }

    private static Path next(Path directory) {
        return directory.resolve("agent.key.next");
    }

    private static Path announced(Path directory) {
        return directory.resolve("key-change");
    }

    /** Asks for a key change by making the next key; false if one is under way already. */
    public static boolean ask(Path directory, SecureRandom random) throws IOException {
        if (underWay(directory)) {
            return false;
        }
        PrivateFile.create(
                next(directory),
                Base64.getEncoder().encodeToString(SigningKey.generate(random).seed()) + "\n");
        return true;
    }

    /** Whether a key change was asked for that is not in the log yet. */
    public static boolean underWay(Path directory) {
        return Files.exists(next(directory)) || Files.exists(announced(directory));
    }

    /** Finishes a switch that a crash has interrupted between announcement and key; before anything is sealed. */
    public static void finishSwitch(Path directory) throws IOException {
        OpenedKeyChange change = announcement(directory);
        if (change != null
                && Files.exists(next(directory))
                && read(next(directory)).verificationKey().equals(change.newKey())) {
            replaceKey(directory, change.newKey());
        }
    }

    private static @Nullable OpenedKeyChange announcement(Path directory) throws IOException {
        if (!Files.exists(announced(directory))) {
            return null;
        }
        try {
            return OpenedKeyChange.open(Files.readAllBytes(announced(directory)));
        } catch (MalformedEvidence e) {
            throw new IOException(
                    announced(directory) + " is damaged (" + e.getMessage()
                            + "). Restore it from a backup: batches of the" + " new key are refused without it",
                    e);
        }
    }

    private static SigningKey read(Path file) {
        return SigningKey.ofSeed(
                Base64.getDecoder().decode(PrivateFile.read(file).strip()));
    }

    private static void replaceKey(Path directory, VerificationKey key) throws IOException {
        Disk.REAL.rename(next(directory), key(directory));
        Disk.REAL.forceNames(directory);
        Disk.REAL.replace(
                directory.resolve("agent.pub"),
                (Base64.getEncoder().encodeToString(key.raw()) + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Does what there is to do now; called every few seconds. */
    public synchronized void tend() throws InterruptedException {
        try {
            if (pending == null && Files.exists(next(directory))) {
                switchOver();
            }
        } catch (IOException | RuntimeException e) {
            journal.error(
                    LogCode.KEY_CHANGE_FAILED,
                    "detail=" + Journal.quoted(e.toString()) + " next=check_agent.key.next_and_the_disk");
        }
        if (pending != null && System.nanoTime() - notBeforeNanos >= 0) {
            announce(pending);
        }
    }

    private void switchOver() throws IOException {
        SigningKey old = read(key(directory));
        SigningKey fresh = read(next(directory));
        sealing.changeKey(fresh, firstSequence -> {
            byte[] announcement = OpenedKeyChange.announce(
                    settings.tenant(), settings.agent(), old, fresh, firstSequence, clock.millis());
            Disk.REAL.replace(announced(directory), announcement);
            try {
                replaceKey(directory, fresh.verificationKey());
            } catch (IOException e) {
                // the old key goes on signing, so the announcement must not stand
                Files.deleteIfExists(announced(directory));
                throw e;
            }
            holdFrom.accept(firstSequence);
        });
        pending = announcement(directory);
        journal.info(
                LogCode.KEY_CHANGED,
                "first_sequence=" + (pending == null ? 0 : pending.firstSequence()) + " state=announcing");
    }

    private void announce(OpenedKeyChange change) throws InterruptedException {
        if (office.isEmpty()) {
            journal.error(LogCode.KEY_CHANGE_FAILED, "detail=\"no backend.url\" next=set_backend.url");
            later();
            return;
        }
        try {
            long index = office.get().changeKey(change.bytes());
            Files.deleteIfExists(announced(directory));
            pending = null;
            pause = Duration.ZERO;
            holdFrom.accept(NOTHING_HELD);
            journal.info(
                    LogCode.KEY_CHANGED,
                    "first_sequence=" + change.firstSequence() + " state=in_force log_index=" + index);
        } catch (EnrolmentRefused e) {
            journal.error(
                    LogCode.KEY_CHANGE_FAILED,
                    "reason=" + e.code() + " detail=" + Journal.quoted(e.getMessage())
                            + " next=tell_the_administrator;_batches_are_kept");
            later();
        } catch (IOException e) {
            journal.warn(
                    LogCode.KEY_CHANGE_FAILED,
                    "reason=UNREACHABLE detail=" + Journal.quoted(e.toString())
                            + " next=check_backend.url;_batches_are_kept");
            later();
        }
    }

    private void later() {
        pause = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        notBeforeNanos = System.nanoTime() + pause.toNanos();
    }

    /** Whether the backend has still to hear of the newest key. */
    public synchronized boolean announcing() {
        return pending != null;
    }
}
