package energy.audit.agent.keep;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * One file of the log. Header: 8 bytes {@code EASEG001}, the first sequence (8 bytes). Then records: length of the batch
 * (4), CRC32C over everything after it in the record (4), sequence (8), covered-until (8, ms), the batch's bytes. All
 * numbers big-endian. Beside it {@code .done} lists the sequences that are receipted, 8 bytes and their CRC32C each; losing
 * the end of that list only makes a batch be sent again.
 */
final class Segment implements Closeable {
    private static final long MAGIC = 0x4541534547303031L; // "EASEG001"
    static final int HEADER = 16;
    static final int RECORD_HEADER = 4 + 4 + 8 + 8;
    private static final int DONE_ENTRY = 12;
    private static final int LARGEST_BATCH = 1 << 26;

    /** Where a batch lies in the file. */
    record Place(long sequence, long offset, int length, long coveredUntilMs) {
        long end() {
            return offset + RECORD_HEADER + length;
        }
    }

    /**
     * What reading a file from the start brought.
     *
     * @param goodBytes length up to which the file is whole
     * @param fileBytes its length on disk
     */
    record Scan(List<Place> records, long goodBytes, long fileBytes) {}

    private final Disk disk;
    private final Path path;
    private final Path donePath;
    private final Disk.Opened channel;
    private final Disk.Opened done;
    private final Set<Long> waiting = new HashSet<>();
    private long size;
    private long doneSize;
    private long lastSequence = -1;

    private Segment(Disk disk, Path path) throws IOException {
        this.disk = disk;
        this.path = path;
        this.donePath = path.resolveSibling(path.getFileName() + ".done");
        this.channel = disk.open(path);
        this.done = disk.open(donePath);
        this.size = channel.size();
        this.doneSize = done.size();
    }

    /** A new file, durable with its name before this returns. */
    static Segment create(Disk disk, Path directory, long firstSequence) throws IOException {
        Path path = directory.resolve(String.format(Locale.ROOT, "%020d.seg", firstSequence));
        try (Disk.Opened created = disk.open(path)) {
            created.truncate(0);
            Disk.writeFully(
                    created,
                    ByteBuffer.allocate(HEADER)
                            .putLong(MAGIC)
                            .putLong(firstSequence)
                            .flip(),
                    0);
            created.force();
        }
        disk.forceNames(directory);
        return new Segment(disk, path);
    }

    /**
     * A file of an earlier start. Its records are forced: what a killed process wrote may not be on the disk yet, and from
     * now on it counts as kept.
     */
    static Segment reopen(Disk disk, Path path, Scan scan) throws IOException {
        Segment segment = new Segment(disk, path);
        segment.channel.force();
        List<Long> receipted = readDone(disk, segment.donePath);
        segment.doneSize = (long) DONE_ENTRY * receipted.size(); // a torn note at the end is overwritten by the next
        Set<Long> given = new HashSet<>(receipted);
        for (Place place : scan.records()) {
            segment.lastSequence = place.sequence();
            if (!given.contains(place.sequence())) {
                segment.waiting.add(place.sequence());
            }
        }
        return segment;
    }

