package energy.audit.agent.backend;

import com.google.protobuf.ByteString;
import energy.audit.evidence.Checkpoint;
import energy.audit.evidence.Hash;
import energy.audit.evidence.LogEntries;
import energy.audit.evidence.Merkle;
import energy.audit.evidence.MerkleLog;
import energy.audit.evidence.MerkleNodes;
import energy.audit.evidence.OpenedBatch;
import energy.audit.evidence.ReceiptSigner;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.Outcome;
import energy.audit.evidence.wire.Receipt;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;

/** The smallest backend that answers truthfully: it admits each batch once into a real Merkle log and signs receipts. */
public final class TestBackend implements Closeable {
    public static final String INSTALLATION = "test";

    private final SigningKey logKey;
    private final Map<String, Hash> nodes = new HashMap<>();
    private long size;
    private final MerkleLog merkle = new MerkleLog(new MerkleNodes() {
        @Override
        public Hash node(int level, long index) {
            Hash hash = nodes.get(level + "/" + index);
            if (hash == null) {
                throw new IllegalStateException("no node " + level + "/" + index);
            }
            return hash;
        }

        @Override
        public void put(int level, long index, Hash hash) {
            nodes.put(level + "/" + index, hash);
            size = level == 0 ? index + 1 : size;
        }

        @Override
        public long size() {
            return size;
        }
    });
    private final Map<String, Receipt> admitted = new HashMap<>();
    private final TreeMap<Long, Batch> batches = new TreeMap<>();
    private final TreeMap<Long, String> keyIds = new TreeMap<>();
    private final List<String> publishes = new ArrayList<>();
    private final ServerLocator locator;
    private final ClientSession session;
    private final ClientProducer producer;
    private UnaryOperator<Receipt> forger = UnaryOperator.identity();
    private boolean silent;
    private boolean refusingForks;

    public TestBackend(int mqttPort, SigningKey logKey) throws Exception {
        this.logKey = logKey;
        locator = ActiveMQClient.createServerLocator("vm://" + mqttPort);
        ClientSessionFactory factory = locator.createSessionFactory();
        session = factory.createSession(true, true, 0);
        producer = session.createProducer();
        ClientConsumer consumer = session.createConsumer("ingest");
        consumer.setMessageHandler(this::onMessage);
        session.start();
    }

    private synchronized void onMessage(ClientMessage message) {
        try {
            byte[] bytes = new byte[message.getBodyBuffer().readableBytes()];
            message.getBodyBuffer().readBytes(bytes);
            publishes.add(property(message, "boot") + "/" + property(message, "n"));
            if (!silent) {
                answer(bytes);
            }
            message.acknowledge();
        } catch (Exception e) {
            throw new IllegalStateException("the test backend failed", e);
        }
    }

    private static String property(ClientMessage message, String name) {
        return message.getPropertyNames().stream()
                .filter(p -> p.toString().matches("mqtt\\.ordered\\.user\\.property\\.\\d+\\." + name))
                .map(message::getStringProperty)
                .findFirst()
                .orElse("?");
    }

    private void answer(byte[] bytes) throws Exception {
        OpenedBatch batch = OpenedBatch.parse(bytes);
        Receipt.Builder receipt = Receipt.newBuilder();
        Batch taken = batches.get(batch.body().getSequence());
        if (refusingForks && taken != null && !admitted.containsKey(batch.hash().hex())) {
            send(Receipt.newBuilder()
                    .setTenant(batch.body().getTenant())
                    .setAgent(batch.body().getAgent())
                    .setSequence(batch.body().getSequence())
                    .setBatchSha256(batch.hash().byteString())
                    .setOutcome(Outcome.QUARANTINED)
                    .setReason("FORK: sequence " + batch.body().getSequence() + " belongs to another batch")
                    .build());
            return;
        }
        Receipt known = admitted.get(batch.hash().hex());
        if (known == null) {
            long index = size;
            merkle.append(Merkle.leaf(LogEntries.batchEntry(batch.body().getAgent(), 1000 + index, bytes)));
            receipt.setOutcome(Outcome.STORED).setLogIndex(index).setAdmittedAtMs(1000 + index);
            admitted.put(batch.hash().hex(), receipt.build());
            batches.put(batch.body().getSequence(), batch.body());
            keyIds.put(batch.body().getSequence(), HexFormat.of().formatHex(batch.keyId()));
        } else {
            receipt.mergeFrom(known).setOutcome(Outcome.DUPLICATE);
        }
        String origin = "energy-audit/" + INSTALLATION + "/" + batch.body().getTenant();
        String note =
                new Checkpoint(origin, size, merkle.root(size)).signedNote("energy-audit/" + INSTALLATION, logKey);
        receipt.setTenant(batch.body().getTenant())
                .setAgent(batch.body().getAgent())
                .setSequence(batch.body().getSequence())
                .setBatchSha256(ByteString.copyFrom(batch.hash().bytes()))
                .setCheckpoint(ByteString.copyFromUtf8(note));
        merkle.inclusion(receipt.getLogIndex(), size)
                .forEach(hash -> receipt.addInclusion(ByteString.copyFrom(hash.bytes())));
        if (batch.body().hasWitnessed() && batch.body().getWitnessed().getSize() <= size) {
            long from = batch.body().getWitnessed().getSize();
            receipt.setConsistentFrom(from);
            merkle.consistency(from, size).forEach(hash -> receipt.addConsistency(ByteString.copyFrom(hash.bytes())));
        }
        send(forger.apply(receipt.build()));
    }

    private void send(Receipt receipt) throws ActiveMQException {
        ClientMessage message = session.createMessage(true);
        message.setRoutingType(RoutingType.MULTICAST);
        message.getBodyBuffer().writeBytes(new ReceiptSigner(logKey).sign(receipt));
        producer.send("t." + receipt.getTenant() + "." + receipt.getAgent() + ".receipt", message);
    }

    /** Forgets its log and begins another one with so many entries of somebody else's: what a rewritten database is. */
    public synchronized void rewriteLog(long otherEntries) {
        nodes.clear();
        size = 0;
        admitted.clear();
        for (long i = 0; i < otherEntries; i++) {
            merkle.append(Merkle.leaf(("rewritten " + i).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
    }

    /** What is done with each receipt before it is signed. */
    public synchronized void forge(UnaryOperator<Receipt> by) {
        forger = by;
    }

    /** True: another batch for a sequence that is taken is quarantined, as the real backend does. */
    public synchronized void refusesForks(boolean now) {
        refusingForks = now;
    }

    /** True: batches are taken from the queue and nothing is answered. */
    public synchronized void stayingSilent(boolean now) {
        silent = now;
    }

    public synchronized long logSize() {
        return size;
    }

    /** Admitted batches by sequence. */
    public synchronized TreeMap<Long, Batch> batches() {
        return new TreeMap<>(batches);
    }

    /** In hexadecimal, by sequence: which key each admitted batch names. */
    public synchronized TreeMap<Long, String> keyIds() {
        return new TreeMap<>(keyIds);
    }

    /** {@code boot/n} of every message that came, in order. */
    public synchronized List<String> publishes() {
        return List.copyOf(publishes);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (ActiveMQException e) {
            throw new IllegalStateException("the session did not close", e);
        }
        locator.close();
    }
}
