package energy.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.House;
import energy.audit.evidence.Checkpoint;
import energy.audit.evidence.Hash;
import energy.audit.evidence.Merkle;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Promise;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.TenantId;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TenantLogIT {
    private final House house = new House();
    private final TenantId acme = house.tenant("acme");

    @Test
    @Promise("log.R2")
    void entriesAppendedByManyAtOnceHaveNoHolesAndEveryProofHolds() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Appended>> appended = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int number = i;
            appended.add(threads.submit(() -> house.in(
                    acme, () -> house.log.append(List.of(draft("a" + number), draft("b" + number), draft("c"))))));
        }
        List<Long> indexes = new ArrayList<>();
        for (Future<Appended> future : appended) {
            indexes.addAll(future.get().indexes());
        }
        threads.shutdown();
        assertThat(indexes)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 120).boxed().toList());

        house.in(acme, () -> {
            Hash root = house.log.root(LogSize.NEWEST);
            LogProofs proofs = house.log.proofs(LogSize.NEWEST);
            for (long index = 0; index < 121; index++) {
                Hash leaf = Merkle.leaf(house.log.entry(index).bytes());
                assertThat(Merkle.includes(leaf, index, 121, proofs.inclusion(index), root))
                        .as("entry " + index)
                        .isTrue();
            }
            for (long from = 1; from <= 121; from++) {
                assertThat(Merkle.consistent(from, 121, proofs.rootAt(from), root, proofs.consistency(from)))
                        .as("from " + from)
                        .isTrue();
            }
        });
    }

    @Test
    @Promise("log.R3")
    void aCheckpointOfATransactionThatWasRolledBackIsNotShownAgainForOtherEntries() {
        assertThatThrownBy(() -> house.in(acme, () -> {
                    house.log.append(draft("never"));
                    throw new IllegalStateException("no commit");
                }))
                .hasMessage("no commit");
        assertThat(house.in(acme, () -> house.log.size())).isEqualTo(LogSize.of(1));
        house.in(acme, () -> house.log.append(draft("instead")));
        assertThat(house.in(acme, () -> new String(house.log.entry(1).payload(), StandardCharsets.UTF_8)))
                .isEqualTo("instead");
    }

    @Test
    void theSignedNoteNamesTheTenantsLogAndCanBeMadeAgainForAnEarlierSize() throws Exception {
        String first = house.in(acme, () -> house.log.checkpoint());
        house.in(acme, () -> house.log.append(draft("x")));
        assertThat(house.in(acme, () -> house.log.checkpointAt(LogSize.of(1)))).isEqualTo(first);
        Checkpoint opened = Checkpoint.open(first, "energy-audit/test-installation", house.log.verificationKey());
        assertThat(opened.origin()).isEqualTo("energy-audit/test-installation/acme");
        assertThat(opened.size()).isEqualTo(1);
    }

    @Test
    void aSizeThatTheLogHasNotReachedIsRefusedWithTheSizeItHas() {
        assertThatThrownBy(() -> house.in(acme, () -> house.log.inclusion(0, LogSize.of(7))))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("the log has 1 entries");
        assertThatThrownBy(() -> house.in(acme, () -> house.log.entry(1))).isInstanceOf(Refusal.class);
    }

    @Test
    void entriesOfAKindAreFoundInAPrefix() {
        house.in(acme, () -> house.log.append(List.of(draft("x"), draft("y"))));
        assertThat(house.in(acme, () -> house.log.entries(EntryKind.WORKFLOW_DECISION, LogSize.of(2))))
                .extracting(StoredEntry::index)
                .containsExactly(1L);
    }

    @Test
    @Promise("log.R1")
    void theCheckOfTheWholeLogFindsAnEntryThatSomebodyChangedInTheDatabase() throws Exception {
        house.in(acme, () -> house.log.append(List.of(draft("one"), draft("two"), draft("three"))));
        assertThat(house.in(acme, () -> house.log.check())).isEmpty();
        try (Connection superuser = house.database.superuser().getConnection();
                Statement statement = superuser.createStatement()) {
            statement.execute("set session_replication_role = replica");
            statement.execute("update log_entry set bytes = overlay(bytes placing 'x' from 5) where log_index = 2");
        }
        assertThat(house.in(acme, () -> house.log.check()))
                .hasSize(1)
                .allSatisfy(finding -> assertThat(finding).contains("entry 2"));
    }

    private static EntryDraft draft(String text) {
        return new EntryDraft(EntryKind.WORKFLOW_DECISION, "emma", text.getBytes(StandardCharsets.UTF_8));
    }
}
