package energy.audit.agent.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.agent.SetClock;
import energy.audit.agent.journal.Journal;
import energy.audit.evidence.BatchSealer;
import energy.audit.evidence.Hash;
import energy.audit.evidence.OpenedBatch;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentLogTest {
    private static final int SEGMENT = 4096;
    private static final long PLENTY = 10 << 20;

    @TempDir
    Path directory;

    private final SigningKey key = SigningKey.generate(new SecureRandom());
    private Journal journal;

    @BeforeEach
    void openJournal() throws IOException {
        journal = Journal.in(directory.resolve("logs"), new SetClock("2026-03-01T00:00:00Z"), System.err);
    }

    @AfterEach
    void closeJournal() throws IOException {
        journal.close();
    }

    @Test
    void whatWasKeptIsThereAfterARestartByteForByte() throws Exception {
        byte[] kept;
        try (SegmentLog log = open(PLENTY)) {
            keep(log, 1000);
            keep(log, 2000);
            kept = log.bytes(2).orElseThrow();
        }
        try (SegmentLog log = open(PLENTY)) {
            assertThat(log.waitingAfter(0, 10)).containsExactly(1L, 2L);
            assertThat(log.bytes(2)).hasValue(kept);
            assertThat(log.nextSequence()).isEqualTo(3);
            assertThat(log.previousHash()).isEqualTo(Hash.sha256(kept));
            assertThat(log.coveredUntilMs()).isEqualTo(2000);
        }
        assertThat(SegmentCheck.of(kept(), key.verificationKey()).findings()).isEmpty();
    }

    @Test
    void theSequenceGoesOnWhenEverythingWasReceiptedAndDeleted() throws Exception {
        Hash last;
        try (SegmentLog log = open(PLENTY)) {
            for (int i = 1; i <= 60; i++) {
                keep(log, i * 1000L);
            }
            for (long sequence = 1; sequence <= 60; sequence++) {
                log.receipted(sequence);
            }
            last = log.previousHash();
        }
        assertThat(segments()).hasSize(1);
        Files.delete(segments().get(0)); // even then
        try (SegmentLog log = open(PLENTY)) {
            assertThat(log.nextSequence()).isEqualTo(61);
            assertThat(log.previousHash()).isEqualTo(last);
            assertThat(log.waitingBatches()).isZero();
            keep(log, 61_000);
        }
        try (SegmentLog log = open(PLENTY)) {
            assertThat(log.waitingAfter(0, 10)).containsExactly(61L);
        }
    }

    @Test
    void aReceiptIsRememberedOverARestart() throws Exception {
        try (SegmentLog log = open(PLENTY)) {
            keep(log, 1000);
            keep(log, 2000);
            keep(log, 3000);
            log.receipted(2);
        }
        try (SegmentLog log = open(PLENTY)) {
            assertThat(log.waitingAfter(0, 10)).containsExactly(1L, 3L);
            assertThat(log.bytes(2)).isEmpty();
        }
    }

    @Test
    void aTailTornAtAnyByteIsCutAndTheCutIsReportedInTheNextBatch() throws Exception {
        try (SegmentLog log = open(PLENTY)) {
            keep(log, 1000);
            keep(log, 2000);
        }
        Path segment = segments().get(0);
        byte[] before = Files.readAllBytes(segment);
        byte[] head = Files.readAllBytes(kept().resolve("head"));
        byte[] third;
        try (SegmentLog log = open(PLENTY)) {
            keep(log, 3000);
            third = Files.readAllBytes(segment);
        }
        for (int length = before.length; length < third.length; length++) {
            Files.write(segment, Arrays.copyOf(third, length));
            Files.write(kept().resolve("head"), head); // the crash came before the head was written
            try (SegmentLog log = open(PLENTY)) {
                assertThat(log.nextSequence()).as("torn at byte %d", length).isEqualTo(3);
                assertThat(log.waitingAfter(0, 10)).containsExactly(1L, 2L);
                assertThat(log.unreportedCutBytes()).isEqualTo(length - before.length);
                keep(log, 3000);
                assertThat(OpenedBatch.parse(log.bytes(3).orElseThrow()).body().getCutTailBytes())
                        .isEqualTo(length - before.length);
                assertThat(log.unreportedCutBytes()).isZero();
            }
            assertThat(SegmentCheck.of(kept(), key.verificationKey()).findings())
                    .isEmpty();
        }
    }

    @Test
    void aBatchThatWasWrittenBeforeTheHeadWasIsNotLost() throws Exception {
        byte[] oldHead;
        try (SegmentLog log = open(PLENTY)) {
            keep(log, 1000);
            oldHead = Files.readAllBytes(kept().resolve("head"));
            keep(log, 2000);
        }
        Files.write(kept().resolve("head"), oldHead);
        try (SegmentLog log = open(PLENTY)) {
            assertThat(log.nextSequence()).isEqualTo(3);
            assertThat(log.coveredUntilMs()).isEqualTo(2000);
            assertThat(log.previousHash()).isEqualTo(Hash.sha256(log.bytes(2).orElseThrow()));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void garbledBytesAnywhereNeverMakeASequenceNumberBeUsedTwice(long seed) throws Exception {
        Random random = new Random(seed);
        try (SegmentLog log = open(PLENTY)) {
            for (int i = 1; i <= 30; i++) {
                keep(log, i * 1000L);
            }
        }
        for (int round = 0; round < 10; round++) {
            List<Path> files = segments();
            Path victim = files.get(random.nextInt(files.size()));
            byte[] bytes = Files.readAllBytes(victim);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            Files.write(victim, bytes);
            long next;
            try (SegmentLog log = open(PLENTY)) {
                next = log.nextSequence();
                assertThat(next).as("seed %d round %d", seed, round).isEqualTo(31 + round);
                keep(log, next * 1000);
                for (long sequence : log.waitingAfter(0, 100)) {
                    OpenedBatch batch = OpenedBatch.parse(log.bytes(sequence).orElseThrow());
                    assertThat(batch.signedBy(key.verificationKey())).isTrue();
                    assertThat(batch.body().getSequence()).isEqualTo(sequence);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aTornHeadSlotIsMadeGoodByTheOtherAndTheSegments(int slot) throws Exception {
        try (SegmentLog log = open(PLENTY)) {
            keep(log, 1000);
            keep(log, 2000);
        }
        byte[] head = Files.readAllBytes(kept().resolve("head"));
        head[slot * 128 + 20] ^= 1;
        Files.write(kept().resolve("head"), head);
        try (SegmentLog log = open(PLENTY)) {
            assertThat(log.nextSequence()).isEqualTo(3);
        }
    }

    @Test
    void atTheLimitNothingIsWrittenNothingIsGivenUpAndALastWordStillFits() throws Exception {
        long limit = 64 << 10;
        try (SegmentLog log = open(limit)) {
            long at = 0;
            BufferFull full = null;
            while (full == null) {
                try {
                    keep(log, ++at * 1000);
                } catch (BufferFull e) {
                    full = e;
                }
            }
            long kept = log.nextSequence() - 1;
            assertThat(log.fill()).isGreaterThan(0.98);
            assertThat(full).hasMessageContaining("buffer.max-bytes");
            sealing(log).keep(Batch.newBuilder(), at * 1000, List.of(), true);
            assertThat(log.waitingBatches()).isEqualTo((int) kept + 1);
            for (long sequence = 1; sequence <= kept; sequence++) {
                log.receipted(sequence);
            }
            keep(log, at * 1000 + 1);
        }
    }

    @Test
    void aQuarantinedBatchIsSetAsideWithItsReasonAndNotSentAgain() throws Exception {
        try (SegmentLog log = open(PLENTY)) {
            keep(log, 1000);
            byte[] bytes = log.bytes(1).orElseThrow();
            log.setAside(1, "agent is not enrolled");
            assertThat(log.isWaiting(1)).isFalse();
            assertThat(directory.resolve("refused/1.batch")).hasBinaryContent(bytes);
            assertThat(directory.resolve("refused/1.reason.txt")).hasContent("agent is not enrolled");
        }
    }

    @Test
    void aBatchThatDoesNotFollowIsRefused() throws Exception {
        try (SegmentLog log = open(PLENTY)) {
            keep(log, 1000);
            var first = new BatchSealer(key)
                    .seal(Batch.newBuilder()
                            .setTenant("t")
                            .setAgent("a")
                            .setSite("s")
                            .setSequence(1)
                            .setPreviousSha256(com.google.protobuf.ByteString.copyFrom(Hash.ZERO.bytes()))
                            .build());
            assertThatThrownBy(() -> log.append(first, 2000, false))
                    .hasMessageContaining("batch 1 does not follow batch 1");
        }
    }

    private SegmentLog open(long maxBytes) throws IOException {
        return SegmentLog.open(kept(), SEGMENT, maxBytes, journal.service());
    }

    private Path kept() {
        return directory.resolve("kept");
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(kept())) {
            return files.filter(f -> f.toString().endsWith(".seg")).sorted().toList();
        }
    }

    private Sealing sealing(SegmentLog log) {
        return new Sealing(new Sealing.Sender("t", "a", "s", "test"), new BatchSealer(key), log, Optional::empty);
    }

    private void keep(SegmentLog log, long coveredUntilMs) throws IOException, BufferFull {
        sealing(log).keep(Batch.newBuilder(), coveredUntilMs, List.of(), false);
    }
}
