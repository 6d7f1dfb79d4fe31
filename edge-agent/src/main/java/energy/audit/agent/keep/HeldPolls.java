package energy.audit.agent.keep;

import com.google.protobuf.InvalidProtocolBufferException;
import energy.audit.evidence.Hash;
import energy.audit.evidence.wire.Batch;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Polls that were made before the wall clock was synchronised, on the disk, until it is known when they were made and
 * they can be sealed. A poll counts as taken when {@link #add} returns. Each is sealed exactly once: before the first is
 * sealed, the sequence that it will get is on the disk, and nothing else is sealed until the last one is; so after a crash
 * the log's next sequence tells how many of them are done.
 */
public final class HeldPolls implements Closeable {
    private static final int MAGIC = 0x4541484C; // "EAHL"
    private static final int SLOT = 128;
    private static final int SLOT_CONTENT = 4 + 8 + 16 + 8 + 4 + 1 + 8 + 8 + 4;
    private static final int RECORDS_AT = 2 * SLOT;
    private static final int RECORD_HEADER = 8;
    private static final int STAMPS = 24;
    private static final int LARGEST = 1 << 26;

    /**
     * A poll.
     *
     * @param boundaryMs boundary that it was made for, by the wall clock of then
     * @param wallMs that clock when the poll was done
     * @param monotonicNs the machine's monotonic clock at the same time
     * @param content axes, columns and gaps, in the wall clock of then
     */
    public record Held(long boundaryMs, long wallMs, long monotonicNs, Batch content) {}

    /**
     * Where the monotonic clock stands on the true one.
     *
     * @param boundMs how far {@code wallMs} may be off; 0: unknown
     */
    public record Anchor(long wallMs, long monotonicNs, int boundMs) {}

    /**
     * @param sealingFrom sequence of the first poll that is not yet sealed when sealing began or went on; 0: not begun
     * @param done how many were sealed by then
     */
    private record Progress(
            long generation,
            byte[] boot,
            long sealingFrom,
            int done,
            @Nullable Anchor anchor) {}

    private final Disk disk;
    private final Path file;
    private final byte[] boot;
    private final List<Held> polls = new ArrayList<>();
    private Disk.@Nullable Opened channel;
    private long size;
    private Progress progress;

    private HeldPolls(Disk disk, Path file, byte[] boot) {
        this.disk = disk;
        this.file = file;
        this.boot = boot;
        this.progress = new Progress(0, boot, 0, 0, null);
    }

    /** @param boot text that is another one after each start of the machine */
    public static HeldPolls open(Path file, String boot) throws IOException {
        return open(Disk.REAL, file, boot);
    }

    static HeldPolls open(Disk disk, Path file, String boot) throws IOException {
        byte[] id =
                Arrays.copyOf(Hash.sha256(boot.getBytes(StandardCharsets.UTF_8)).bytes(), 16);
        HeldPolls held = new HeldPolls(disk, file, id);
        if (disk.exists(file)) {
            held.recover();
        }
        return held;
    }

    private void recover() throws IOException {
        Disk.Opened opened = disk.open(file);
        channel = opened;
        Optional<Progress> newest = newest(opened);
        if (newest.isEmpty()) { // a crash came before the file was ever whole: nothing in it counts
            clear();
            return;
        }
        progress = newest.get();
        size = RECORDS_AT;
        ByteBuffer bytes = ByteBuffer.wrap(disk.readAll(file));
        while (size + RECORD_HEADER <= bytes.capacity()) {
            int length = bytes.getInt((int) size);
            if (length < STAMPS || length > LARGEST || size + RECORD_HEADER + length > bytes.capacity()) {
                break;
            }
            byte[] payload =
                    Arrays.copyOfRange(bytes.array(), (int) size + RECORD_HEADER, (int) size + RECORD_HEADER + length);
            if (bytes.getInt((int) size + 4) != crc(payload)) {
                break;
            }
            polls.add(decoded(payload));
            size += RECORD_HEADER + length;
        }
        opened.truncate(size); // a torn record is of a poll that never counted
        opened.force();
        if (polls.isEmpty()) {
            clear();
        }
    }

    private static Held decoded(byte[] payload) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(payload);
        long boundaryMs = bytes.getLong();
        long wallMs = bytes.getLong();
        long monotonicNs = bytes.getLong();
        try {
            return new Held(
                    boundaryMs,
                    wallMs,
                    monotonicNs,
                    Batch.parseFrom(ByteBuffer.wrap(payload, STAMPS, payload.length - STAMPS)));
        } catch (InvalidProtocolBufferException e) {
            throw new IOException("a held poll whose checksum holds cannot be read", e);
        }
    }

    /** Keeps a poll. When this returns, it is on the disk (fsync). */
    public void add(Held poll) throws IOException {
        if (progress.sealingFrom() > 0 || !isOfThisBoot() && !polls.isEmpty()) {
            throw new IllegalStateException("polls of before are to be sealed first");
        }
        byte[] content = poll.content().toByteArray();
        byte[] payload = ByteBuffer.allocate(STAMPS + content.length)
                .putLong(poll.boundaryMs())
                .putLong(poll.wallMs())
                .putLong(poll.monotonicNs())
                .put(content)
                .array();
        ByteBuffer record = ByteBuffer.allocate(RECORD_HEADER + payload.length)
                .putInt(payload.length)
                .putInt(crc(payload))
                .put(payload)
                .flip();
        Disk.Opened into = channel == null ? begun() : channel;
        try {
            Disk.writeFully(into, record, size);
            into.force();
        } catch (IOException e) {
            cutBack(into, e);
            throw e;
        }
        size += RECORD_HEADER + payload.length;
        polls.add(poll);
    }

    private Disk.Opened begun() throws IOException {
        Disk.Opened opened = disk.open(file);
        Progress fresh = new Progress(0, boot, 0, 0, null);
        try {
            opened.truncate(0);
            Disk.writeFully(opened, ByteBuffer.allocate(RECORDS_AT), 0);
            write(opened, fresh);
            disk.forceNames(Disk.parentOf(file));
        } catch (IOException e) {
            opened.close(); // the next poll begins the file anew
            throw e;
        }
        channel = opened;
        size = RECORDS_AT;
        progress = fresh;
        return opened;
    }

    private void cutBack(Disk.Opened into, IOException cause) {
        try {
            into.truncate(size);
            into.force();
        } catch (IOException e) {
            cause.addSuppressed(
                    e); // a record that is whole all the same is found by its checksum, one that is torn is not
        }
    }

    /** True if nothing waits to be sealed. */
    public boolean isEmpty() {
        return polls.isEmpty();
    }

    /** How many wait. */
    public int count() {
        return polls.size() - progress.done();
    }

    /** Bytes on the disk. */
    public long bytes() {
        return size;
    }

    /** True if the machine has not been started again since: their monotonic stamps can be compared with now. */
    public boolean isOfThisBoot() {
        return Arrays.equals(progress.boot(), boot);
    }

    /** True if sealing has begun, perhaps in an earlier run: it must be ended before anything else is sealed. */
    public boolean isSealing() {
        return progress.sealingFrom() > 0;
    }

    /** By which instants are placed, decided when sealing began; empty: they cannot be placed. */
    public Optional<Anchor> anchor() {
        return Optional.ofNullable(progress.anchor());
    }

    /**
     * Begins sealing, or goes on after a failure or a crash.
     *
     * @param nextSequence of the segment log
     * @param anchor counts only at the very beginning
     * @return what is still to be sealed, in order; one batch each, and nothing between
     */
    public List<Held> sealingFrom(long nextSequence, Optional<Anchor> anchor) throws IOException {
        int done = isSealing()
                ? (int) Math.min(polls.size(), progress.done() + (nextSequence - progress.sealingFrom()))
                : 0;
        Progress now = new Progress(
                progress.generation() + 1,
                progress.boot(),
                nextSequence,
                done,
                isSealing() ? progress.anchor() : anchor.orElse(null));
        if (channel != null) {
            write(channel, now);
        }
        progress = now;
        return List.copyOf(polls.subList(done, polls.size()));
    }

    /** Puts a copy of a poll that cannot be sealed with its readings into the directory {@code damaged}. */
    public void setAside(Held poll) throws IOException {
        Path into = file.resolveSibling("damaged");
        disk.makeDirectory(into);
        disk.replace(
                into.resolve("held-" + poll.wallMs() + "-" + poll.monotonicNs() + ".pb"),
                poll.content().toByteArray());
    }

    /** All are sealed. */
    public void clear() throws IOException {
        close();
        disk.delete(file);
        disk.forceNames(Disk.parentOf(file));
        polls.clear();
        size = 0;
        progress = new Progress(0, boot, 0, 0, null);
    }

    private static void write(Disk.Opened into, Progress now) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SLOT);
        Anchor anchor = now.anchor();
        bytes.putInt(MAGIC)
                .putLong(now.generation())
                .put(now.boot())
                .putLong(now.sealingFrom())
                .putInt(now.done())
                .put((byte) (anchor == null ? 0 : 1))
                .putLong(anchor == null ? 0 : anchor.wallMs())
                .putLong(anchor == null ? 0 : anchor.monotonicNs())
                .putInt(anchor == null ? 0 : anchor.boundMs());
        bytes.putInt(SLOT_CONTENT, crc(Arrays.copyOf(bytes.array(), SLOT_CONTENT)));
        bytes.position(0);
        Disk.writeFully(into, bytes, now.generation() % 2 * SLOT);
        into.force();
    }

    /** Two slots are written in turn, so that a torn write spoils at most the newer one. */
    private static Optional<Progress> newest(Disk.Opened in) throws IOException {
        Optional<Progress> newest = Optional.empty();
        for (int slot = 0; slot < 2; slot++) {
            ByteBuffer bytes = ByteBuffer.allocate(SLOT);
            while (bytes.hasRemaining() && in.read(bytes, (long) slot * SLOT + bytes.position()) > 0) {
                // until the slot or the file ends
            }
            if (bytes.hasRemaining()
                    || bytes.getInt(0) != MAGIC
                    || bytes.getInt(SLOT_CONTENT) != crc(Arrays.copyOf(bytes.array(), SLOT_CONTENT))) {
                continue;
            }
            bytes.position(4);
            long generation = bytes.getLong();
            if (newest.isPresent() && newest.get().generation() > generation) {
                continue;
            }
            byte[] boot = new byte[16];
            bytes.get(boot);
            long sealingFrom = bytes.getLong();
            int done = bytes.getInt();
            boolean anchored = bytes.get() == 1;
            Anchor anchor = new Anchor(bytes.getLong(), bytes.getLong(), bytes.getInt());
            newest = Optional.of(new Progress(generation, boot, sealingFrom, done, anchored ? anchor : null));
        }
        return newest;
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        Disk.Opened open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }
}
