package energy.audit.ingest;

import com.google.protobuf.ByteString;
import energy.audit.evidence.BatchSealer;
import energy.audit.evidence.Columns;
import energy.audit.evidence.Hash;
import energy.audit.evidence.OpenedKeyChange;
import energy.audit.evidence.SealedBatch;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.ClockState;
import energy.audit.evidence.wire.Witnessed;
import energy.audit.ingest.Envelope.Publication;
import energy.audit.kernel.AgentId;
import energy.audit.kernel.SiteId;
import energy.audit.kernel.TenantId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An agent that seals real batches with a key of its own. */
final class TestAgent {
    static final String CHANNEL = "hall.main.active-energy-import";

    final TenantId tenant;
    final AgentId id;
    final SiteId site = SiteId.of("hall");
    SigningKey key = SigningKey.generate(new SecureRandom());
    private BatchSealer sealer = new BatchSealer(key);
    private final String boot = "boot-1";
    private long sequence;
    private long publishes;
    private Hash previous = Hash.ZERO;
    private Optional<Witnessed> witnessed = Optional.empty();

    TestAgent(TenantId tenant, String id) {
        this.tenant = tenant;
        this.id = AgentId.of(id);
    }

    /** The announcement of its next key, which signs from the next batch on. */
    byte[] changesItsKey() {
        SigningKey next = SigningKey.generate(new SecureRandom());
        byte[] announcement =
                OpenedKeyChange.announce(tenant.value(), id.value(), key, next, sequence + 1, 1_772_000_000_000L);
        key = next;
        sealer = new BatchSealer(next);
        return announcement;
    }

    /** A copy of this agent as it is now: same key, same place in its sequence. */
    TestAgent copied() {
        TestAgent copy = new TestAgent(tenant, id.value());
        copy.key = key;
        copy.sealer = sealer;
        copy.sequence = sequence;
        copy.previous = previous;
        return copy;
    }

    void witnessed(long size, Hash root) {
        witnessed = Optional.of(
                Witnessed.newBuilder().setSize(size).setRoot(root.byteString()).build());
    }

    /** The next batch: one channel, counts at instants. */
    SealedBatch seal(Instant[] at, @Nullable Long... counts) {
        return seal(CHANNEL, at, counts);
    }

    SealedBatch seal(String channel, Instant[] at, @Nullable Long... counts) {
        return seal(body -> body.addAxes(Columns.axis(ms(at))).addColumns(Columns.encode(channel, 0, counts)));
    }

    SealedBatch seal(UnaryOperator<Batch.Builder> content) {
        Batch.Builder body = Batch.newBuilder()
                .setTenant(tenant.value())
                .setAgent(id.value())
                .setSite(site.value())
                .setSequence(++sequence)
                .setPreviousSha256(previous.byteString())
                .setMappingSha256(Hash.ZERO.byteString())
                .setClock(ClockState.newBuilder()
                        .setSynchronised(true)
                        .setBootId(ByteString.copyFrom(new byte[16]))
                        .setSealedAtMs(Instant.parse("2026-03-01T00:00:00Z").toEpochMilli()));
        witnessed.ifPresent(body::setWitnessed);
        SealedBatch sealed = sealer.seal(content.apply(body).build());
        previous = sealed.hash();
        return sealed;
    }

    /** Another batch for a sequence that is taken, well signed: as a copied key would make. */
    SealedBatch fork(SealedBatch original, Instant[] at, @Nullable Long... counts) {
        return sealer.seal(Batch.newBuilder()
                .setTenant(tenant.value())
                .setAgent(id.value())
                .setSite(site.value())
                .setSequence(original.sequence())
                .setPreviousSha256(
                        original.sequence() == 1
                                ? Hash.ZERO.byteString()
                                : Hash.sha256(new byte[1]).byteString())
                .setClock(ClockState.newBuilder().setSealedAtMs(at[0].toEpochMilli()))
                .addAxes(Columns.axis(ms(at)))
                .addColumns(Columns.encode(CHANNEL, 0, counts))
                .build());
    }

    Envelope publish(SealedBatch batch) {
        return publish(batch.bytes());
    }

    Envelope publish(byte[] bytes) {
        return new Envelope(topic(), bytes, Optional.of(new Publication(boot, ++publishes)));
    }

    String topic() {
        return "t." + tenant + "." + id + ".batch";
    }

    static Instant[] at(String... instants) {
        Instant[] at = new Instant[instants.length];
        for (int i = 0; i < at.length; i++) {
            at[i] = Instant.parse("2026-02-01T" + instants[i] + "Z");
        }
        return at;
    }

    private static long[] ms(Instant[] at) {
        long[] ms = new long[at.length];
        for (int i = 0; i < at.length; i++) {
            ms[i] = at[i].toEpochMilli();
        }
        return ms;
    }
}
