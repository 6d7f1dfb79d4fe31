package energy.audit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.evidence.BatchSealer;
import energy.audit.evidence.ChannelCounts;
import energy.audit.evidence.OpenedBatch;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.Gap;
import energy.audit.evidence.wire.GapCause;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Judges what a backend has admitted from one agent: nothing missing, nothing twice, and every hole signed with a cause. */
final class WhatArrived {
    private final TreeMap<Long, Batch> batches;
    private final TreeMap<Long, Long> counts = new TreeMap<>();
    private final TreeMap<Long, Long> gaps = new TreeMap<>();
    private final Set<GapCause> causes = EnumSet.noneOf(GapCause.class);

    WhatArrived(TreeMap<Long, Batch> batches) throws Exception {
        this.batches = batches;
        BatchSealer sealer = new BatchSealer(SigningKey.generate(new SecureRandom()));
        for (Batch batch : batches.values()) {
            for (ChannelCounts read :
                    OpenedBatch.parse(sealer.seal(batch).bytes()).channels()) {
                if (read.channel().endsWith("active-energy-import")) {
                    for (int i = 0; i < read.atMs().length; i++) {
                        assertThat(counts.put(read.atMs()[i], read.counts()[i]))
                                .as("a second reading of instant %d", read.atMs()[i])
                                .isNull();
                    }
                }
            }
            for (Gap gap : batch.getGapsList()) {
                causes.add(gap.getCause());
                gaps.merge(gap.getFromMs(), gap.getToMs(), Math::max);
            }
        }
    }

    /** Sequence numbers begin at 1 and have no hole; what was read later has the higher count and the later stamp. */
    void assertWholeAndInOrder() {
        assertThat(batches.firstKey()).isEqualTo(1);
        assertThat(batches.lastKey()).as("no sequence is missing").isEqualTo(batches.size());
        assertThat(List.copyOf(counts.values())).isSorted().doesNotHaveDuplicates();
    }

    /** Every instant of the grid from the first reading to the last one is a reading or lies in a signed gap. */
    void assertEveryInstantIsAccountedFor(long intervalMs) {
        for (long at = counts.firstKey(); at <= counts.lastKey(); at += intervalMs) {
            assertThat(counts.containsKey(at) || inAGap(at))
                    .as("instant %d is neither read nor signed for", at)
                    .isTrue();
        }
    }

    private boolean inAGap(long at) {
        for (Map.Entry<Long, Long> gap : gaps.headMap(at, true).entrySet()) {
            if (gap.getValue() > at) {
                return true;
            }
        }
        return false;
    }

    /** Readings by instant. */
    TreeMap<Long, Long> counts() {
        return counts;
    }

    Set<GapCause> causes() {
        return causes;
    }
}
