package energy.audit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import energy.audit.evidence.Witness.Accepted;
import energy.audit.evidence.Witness.Reason;
import energy.audit.evidence.Witness.Refused;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.Outcome;
import energy.audit.evidence.wire.Receipt;
import energy.audit.evidence.wire.Witnessed;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** R4: a receipt is believed only if its proofs hold. */
class WitnessTest {
    private static final SigningKey AGENT = SigningKey.ofSeed(new byte[32]);
    private static final SigningKey LOG = SigningKey.ofSeed(Hash.sha256().bytes());
    private final Witness witness = new Witness(LOG.verificationKey(), Optional.empty());

    /** A server's log, small and honest; two of them are a server that lies. */
    private static final class Server {
        private final MerkleLog log = new MerkleLog(new MemoryNodes());
        private long size;

        Server with(int others, String flavour) {
            for (int i = 0; i < others; i++) {
                size = 1
                        + log.append(Merkle.leaf(LogEntries.entry(
                                EntryKind.PRODUCTION_IMPORT,
                                1,
                                "emma",
                                (flavour + size).getBytes(java.nio.charset.StandardCharsets.UTF_8))));
            }
            return this;
        }

        Receipt.Builder admit(SealedBatch sealed) throws MalformedEvidence {
            Batch batch = OpenedBatch.parse(sealed.bytes()).body();
            long index = log.append(Merkle.leaf(LogEntries.batchEntry(batch.getAgent(), 77, sealed.bytes())));
            size = index + 1;
            return receipt(sealed, batch, index);
        }

        Receipt.Builder receipt(SealedBatch sealed, Batch batch, long index) {
            Checkpoint head = new Checkpoint("energy-audit/plant-7/demo-castings", size, log.root(size));
            Receipt.Builder receipt = Receipt.newBuilder()
                    .setTenant(batch.getTenant())
                    .setAgent(batch.getAgent())
                    .setSequence(batch.getSequence())
                    .setBatchSha256(sealed.hash().byteString())
                    .setOutcome(Outcome.STORED)
                    .setLogIndex(index)
                    .setAdmittedAtMs(77)
                    .setCheckpoint(ByteString.copyFromUtf8(head.signedNote("energy-audit/plant-7", LOG)));
            log.inclusion(index, size).forEach(h -> receipt.addInclusion(h.byteString()));
            long seen = batch.getWitnessed().getSize();
            if (seen > 0 && seen <= size) {
                receipt.setConsistentFrom(seen);
                log.consistency(seen, size).forEach(h -> receipt.addConsistency(h.byteString()));
            }
            return receipt;
        }
    }

    private SealedBatch nextBatch(long sequence, Hash previous) {
        Batch.Builder batch = BatchTest.aBatch(sequence, previous);
        witness.head()
                .ifPresent(head -> batch.setWitnessed(Witnessed.newBuilder()
                        .setSize(head.size())
                        .setRoot(head.root().byteString())));
        return new BatchSealer(AGENT).seal(batch.build());
    }

    @Test
    void receiptsOfAnHonestLogAreAcceptedOneAfterTheOther() throws Exception {
        Server server = new Server().with(3, "x");
        SealedBatch first = nextBatch(1, Hash.ZERO);
        assertThat(witness.accept(server.admit(first).build(), first.bytes())).isInstanceOf(Accepted.class);
        server.with(5, "y");
        SealedBatch second = nextBatch(2, first.hash());
        assertThat(witness.accept(server.admit(second).build(), second.bytes())).isInstanceOf(Accepted.class);
        assertThat(witness.head().orElseThrow().size()).isEqualTo(10);
        assertThat(new Witness(LOG.verificationKey(), witness.head()).head()).isEqualTo(witness.head());
    }

    @Test
    void aSignedReceiptIsOpenedOnlyWithTheLogsKeyAndUnchanged() throws Exception {
        SealedBatch batch = nextBatch(1, Hash.ZERO);
        Receipt receipt = new Server().admit(batch).build();
        byte[] signed = new ReceiptSigner(LOG).sign(receipt);
        assertThat(OpenedReceipt.open(signed, LOG.verificationKey()).body()).isEqualTo(receipt);
        assertThatThrownBy(() -> OpenedReceipt.open(signed, AGENT.verificationKey()))
                .isInstanceOf(MalformedEvidence.class);
        signed[10] ^= 1;
        assertThatThrownBy(() -> OpenedReceipt.open(signed, LOG.verificationKey()))
                .isInstanceOf(MalformedEvidence.class);
    }

