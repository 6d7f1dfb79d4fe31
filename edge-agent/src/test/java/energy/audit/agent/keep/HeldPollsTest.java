package energy.audit.agent.keep;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.agent.SetClock;
import energy.audit.agent.journal.Journal;
import energy.audit.agent.keep.CrashDisk.Unforced;
import energy.audit.agent.keep.HeldPolls.Anchor;
import energy.audit.agent.keep.HeldPolls.Held;
import energy.audit.evidence.BatchSealer;
import energy.audit.evidence.OpenedBatch;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.Gap;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Power is cut after every change that holding and sealing make to the disk, and again while they go on. */
class HeldPollsTest {
    private static final Path ROOT = Path.of("/agent");
    private static final Path KEPT = ROOT.resolve("kept");
    private static final Path FILE = KEPT.resolve("held");
    private static final int POLLS = 7;
    private static final Anchor ANCHOR = new Anchor(1_000_000, 5_000_000, 12);

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

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whateverIsCutEachPollThatCountedIsSealedExactlyOnceAndInOrder(long seed) throws Exception {
        Random chance = new Random(seed);
        CrashDisk disk = new CrashDisk(ROOT);
        List<Integer> countedAfter = new ArrayList<>();
        try (SegmentLog log = open(disk);
                HeldPolls held = HeldPolls.open(disk, FILE, "boot")) {
            sealed(log, "before");
            for (int i = 0; i < POLLS; i++) {
                held.add(poll(i));
                countedAfter.add(disk.changes());
            }
            sealAll(held, log);
            sealed(log, "after");
        }
        int images = 0;
        for (int cut = 0; cut <= disk.changes(); cut++) {
            for (Unforced unforced : Unforced.values()) {
                CrashDisk image = disk.after(cut, unforced, chance);
                int firstChange = image.changes();
                int must = (int) counted(countedAfter, cut);
                check(image, must, "seed " + seed + " cut " + cut + " " + unforced);
                // and once more while it goes on
                int again = firstChange + chance.nextInt(Math.max(1, image.changes() - firstChange));
                check(
                        image.after(again, Unforced.BY_CHANCE, chance),
                        must,
                        "seed " + seed + " cut " + cut + " " + unforced + " again " + again);
                images += 2;
            }
        }
        assertThat(images).isGreaterThan(150);
    }

    private static long counted(List<Integer> countedAfter, int cut) {
        return countedAfter.stream().filter(after -> after <= cut).count();
    }

    /** Opens an image as the agent does at its next start, ends what was begun, and looks at what is in the log. */
    private void check(CrashDisk image, int mustCount, String as) throws Exception {
        try (SegmentLog log = open(image);
                HeldPolls held = HeldPolls.open(image, FILE, "boot")) {
            if (!held.isEmpty()) {
                sealAll(held, log);
            }
            assertThat(image.exists(FILE)).as(as).isFalse();
            List<String> polls = new ArrayList<>();
            for (long sequence : log.waitingAfter(0, 1000)) {
                String name = OpenedBatch.parse(log.bytes(sequence).orElseThrow())
                        .body()
                        .getGaps(0)
                        .getDetail();
                if (name.startsWith("poll ")) {
                    polls.add(name);
                }
            }
            assertThat(polls).as(as).doesNotHaveDuplicates().isSorted();
            for (int i = 0; i < mustCount; i++) {
                assertThat(polls).as(as).contains("poll " + i);
            }
        }
    }

    @Test
    void theAnchorThatSealingBeganWithStaysOverACrash() throws Exception {
        CrashDisk disk = new CrashDisk(ROOT);
        try (SegmentLog log = open(disk);
                HeldPolls held = HeldPolls.open(disk, FILE, "boot")) {
            held.add(poll(0));
            held.add(poll(1));
            List<Held> todo = held.sealingFrom(log.nextSequence(), Optional.of(ANCHOR));
            sealed(log, todo.get(0).content().getGaps(0).getDetail());
        }
        try (SegmentLog log = open(disk);
                HeldPolls held = HeldPolls.open(disk, FILE, "another boot")) {
            assertThat(held.isSealing()).isTrue();
            assertThat(held.isOfThisBoot()).isFalse();
            assertThat(held.sealingFrom(log.nextSequence(), Optional.of(new Anchor(9, 9, 9))))
                    .singleElement()
                    .isEqualTo(poll(1));
            assertThat(held.anchor()).contains(ANCHOR);
        }
    }

    private void sealAll(HeldPolls held, SegmentLog log) throws Exception {
        for (Held poll : held.sealingFrom(log.nextSequence(), Optional.of(ANCHOR))) {
            sealed(log, poll.content().getGaps(0).getDetail());
        }
        held.clear();
    }

    private void sealed(SegmentLog log, String name) throws IOException, BufferFull {
        new Sealing(new Sealing.Sender("t", "a", "s", "test"), new BatchSealer(key), log, Optional::empty)
                .keep(named(name).toBuilder(), log.nextSequence() * 1000, List.of(), false);
    }

    private static Held poll(int number) {
        return new Held(number * 10_000L, number * 10_000L + 3, number * 1000L, named("poll " + number));
    }

    private static Batch named(String name) {
        return Batch.newBuilder().addGaps(Gap.newBuilder().setDetail(name)).build();
    }

    private SegmentLog open(CrashDisk disk) throws IOException {
        return SegmentLog.open(disk, KEPT, 1500, 10 << 20, journal.service());
    }
}
