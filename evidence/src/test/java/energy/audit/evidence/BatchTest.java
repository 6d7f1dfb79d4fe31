package energy.audit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.Column;
import energy.audit.evidence.wire.SignedBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BatchTest {
    private static final SigningKey KEY = SigningKey.ofSeed(new byte[32]);

    static Batch.Builder aBatch(long sequence, Hash previous) {
        return Batch.newBuilder()
                .setTenant("demo-castings")
                .setAgent("foundry-north-agent")
                .setSite("foundry-north")
                .setSequence(sequence)
                .setPreviousSha256(previous.byteString())
                .addAxes(Columns.axis(900_000, 1_800_000, 2_700_000))
                .addColumns(Columns.encode(
                        "foundry-north.main.active-energy-import", 0, new @Nullable Long[] {5L, null, 12L}));
    }

    /** R1. */
    @Test
    void aSealedBatchIsOpenedAgainWithItsReadingsAndItsGaps() throws Exception {
        SealedBatch sealed = new BatchSealer(KEY).seal(aBatch(1, Hash.ZERO).build());
        OpenedBatch opened = OpenedBatch.parse(sealed.bytes());
        assertThat(opened.signedBy(KEY.verificationKey())).isTrue();
        assertThat(opened.hash()).isEqualTo(Hash.sha256(sealed.bytes())).isEqualTo(sealed.hash());
        assertThat(opened.keyId()).isEqualTo(KEY.verificationKey().keyId()).hasSize(8);
        ChannelCounts main = opened.channels().get(0);
        assertThat(main.atMs()).containsExactly(900_000, 2_700_000);
        assertThat(main.counts()).containsExactly(5, 12);
        assertThat(main.missingAtMs()).containsExactly(1_800_000);
    }

    @Test
    void everyFlippedBitMakesABatchUnreadableOrUnsigned() {
        byte[] bytes = new BatchSealer(KEY).seal(aBatch(1, Hash.ZERO).build()).bytes();
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(isSigned(flipped)).as("bit " + bit).isFalse();
        }
    }

    @Test
    void aBatchSignedWithAnotherKeyIsNotSignedByThisOne() throws Exception {
        SigningKey other = SigningKey.ofSeed(Hash.sha256().bytes());
        OpenedBatch opened = OpenedBatch.parse(
                new BatchSealer(other).seal(aBatch(1, Hash.ZERO).build()).bytes());
        assertThat(opened.signedBy(KEY.verificationKey())).isFalse();
    }

    @Test
    void bytesThatTheSignatureDoesNotCoverAreRefused() throws Exception {
        byte[] bytes = new BatchSealer(KEY).seal(aBatch(1, Hash.ZERO).build()).bytes();
        SignedBatch twice = SignedBatch.parseFrom(bytes);
        byte[] repeatedField = new byte[bytes.length * 2];
        System.arraycopy(bytes, 0, repeatedField, 0, bytes.length);
        System.arraycopy(bytes, 0, repeatedField, bytes.length, bytes.length);
        assertThat(SignedBatch.parseFrom(repeatedField)).isEqualTo(twice);
        assertThatThrownBy(() -> OpenedBatch.parse(repeatedField)).hasMessageContaining("does not cover");
    }

    @Test
    void aBatchOutsideTheChainIsNotSealed() {
        BatchSealer sealer = new BatchSealer(KEY);
        assertThatThrownBy(() -> sealer.seal(aBatch(0, Hash.ZERO).build())).hasMessageContaining("sequence");
        assertThatThrownBy(() -> sealer.seal(aBatch(2, Hash.ZERO).build())).hasMessageContaining("previous_sha256");
        assertThatThrownBy(() -> sealer.seal(aBatch(1, Hash.sha256()).build())).hasMessageContaining("previous_sha256");
    }

    @Test
    void anyColumnOfLongsSurvivesTheDeltaCoding() throws Exception {
        Random random = new Random(42);
        for (int round = 0; round < 500; round++) {
            int n = 1 + random.nextInt(40);
            long[] at = new long[n];
            @Nullable Long[] counts = new @Nullable Long[n];
            List<Long> present = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                at[i] = (i == 0 ? 0 : at[i - 1]) + 1 + random.nextInt(1_000_000);
                counts[i] = random.nextInt(4) == 0 ? null : random.nextLong();
                if (counts[i] != null) {
                    present.add(counts[i]);
                }
            }
            Batch batch = Batch.newBuilder()
                    .addAxes(Columns.axis(at))
                    .addColumns(Columns.encode("s.m.q", 0, counts))
                    .build();
            ChannelCounts decoded =
                    Columns.decode(Batch.parseFrom(batch.toByteArray())).get(0);
            assertThat(decoded.counts())
                    .as("round " + round)
                    .containsExactly(present.stream().mapToLong(Long::longValue).toArray());
            assertThat(decoded.missingAtMs()).hasSize(n - present.size());
        }
    }

    @Test
    void columnsThatDoNotFitTheirAxisAreRefusedByName() {
        Column tooLong = Columns.encode("s.m.q", 0, new @Nullable Long[] {1L, 2L, 3L, 4L});
        Column noAxis = Columns.encode("s.m.q", 7, new @Nullable Long[] {1L, 2L, 3L});
        Column outside = Columns.encode("s.m.q", 0, new @Nullable Long[] {1L, 2L, null}).toBuilder()
                .setMissing(0, 3)
                .build();
        for (Column column : List.of(tooLong, noAxis, outside)) {
            Batch batch = Batch.newBuilder()
                    .addAxes(Columns.axis(1, 2, 3))
                    .addColumns(column)
                    .build();
            assertThatThrownBy(() -> Columns.decode(batch))
                    .isInstanceOf(MalformedEvidence.class)
                    .hasMessageContaining("s.m.q");
        }
        Batch backwards = Batch.newBuilder()
                .addAxes(Columns.axis(5, 6).toBuilder().setDeltaMs(0, -1))
                .build();
        assertThatThrownBy(() -> Columns.decode(backwards)).hasMessageContaining("time axis 0");
    }

    private static boolean isSigned(byte[] bytes) {
        try {
            return OpenedBatch.parse(bytes).signedBy(KEY.verificationKey());
        } catch (MalformedEvidence e) {
            return false;
        }
    }
}