    /** Reads all whole records from the start; changes nothing. */
    static Scan scan(Disk disk, Path path) throws IOException {
        try (Disk.Opened in = disk.openToRead(path)) {
            long fileBytes = in.size();
            List<Place> records = new ArrayList<>();
            ByteBuffer header = ByteBuffer.allocate(HEADER);
            if (!readFully(in, header, 0) || header.getLong(0) != MAGIC) {
                return new Scan(records, 0, fileBytes);
            }
            long offset = HEADER;
            long expected = header.getLong(8);
            ByteBuffer head = ByteBuffer.allocate(RECORD_HEADER);
            while (readFully(in, head.clear(), offset)) {
                int length = head.getInt(0);
                if (length < 0 || length > LARGEST_BATCH || offset + RECORD_HEADER + length > fileBytes) {
                    break;
                }
                ByteBuffer bytes = ByteBuffer.allocate(length);
                readFully(in, bytes, offset + RECORD_HEADER);
                long sequence = head.getLong(8);
                if (head.getInt(4) != crc(head, bytes.array()) || sequence != expected) {
                    break;
                }
                records.add(new Place(sequence, offset, length, head.getLong(16)));
                offset += RECORD_HEADER + length;
                expected++;
            }
            return new Scan(records, offset, fileBytes);
        }
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    /** Of the newest record, -1 while there is none. */
    long lastSequence() {
        return lastSequence;
    }

    boolean allReceipted() {
        return waiting.isEmpty();
    }

    boolean isWaiting(long sequence) {
        return waiting.contains(sequence);
    }

    /** Returns when the record is on the disk; after a failure the file is as before, or unusable and says so. */
    Place append(long sequence, long coveredUntilMs, byte[] batch) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(RECORD_HEADER + batch.length);
        record.putInt(batch.length)
                .putInt(0)
                .putLong(sequence)
                .putLong(coveredUntilMs)
                .put(batch);
        record.putInt(4, crc(record, batch)).flip();
        Place place = new Place(sequence, size, batch.length, coveredUntilMs);
        try {
            Disk.writeFully(channel, record, size);
            channel.force();
        } catch (IOException e) {
            cutBack(e);
            throw e;
        }
        size = place.end();
        lastSequence = sequence;
        waiting.add(sequence);
        return place;
    }

    private void cutBack(IOException cause) {
        try {
            channel.truncate(size);
            channel.force();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    void truncate(long toBytes) throws IOException {
        channel.truncate(toBytes);
        channel.force();
        size = toBytes;
    }

    byte[] read(Place place) throws IOException {
        return read(channel, path, place);
    }

    /** The bytes of one record, whose checksum must hold. */
    static byte[] read(Disk.Opened channel, Path path, Place place) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(RECORD_HEADER);
        ByteBuffer bytes = ByteBuffer.allocate(place.length());
        if (!readFully(channel, head, place.offset())
                || !readFully(channel, bytes, place.offset() + RECORD_HEADER)
                || head.getInt(4) != crc(head, bytes.array())) {
            throw new IOException(
                    "batch " + place.sequence() + " in " + path + " is damaged on disk: its CRC32C does not hold");
        }
        return bytes.array();
    }

    /** Notes a receipt. Not forced: after a crash the batch may be sent again, and the backend answers DUPLICATE. */
    void receipted(long sequence) throws IOException {
        if (waiting.remove(sequence)) {
            ByteBuffer entry = ByteBuffer.allocate(DONE_ENTRY).putLong(sequence);
            entry.putInt(crcOf(entry.array(), 8)).flip();
            Disk.writeFully(done, entry, doneSize);
            doneSize += DONE_ENTRY;
        }
    }

    void delete() throws IOException {
        close();
        disk.delete(path);
        disk.delete(donePath);
    }

    /** The whole notes up to the first that is torn. */
    private static List<Long> readDone(Disk disk, Path file) throws IOException {
        List<Long> sequences = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(disk.readAll(file));
        while (bytes.remaining() >= DONE_ENTRY) {
            byte[] sequence = new byte[8];
            bytes.get(sequence);
            if (bytes.getInt() != crcOf(sequence, 8)) {
                break;
            }
            sequences.add(ByteBuffer.wrap(sequence).getLong());
        }
        return sequences;
    }

    private static int crc(ByteBuffer head, byte[] batch) {
        CRC32C crc = new CRC32C();
        crc.update(head.array(), 8, RECORD_HEADER - 8);
        crc.update(head.array(), 0, 4);
        crc.update(batch);
        return (int) crc.getValue();
    }

    private static int crcOf(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static boolean readFully(Disk.Opened channel, ByteBuffer bytes, long offset) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            int n = channel.read(bytes, at);
            if (n < 0) {
                return false;
            }
            at += n;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        done.close();
    }
}
