package energy.audit.ingest;

import com.google.protobuf.ByteString;
import energy.audit.evidence.Hash;
import energy.audit.evidence.OpenedBatch;
import energy.audit.evidence.wire.Outcome;
import energy.audit.evidence.wire.Receipt;
import energy.audit.ingest.Admission.Answer;
import energy.audit.ingest.Envelope.Sender;
import energy.audit.ingest.Examination.Refused;
import energy.audit.log.LogProofs;
import energy.audit.log.TenantLog;
import java.time.Instant;

/** Makes the receipts of one transaction, all over one head of the log. */
final class Receipts {
    private final TenantLog log;
    private final LogProofs proofs;
    private final String checkpoint;

    Receipts(TenantLog log, LogProofs proofs, String checkpoint) {
        this.log = log;
        this.proofs = proofs;
        this.checkpoint = checkpoint;
    }

    Answer stored(OpenedBatch batch, long index, Instant admittedAt) {
        return included(batch, Outcome.STORED, index, admittedAt);
    }

    Answer duplicate(OpenedBatch batch, long index, Instant admittedAt) {
        return included(batch, Outcome.DUPLICATE, index, admittedAt);
    }

    /** Goes to whoever published, even when the batch names somebody else. */
    Answer quarantined(Sender sender, OpenedBatch batch, Refused refused) {
        Receipt receipt = Receipt.newBuilder()
                .setTenant(sender.tenant().value())
                .setAgent(sender.agent().value())
                .setSequence(batch.body().getSequence())
                .setBatchSha256(batch.hash().byteString())
                .setOutcome(Outcome.QUARANTINED)
                .setReason(refused.reason() + ": " + refused.detail())
                .build();
        return answer(receipt);
    }

    private Answer included(OpenedBatch batch, Outcome outcome, long index, Instant admittedAt) {
        Receipt.Builder receipt = Receipt.newBuilder()
                .setTenant(batch.body().getTenant())
                .setAgent(batch.body().getAgent())
                .setSequence(batch.body().getSequence())
                .setBatchSha256(batch.hash().byteString())
                .setOutcome(outcome)
                .setLogIndex(index)
                .setAdmittedAtMs(admittedAt.toEpochMilli())
                .setCheckpoint(ByteString.copyFromUtf8(checkpoint));
        proofs.inclusion(index).stream().map(Hash::byteString).forEach(receipt::addInclusion);
        long seen = batch.body().getWitnessed().getSize();
        if (seen >= 1 && seen <= proofs.size()) {
            receipt.setConsistentFrom(seen);
            proofs.consistency(seen).stream().map(Hash::byteString).forEach(receipt::addConsistency);
        }
        return answer(receipt.build());
    }

    private Answer answer(Receipt receipt) {
        return new Answer("t." + receipt.getTenant() + "." + receipt.getAgent() + ".receipt", log.signReceipt(receipt));
    }
}
