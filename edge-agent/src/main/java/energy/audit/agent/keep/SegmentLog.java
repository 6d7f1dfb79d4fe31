package energy.audit.agent.keep;

import energy.audit.agent.journal.Journal;
import energy.audit.agent.journal.LogCode;
import energy.audit.agent.keep.HeadFile.Head;
import energy.audit.agent.keep.Segment.Place;
import energy.audit.evidence.Hash;
import energy.audit.evidence.SealedBatch;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Step 3, Keep: sealed batches on the agent's own disk until the backend's receipt proves that they are in the log.
 * Safe for several threads.
 */
public final class SegmentLog implements Closeable {
    /** {@link #coveredUntilMs} before the first batch. */
    public static final long NOTHING_COVERED = Long.MIN_VALUE;
    /** Room that only a last batch with a signed gap may use. */
    private static final long RESERVE_BYTES = Reserve.BYTES;

    private final Disk disk;
    private final Reserve reserve;
    private final Path directory;
    private final int segmentBytes;
    private final long maxBytes;
    private final Journal.Log log;
    private final HeadFile headFile;
    private final TreeMap<Long, Segment> segments = new TreeMap<>(); // by first sequence
    private final TreeMap<Long, Place> waiting = new TreeMap<>(); // by sequence
    private Head head;
    private long diskBytes;
    private long waitingBytes;

    private SegmentLog(
            Disk disk, Path directory, int segmentBytes, long maxBytes, Journal.Log log, HeadFile headFile, Head head) {
        this.disk = disk;
        this.reserve = new Reserve(disk, directory.resolve("reserve"));
        this.directory = directory;
        this.segmentBytes = segmentBytes;
        this.maxBytes = maxBytes;
        this.log = log;
        this.headFile = headFile;
        this.head = head;
    }

    /**
     * Opens the log, and repairs what a crash has left.
     *
     * @param segmentBytes size from which on a new file is begun
     * @param maxBytes most that all files may take together
     */
    public static SegmentLog open(Path directory, int segmentBytes, long maxBytes, Journal.Log log) throws IOException {
        return open(Disk.REAL, directory, segmentBytes, maxBytes, log);
    }

    static SegmentLog open(Disk disk, Path directory, int segmentBytes, long maxBytes, Journal.Log log)
            throws IOException {
        disk.makeDirectory(directory);
        // Again, for a directory that a killed process made and did not force.
        disk.forceNames(Disk.parentOf(directory));
        HeadFile headFile = new HeadFile(disk, directory.resolve("head"));
        SegmentLog opened = new SegmentLog(
                disk,
                directory,
                segmentBytes,
                maxBytes,
                log,
                headFile,
                headFile.read().orElse(Head.START));
        opened.recover();
        opened.reserve.take(); // if there is no room now, append says so
        return opened;
    }

    private void recover() throws IOException {
        List<Path> files = disk.list(directory).stream()
                .filter(p -> p.getFileName().toString().endsWith(".seg"))
                .toList();
        Head newest = head;
        int cutBefore = head.cutBytes();
        long expected = -1;
        for (int i = 0; i < files.size(); i++) {
            Path file = files.get(i);
            Segment.Scan scan = Segment.scan(disk, file);
            if (expected >= 0
                    && !scan.records().isEmpty()
                    && scan.records().get(0).sequence() != expected) {
                log.error(
                        LogCode.SEQUENCE_HOLE,
                        "from=" + expected + " to=" + (scan.records().get(0).sequence() - 1) + " before="
                                + file.getFileName() + " next=tell_the_auditor_and_keep_the_damaged_directory");
            }
            if (scan.goodBytes() < scan.fileBytes()) {
                newest = cut(file, scan, newest);
            }
            if (scan.records().isEmpty()) {
                disk.delete(file);
                disk.delete(file.resolveSibling(file.getFileName() + ".done"));
                continue;
            }
            newest = adopt(file, scan, newest, newest.cutBytes() - cutBefore);
            expected = scan.records().get(scan.records().size() - 1).sequence() + 1;
        }
        if (expected >= 0 && newest.sequence() >= expected) {
            log.error(
                    LogCode.SEQUENCE_HOLE,
                    "from=" + expected + " to=" + newest.sequence()
                            + " detail=\"batches that were kept are damaged on disk, unless they were receipted\""
                            + " next=tell_the_auditor_and_keep_the_damaged_directory");
        }
        if (!newest.equals(head)) {
            headFile.write(newest);
            head = newest;
        }
        deleteReceiptedSegments();
    }

