package energy.audit.agent.keep;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.agent.SetClock;
import energy.audit.agent.journal.Journal;
import energy.audit.agent.keep.CrashDisk.Unforced;
import energy.audit.evidence.BatchSealer;
import energy.audit.evidence.Hash;
import energy.audit.evidence.OpenedBatch;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.Batch;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Power is cut after every single change that the real segment log makes to its disk, and again while it recovers. */
class CrashImagesTest {
    private static final Path ROOT = Path.of("/agent");
    private static final Path KEPT = ROOT.resolve("kept");
    private static final int SEGMENT = 1500;
    private static final int STEPS = 40;

    @TempDir
    Path logs;

    private final SigningKey key = SigningKey.generate(new SecureRandom());
    private Journal journal;

    @BeforeEach
    void openJournal() throws IOException {
        journal = Journal.in(logs, new SetClock("2026-03-01T00:00:00Z"), System.err);
    }

    @AfterEach
    void closeJournal() throws IOException {
        journal.close();
    }

    /** What the log has promised to the outside, and after which change of the disk it did so. */
    private static final class Promises {
        private final TreeMap<Long, Integer> keptAfter = new TreeMap<>();
        private final Map<Long, Integer> receiptBegunAfter = new HashMap<>();
        /** Every batch that was ever handed to the log, also if power was cut before it was kept. */
        private final Map<Long, Hash> sealed = new HashMap<>();

        private List<Long> mustBeThere(int cut) {
            return keptAfter.entrySet().stream()
                    .filter(kept -> kept.getValue() <= cut)
                    .map(Map.Entry::getKey)
                    .filter(sequence -> receiptBegunAfter.getOrDefault(sequence, Integer.MAX_VALUE) >= cut)
                    .toList();
        }

        private long newestKept(int cut) {
            return keptAfter.entrySet().stream()
                    .filter(kept -> kept.getValue() <= cut)
                    .mapToLong(Map.Entry::getKey)
                    .max()
                    .orElse(0);
        }

