package energy.audit.agent.keep;

import energy.audit.evidence.Hash;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The newest sequence number and batch hash, kept when every segment is already deleted. Two slots are written in turn, so
 * that a torn write spoils at most the newer one.
 */
final class HeadFile implements Closeable {
    /**
     * @param sequence of the newest batch, 0 before the first
     * @param hash of that batch
     * @param coveredUntilMs newest instant that a batch makes a statement about; {@link SegmentLog#NOTHING_COVERED} before the first
     * @param cutBytes torn bytes that no batch has reported yet
     */
    record Head(long sequence, Hash hash, long coveredUntilMs, int cutBytes) {
        static final Head START = new Head(0, Hash.ZERO, SegmentLog.NOTHING_COVERED, 0);
    }

    private static final int MAGIC = 0x45414844; // "EAHD"
    private static final int SLOT = 128;
    private static final int CONTENT = 4 + 8 + 8 + Hash.LENGTH + 8 + 4;

    private final Disk.Opened channel;
    private long generation;

    HeadFile(Disk disk, Path path) throws IOException {
        channel = disk.open(path);
        if (channel.size() < 2L * SLOT) {
            // Room for both slots from the start: a full disk must not keep a head from being written.
            Disk.writeFully(channel, ByteBuffer.allocate((int) (2L * SLOT - channel.size())), channel.size());
        }
        channel.force();
        disk.forceNames(Disk.parentOf(path));
    }

    /** The newest slot that is whole; changes nothing. */
    static Optional<Head> readOnly(Disk disk, Path path) throws IOException {
        try (Disk.Opened in = disk.openToRead(path)) {
            return newest(in).map(Slot::head);
        }
    }

    /** The newest slot that is whole. */
    Optional<Head> read() throws IOException {
        Optional<Slot> newest = newest(channel);
        newest.ifPresent(slot -> generation = slot.generation());
        return newest.map(Slot::head);
    }

    private record Slot(long generation, Head head) {}

    private static Optional<Slot> newest(Disk.Opened channel) throws IOException {
        Optional<Slot> newest = Optional.empty();
        for (int slot = 0; slot < 2; slot++) {
            ByteBuffer bytes = ByteBuffer.allocate(SLOT);
            while (bytes.hasRemaining() && channel.read(bytes, (long) slot * SLOT + bytes.position()) > 0) {
                // until the slot or the file ends
            }
            if (bytes.position() < CONTENT + 4 || bytes.getInt(CONTENT) != crc(bytes) || bytes.getInt(0) != MAGIC) {
                continue;
            }
            bytes.position(4);
            long slotGeneration = bytes.getLong();
            if (newest.isEmpty() || slotGeneration > newest.get().generation()) {
                long sequence = bytes.getLong();
                byte[] hash = new byte[Hash.LENGTH];
                bytes.get(hash);
                newest = Optional.of(
                        new Slot(slotGeneration, new Head(sequence, Hash.of(hash), bytes.getLong(), bytes.getInt())));
            }
        }
        return newest;
    }

    /** Returns when the head is on the disk. */
    void write(Head head) throws IOException {
        generation++;
        ByteBuffer bytes = ByteBuffer.allocate(SLOT);
        bytes.putInt(MAGIC)
                .putLong(generation)
                .putLong(head.sequence())
                .put(head.hash().bytes())
                .putLong(head.coveredUntilMs())
                .putInt(head.cutBytes());
        bytes.putInt(CONTENT, crc(bytes));
        bytes.position(0);
        long at = generation % 2 * SLOT;
        Disk.writeFully(channel, bytes, at);
        channel.force();
    }

    private static int crc(ByteBuffer slot) {
        CRC32C crc = new CRC32C();
        crc.update(slot.array(), 0, CONTENT);
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