    /** Cuts what follows the last whole record. A copy stays in {@code damaged/}; the count goes into the next batch. */
    private Head cut(Path file, Segment.Scan scan, Head newest) throws IOException {
        long cutBytes = scan.fileBytes() - scan.goodBytes();
        byte[] whole = disk.readAll(file);
        byte[] tail = java.util.Arrays.copyOfRange(whole, (int) scan.goodBytes(), whole.length);
        copied(directory.resolve("damaged"), file.getFileName() + "." + scan.goodBytes() + ".tail", tail);
        Head counted = new Head(newest.sequence(), newest.hash(), newest.coveredUntilMs(), (int)
                Math.min(Integer.MAX_VALUE, newest.cutBytes() + cutBytes));
        // First the count, then the cut: a crash between them may count twice, but never loses the count.
        headFile.write(counted);
        head = counted;
        if (!scan.records().isEmpty()) {
            try (Segment segment = Segment.reopen(disk, file, scan)) {
                segment.truncate(scan.goodBytes());
            }
        }
        log.warn(
                LogCode.TORN_TAIL_CUT,
                "segment=" + file.getFileName() + " cut_bytes=" + cutBytes + " kept_records="
                        + scan.records().size());
        return counted;
    }

    private Head adopt(Path file, Segment.Scan scan, Head newest, int cutNow) throws IOException {
        Segment segment = Segment.reopen(disk, file, scan);
        segments.put(scan.records().get(0).sequence(), segment);
        diskBytes += segment.size();
        for (Place place : scan.records()) {
            if (segment.isWaiting(place.sequence())) {
                waiting.put(place.sequence(), place);
                waitingBytes += place.length();
            }
        }
        Place last = scan.records().get(scan.records().size() - 1);
        return last.sequence() > newest.sequence()
                ? new Head(last.sequence(), Hash.sha256(segment.read(last)), last.coveredUntilMs(), cutNow)
                : newest;
    }

    /** The number that the next batch must have. */
    public synchronized long nextSequence() {
        return head.sequence() + 1;
    }

    /** The hash that the next batch must name; {@link Hash#ZERO} before the first. */
    public synchronized Hash previousHash() {
        return head.hash();
    }

    /** Newest instant (ms) that a kept batch makes a statement about, or {@link #NOTHING_COVERED}. */
    public synchronized long coveredUntilMs() {
        return head.coveredUntilMs();
    }

    /** Torn bytes that were cut and that the next batch must report. */
    public synchronized int unreportedCutBytes() {
        return head.cutBytes();
    }

    /**
     * Keeps a batch. When this returns, the batch is on the disk (fsync), and so is its sequence number.
     *
     * @param coveredUntilMs newest instant that it makes a statement about
     * @param last true for the batch that says why no more follow: it may use the reserve
     * @throws BufferFull if the disk allowance is used up; nothing was written
     */
    public synchronized void append(SealedBatch batch, long coveredUntilMs, boolean last)
            throws IOException, BufferFull {
        if (batch.sequence() != nextSequence()) {
            throw new IllegalArgumentException(
                    "batch " + batch.sequence() + " does not follow batch " + head.sequence());
        }
        long needed = Segment.RECORD_HEADER + (long) batch.bytes().length;
        if (diskBytes + needed + (last ? 0 : RESERVE_BYTES) > maxBytes) {
            throw new BufferFull(diskBytes, maxBytes);
        }
        if (last) {
            reserve.giveBack();
        } else if (!reserve.take()) {
            throw new IOException("there is no room left on the disk of " + directory + ". Free some");
        }
        Place place;
        try {
            place = active(batch.sequence(), needed).append(batch.sequence(), coveredUntilMs, batch.bytes());
        } catch (IOException e) {
            reserve.giveBack();
            throw e;
        }
        diskBytes += needed;
        waiting.put(place.sequence(), place);
        waitingBytes += place.length();
        Head written = new Head(batch.sequence(), batch.hash(), coveredUntilMs, 0);
        head = written;
        headFile.write(written);
    }

