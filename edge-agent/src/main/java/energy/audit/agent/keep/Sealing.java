package energy.audit.agent.keep;

import com.google.protobuf.ByteString;
import energy.audit.evidence.BatchSealer;
import energy.audit.evidence.Checkpoint;
import energy.audit.evidence.SealedBatch;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.AgentHealth;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.DeviceHealth;
import energy.audit.evidence.wire.Witnessed;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Step 4, Seal, and step 3, Keep, as one: a batch gets its number, its predecessor's hash and the newest log head that this
 * plant has checked, is signed, and is on the disk when {@link #keep} returns.
 */
public final class Sealing {
    /**
     * Whose batches these are.
     *
     * @param version of the agent program
     */
    public record Sender(String tenant, String agent, String site, String version) {}

    private final Sender sender;
    private BatchSealer sealer;
    private final SegmentLog log;
    private final Supplier<Optional<Checkpoint>> newestHead;

    /** What must be durable before the next key signs. */
    public interface BeforeKeyChange {
        /** @param firstSequence of the batch that the next key will sign first */
        void at(long firstSequence) throws IOException;
    }

    public Sealing(Sender sender, BatchSealer sealer, SegmentLog log, Supplier<Optional<Checkpoint>> newestHead) {
        this.sender = sender;
        this.sealer = sealer;
        this.log = log;
        this.newestHead = newestHead;
    }

    /**
     * @param content clock state, mapping hash, axes, columns, gaps, and of the health what only the caller knows
     * @param coveredUntilMs newest instant that it makes a statement about
     * @param last true for the batch that says why no more follow
     * @return its sequence
     * @throws BufferFull if the disk allowance is used up; the sequence is not used
     */
    public synchronized long keep(Batch.Builder content, long coveredUntilMs, List<DeviceHealth> devices, boolean last)
            throws IOException, BufferFull {
        content.setTenant(sender.tenant())
                .setAgent(sender.agent())
                .setSite(sender.site())
                .setSequence(log.nextSequence())
                .setPreviousSha256(ByteString.copyFrom(log.previousHash().bytes()))
                .setCutTailBytes(log.unreportedCutBytes())
                .setHealth(AgentHealth.newBuilder(content.getHealth())
                        .setVersion(sender.version())
                        .setKeptBatches(log.waitingBatches())
                        .setKeptBytes(log.waitingBytes())
                        .setBufferMaxBytes(log.maxBytes())
                        .setOldestKeptMs(log.oldestWaitingMs().orElse(0))
                        .addAllDevices(devices));
        newestHead
                .get()
                .ifPresent(head -> content.setWitnessed(Witnessed.newBuilder()
                        .setSize(head.size())
                        .setRoot(ByteString.copyFrom(head.root().bytes()))));
        SealedBatch sealed = sealer.seal(content.build());
        log.append(sealed, coveredUntilMs, last);
        return sealed.sequence();
    }

    /** Has another key sign from the next batch on; nothing is sealed meanwhile, and if {@code before} fails nothing changes. */
    public synchronized void changeKey(SigningKey next, BeforeKeyChange before) throws IOException {
        before.at(log.nextSequence());
        sealer = new BatchSealer(next);
    }
}