    @Test
    void aReceiptForAnotherBatchIsRefused() throws Exception {
        SealedBatch first = nextBatch(1, Hash.ZERO);
        SealedBatch second = nextBatch(2, first.hash());
        Receipt receipt = new Server().admit(first).build();
        assertThat(reason(receipt, second)).isEqualTo(Reason.OTHER_BATCH);
    }

    @Test
    void twoHeadsOfOneSizeAreAFork() throws Exception {
        SealedBatch first = nextBatch(1, Hash.ZERO);
        Server honest = new Server().with(4, "x");
        assertThat(witness.accept(honest.admit(first).build(), first.bytes())).isInstanceOf(Accepted.class);
        assertThat(reason(new Server().with(4, "lie").admit(first).build(), first))
                .isEqualTo(Reason.FORK);
        assertThat(witness.head().orElseThrow().root()).isEqualTo(honest.log.root(5));
    }

    @Test
    void aRewrittenLogIsRefusedBecauseItDoesNotContinueTheHeadThatWasSeen() throws Exception {
        SealedBatch first = nextBatch(1, Hash.ZERO);
        Server honest = new Server().with(4, "x");
        assertThat(witness.accept(honest.admit(first).build(), first.bytes())).isInstanceOf(Accepted.class);
        SealedBatch second = nextBatch(2, first.hash());
        assertThat(reason(new Server().with(6, "lie").admit(second).build(), second))
                .isEqualTo(Reason.BAD_PROOF);
        assertThat(reason(new Server().with(2, "x").admit(second).build(), second))
                .isEqualTo(Reason.SHRUNK);
        assertThat(witness.accept(honest.admit(second).build(), second.bytes())).isInstanceOf(Accepted.class);
    }

    @Test
    void aReceiptWithAnyFieldOfItsProofChangedIsRefused() throws Exception {
        SealedBatch first = nextBatch(1, Hash.ZERO);
        Receipt good = new Server().with(6, "x").admit(first).build();
        assertThat(reason(good.toBuilder().setLogIndex(5).build(), first)).isEqualTo(Reason.BAD_PROOF);
        assertThat(reason(good.toBuilder().setAdmittedAtMs(78).build(), first)).isEqualTo(Reason.BAD_PROOF);
        assertThat(reason(good.toBuilder().clearInclusion().build(), first)).isEqualTo(Reason.BAD_PROOF);
        assertThat(reason(good.toBuilder().setOutcomeValue(9).build(), first)).isEqualTo(Reason.MALFORMED);
        assertThat(reason(good.toBuilder().setInclusion(0, ByteString.EMPTY).build(), first))
                .isEqualTo(Reason.MALFORMED);
        String foreign = new Checkpoint("energy-audit/plant-7/harbor-foods", 7, Hash.ZERO)
                .signedNote("energy-audit/plant-7", LOG);
        assertThat(reason(
                        good.toBuilder()
                                .setCheckpoint(ByteString.copyFromUtf8(foreign))
                                .build(),
                        first))
                .isEqualTo(Reason.BAD_CHECKPOINT);
        assertThat(witness.accept(good, first.bytes())).isInstanceOf(Accepted.class);
    }

    @Test
    void receiptsThatOvertakeEachOtherAreBothAccepted() throws Exception {
        SealedBatch first = nextBatch(1, Hash.ZERO);
        SealedBatch second = nextBatch(2, first.hash());
        Server server = new Server().with(1, "x");
        Receipt r1 = server.admit(first).build();
        Receipt r2 = server.admit(second).build();
        assertThat(witness.accept(r2, second.bytes())).isInstanceOf(Accepted.class);
        assertThat(witness.accept(r1, first.bytes())).isInstanceOf(Accepted.class);
        assertThat(witness.head().orElseThrow().size()).isEqualTo(3);
    }

    @Test
    void aQuarantineIsAcceptedAndProvesNothing() {
        SealedBatch first = nextBatch(1, Hash.ZERO);
        Receipt receipt = Receipt.newBuilder()
                .setTenant("demo-castings")
                .setAgent("foundry-north-agent")
                .setSequence(1)
                .setBatchSha256(first.hash().byteString())
                .setOutcome(Outcome.QUARANTINED)
                .setReason("unknown key")
                .build();
        assertThat(witness.accept(receipt, first.bytes()))
                .isEqualTo(new Accepted(Outcome.QUARANTINED, Optional.empty()));
        assertThat(List.of(witness.head())).containsExactly(Optional.empty());
    }

    private Reason reason(Receipt receipt, SealedBatch batch) {
        Witness.Verdict verdict = witness.accept(receipt, batch.bytes());
        assertThat(verdict).isInstanceOf(Refused.class);
        return ((Refused) verdict).reason();
    }
}
