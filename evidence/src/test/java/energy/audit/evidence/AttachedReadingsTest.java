package energy.audit.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.evidence.AttachedReadings.Read;
import energy.audit.evidence.wire.Batch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttachedReadingsTest {
    @Test
    void readingsComeByInstantThenByTheLogAndRepeatsOnce() throws Exception {
        AttachedReadings readings = new AttachedReadings();
        readings.add(9, batch(new long[] {2_000, 3_000}, 20L, 31L));
        readings.add(4, batch(new long[] {1_000, 3_000}, 10L, 30L));
        readings.add(12, batch(new long[] {1_000, 2_000}, 10L, null));
        assertThat(readings.of("hall.main.active-energy-import"))
                .containsExactly(
                        new Read(1_000, 10, 4), new Read(2_000, 20, 9), new Read(3_000, 30, 4), new Read(3_000, 31, 9));
        assertThat(readings.of("hall.other.active-energy-import")).isEmpty();
    }

    private static OpenedBatch batch(long[] atMs, @Nullable Long... counts) throws MalformedEvidence {
        Batch batch = BatchTest.aBatch(1, Hash.ZERO)
                .clearAxes()
                .clearColumns()
                .addAxes(Columns.axis(atMs))
                .addColumns(Columns.encode("hall.main.active-energy-import", 0, counts))
                .build();
        return OpenedBatch.parse(
                new BatchSealer(SigningKey.ofSeed(new byte[32])).seal(batch).bytes());
    }
}