        /** On the disk of an image all that must be there is there from the start. */
        private Promises carriedOver(int cut) {
            Promises next = new Promises();
            mustBeThere(cut).forEach(sequence -> next.keptAfter.put(sequence, 0));
            next.sealed.putAll(sealed);
            return next;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void afterAnyLossOfPowerWhatWasKeptIsThereOnceAndInOrder(long seed) throws Exception {
        Random chance = new Random(seed);
        CrashDisk disk = new CrashDisk(ROOT);
        Promises promises = new Promises();
        work(disk, promises, chance, STEPS);
        int images = 0;
        for (int cut = 0; cut <= disk.changes(); cut++) {
            for (Unforced unforced : List.of(Unforced.LOST, Unforced.KEPT, Unforced.BY_CHANCE, Unforced.BY_CHANCE)) {
                String where = "seed " + seed + ", cut after change " + cut + ", unforced " + unforced;
                CrashDisk image = disk.after(cut, unforced, chance);
                Promises here = promises.carriedOver(cut);
                check(image, promises.mustBeThere(cut), promises.newestKept(cut), here, where);
                images++;
                if (cut % 7 == 0) {
                    // The machine came up, recovered, took two more batches, and loses its power again somewhere there.
                    int again = chance.nextInt(image.changes() + 1);
                    check(
                            image.after(again, Unforced.BY_CHANCE, chance),
                            here.mustBeThere(again),
                            Math.max(promises.newestKept(cut), here.newestKept(again)),
                            here.carriedOver(again),
                            where + ", and again after change " + again);
                    images++;
                }
            }
        }
        assertThat(images).as("crash images of seed %d", seed).isGreaterThan(600);
    }

    /** A killed process leaves its unforced bytes to the next one; what that one counts as kept must outlive the machine. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void whatAKilledProcessLeftUnforcedIsForcedBeforeItCounts(long seed) throws Exception {
        Random chance = new Random(seed);
        CrashDisk disk = new CrashDisk(ROOT);
        work(disk, new Promises(), chance, 12);
        int before = disk.changes();
        for (int cut = 0; cut <= before; cut++) {
            CrashDisk killed = new CrashDisk(ROOT);
            Promises promises = new Promises();
            replay(seed, killed, promises, cut);
            List<Long> counted;
            try (SegmentLog log = open(killed)) {
                counted = log.waitingAfter(0, Integer.MAX_VALUE);
            }
            CrashDisk image = killed.after(killed.changes(), Unforced.LOST, chance);
            try (SegmentLog log = open(image)) {
                assertThat(log.waitingAfter(0, Integer.MAX_VALUE))
                        .as("seed %d, killed at change %d", seed, cut)
                        .containsAll(counted);
            }
        }
    }

    @Test
    void aReplacedFileIsTheOldOneOrTheNewOneAndTheNewOneOnceItIsPromised() throws Exception {
        Random chance = new Random(21);
        CrashDisk disk = new CrashDisk(ROOT);
        Path head = ROOT.resolve("witness");
        Map<Integer, Integer> promisedAfter = new TreeMap<>();
        int firstPromised = 0;
        for (int version = 1; version <= 20; version++) {
            disk.replace(head, ("version " + version + " " + "x".repeat(version * 7)).getBytes("UTF-8"));
            promisedAfter.put(version, disk.changes());
            firstPromised = version == 1 ? disk.changes() : firstPromised;
        }
        for (int cut = firstPromised; cut <= disk.changes(); cut++) {
            for (int round = 0; round < 20; round++) {
                int at = cut;
                int promised = (int) promisedAfter.values().stream()
                        .filter(after -> after <= at)
                        .count();
                String text =
                        new String(disk.after(cut, Unforced.BY_CHANCE, chance).readAll(head), "UTF-8");
                int version = Integer.parseInt(text.split(" ")[1]);
                assertThat(version).as("cut %d", cut).isBetween(promised, promised + 1);
                assertThat(text).isEqualTo("version " + version + " " + "x".repeat(version * 7));
            }
        }
    }

    /** Keeps, receipts and sets aside by chance, and sometimes restarts. */
    private void work(CrashDisk disk, Promises promises, Random chance, int steps) throws Exception {
        SegmentLog log = open(disk);
        for (int step = 0; step < steps; step++) {
            List<Long> waiting = log.waitingAfter(0, 6);
            int what = chance.nextInt(12);
            if (what == 0) {
                log.close();
                log = open(disk);
            } else if (what <= 5 && !waiting.isEmpty()) {
                // mostly in order, as receipts come
                long sequence = waiting.get(chance.nextInt(4) == 0 ? chance.nextInt(waiting.size()) : 0);
                promises.receiptBegunAfter.put(sequence, disk.changes());
                if (what == 1) {
                    log.setAside(sequence, "not enrolled");
                } else {
                    log.receipted(sequence);
                }
            } else {
                keep(log, disk, promises, chance.nextInt(400));
            }
        }
        log.close();
    }

    /** The same work on a fresh disk, stopped dead at a change. */
    private void replay(long seed, CrashDisk disk, Promises promises, int cut) throws Exception {
        CrashDisk whole = new CrashDisk(ROOT);
        work(whole, promises, new Random(seed), 12);
        whole.copyUnforced(disk, cut);
    }

    private void keep(SegmentLog log, CrashDisk disk, Promises promises, int size) throws IOException, BufferFull {
        long sequence = log.nextSequence();
        var sealed = new BatchSealer(key)
                .seal(Batch.newBuilder()
                        .setTenant("t")
                        .setAgent("a")
                        .setSite("s".repeat(1 + size))
                        .setSequence(sequence)
                        .setPreviousSha256(com.google.protobuf.ByteString.copyFrom(
                                log.previousHash().bytes()))
                        .setCutTailBytes(log.unreportedCutBytes())
                        .build());
        promises.sealed.put(sequence, sealed.hash());
        log.append(sealed, sequence * 1000, false);
        promises.keptAfter.put(sequence, disk.changes());
    }

    private void check(CrashDisk image, List<Long> mustBeThere, long newestKept, Promises here, String where)
            throws Exception {
        SegmentLog log = open(image);
        List<Long> waiting = log.waitingAfter(0, Integer.MAX_VALUE);
        assertThat(waiting).as(where).containsAll(mustBeThere).isSorted().doesNotHaveDuplicates();
        assertThat(log.nextSequence() - 1).as("newest number, %s", where).isGreaterThanOrEqualTo(newestKept);
        Hash newest = here.sealed.getOrDefault(log.nextSequence() - 1, Hash.ZERO);
        assertThat(log.previousHash()).as("hash of the newest, %s", where).isEqualTo(newest);
        readAll(log, waiting, here, where);
        keep(log, image, here, 30);
        keep(log, image, here, 200);
        log.close();
        SegmentLog again = open(image);
        List<Long> then = again.waitingAfter(0, Integer.MAX_VALUE);
        assertThat(then)
                .as("taken after the crash, %s", where)
                .containsAll(waiting)
                .hasSize(waiting.size() + 2);
        readAll(again, then, here, where);
        again.close();
    }

    /** Each batch is byte for byte the one that was sealed under its number, and follows the one before. */
    private void readAll(SegmentLog log, List<Long> waiting, Promises here, String where) throws Exception {
        OpenedBatch before = null;
        for (long sequence : waiting) {
            byte[] bytes = log.bytes(sequence).orElseThrow();
            assertThat(Optional.ofNullable(here.sealed.get(sequence)))
                    .as("batch %d, %s", sequence, where)
                    .hasValue(Hash.sha256(bytes));
            OpenedBatch batch = OpenedBatch.parse(bytes);
            assertThat(batch.body().getSequence()).isEqualTo(sequence);
            if (before != null && before.body().getSequence() + 1 == sequence) {
                assertThat(batch.body().getPreviousSha256().toByteArray())
                        .as("predecessor of %d, %s", sequence, where)
                        .isEqualTo(before.hash().bytes());
            }
            before = batch;
        }
    }

    private SegmentLog open(CrashDisk disk) throws IOException {
        return SegmentLog.open(disk, KEPT, SEGMENT, 10 << 20, journal.service());
    }
}