    private Segment active(long sequence, long needed) throws IOException {
        Map.Entry<Long, Segment> last = segments.lastEntry();
        // A segment whose number line does not continue (after damage) is closed too: a scan expects one number after
        // the other.
        boolean continues = last != null
                && (last.getValue().lastSequence() < 0 || last.getValue().lastSequence() + 1 == sequence);
        if (continues && last.getValue().size() + needed <= segmentBytes) {
            return last.getValue();
        }
        Segment created = Segment.create(disk, directory, sequence);
        segments.put(sequence, created);
        diskBytes += Segment.HEADER;
        deleteReceiptedSegments();
        return created;
    }

    /** Up to {@code limit} sequences above {@code after} that wait for a receipt, ascending. */
    public synchronized List<Long> waitingAfter(long after, int limit) {
        return waiting.tailMap(after, false).keySet().stream().limit(limit).toList();
    }

    /** The exact bytes of a waiting batch; empty if it is receipted or was never kept. */
    public synchronized Optional<byte[]> bytes(long sequence) throws IOException {
        Place place = waiting.get(sequence);
        return place == null
                ? Optional.empty()
                : Optional.of(segmentOf(sequence).read(place));
    }

    /** Gives a batch up, because a checked receipt proves that it is in the log. Unknown sequences are ignored. */
    public synchronized void receipted(long sequence) throws IOException {
        Place place = waiting.remove(sequence);
        if (place == null) {
            return;
        }
        waitingBytes -= place.length();
        try {
            segmentOf(sequence).receipted(sequence);
        } catch (IOException e) {
            // Only a note is lost: after a restart the batch is sent again. What is receipted must be released all the
            // same, or a full disk would stay full.
            log.warn(
                    LogCode.DISK_WRITE_FAILED,
                    "receipt_of=" + sequence + " detail=" + Journal.quoted(e.toString()) + " next=free_the_disk");
        }
        deleteReceiptedSegments();
    }

    /** Sets a batch aside that the backend refuses, with the reason beside it; it is not sent again. */
    public synchronized void setAside(long sequence, String reason) throws IOException {
        Optional<byte[]> bytes = bytes(sequence);
        if (bytes.isPresent()) {
            Path refused = directory.resolveSibling("refused");
            copied(refused, sequence + ".batch", bytes.get());
            copied(refused, sequence + ".reason.txt", (reason + "\n").getBytes(StandardCharsets.UTF_8));
            receipted(sequence);
        }
    }

    /** Puts a copy into another directory; it is durable when this returns. */
    private void copied(Path into, String name, byte[] bytes) throws IOException {
        disk.makeDirectory(into);
        disk.replace(into.resolve(name), bytes);
    }

    private Segment segmentOf(long sequence) {
        Map.Entry<Long, Segment> entry = segments.floorEntry(sequence);
        if (entry == null) {
            throw new IllegalStateException("batch " + sequence + " is waiting, but no segment holds it");
        }
        return entry.getValue();
    }

    private void deleteReceiptedSegments() throws IOException {
        List<Long> deletable = new ArrayList<>();
        for (Map.Entry<Long, Segment> entry : segments.entrySet()) {
            if (entry.getValue().allReceipted() && !entry.getKey().equals(segments.lastKey())) {
                deletable.add(entry.getKey());
            }
        }
        for (Long first : deletable) {
            Segment segment = segments.remove(first);
            if (segment != null) {
                diskBytes -= segment.size();
                segment.delete();
            }
        }
    }

    /** True until the batch is receipted or set aside. */
    public synchronized boolean isWaiting(long sequence) {
        return waiting.containsKey(sequence);
    }

    /** Batches that wait for a receipt. */
    public synchronized int waitingBatches() {
        return waiting.size();
    }

    /** Their bytes. */
    public synchronized long waitingBytes() {
        return waitingBytes;
    }

    /** Newest instant of the oldest batch that waits, ms; empty when none does. */
    public synchronized OptionalLong oldestWaitingMs() {
        Map.Entry<Long, Place> oldest = waiting.firstEntry();
        return oldest == null
                ? OptionalLong.empty()
                : OptionalLong.of(oldest.getValue().coveredUntilMs());
    }

    /** The disk allowance in bytes. */
    public long maxBytes() {
        return maxBytes;
    }

    /** Share of the disk allowance that is taken, 0..1. */
    public synchronized double fill() {
        return (double) diskBytes / Math.max(1, maxBytes - RESERVE_BYTES);
    }

    @Override
    public synchronized void close() throws IOException {
        for (Segment segment : segments.values()) {
            segment.close();
        }
        headFile.close();
    }
}
