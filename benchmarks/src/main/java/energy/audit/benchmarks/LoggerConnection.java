package energy.audit.benchmarks;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import energy.audit.evidence.Hash;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.OpenedReceipt;
import energy.audit.evidence.SealedBatch;
import energy.audit.evidence.VerificationKey;
import energy.audit.evidence.wire.Outcome;
import energy.audit.evidence.wire.Receipt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A logger's connection to the broker that counts a batch only when its signed receipt has come back. */
final class LoggerConnection implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final Mqtt5AsyncClient client;
    private final String batchTopic;
    private final String boot = UUID.randomUUID().toString();
    private final Set<Hash> waiting = ConcurrentHashMap.newKeySet();
    private String refusal = "";
    private Semaphore window = new Semaphore(0);
    private long published;

    private LoggerConnection(Mqtt5AsyncClient client, String batchTopic) {
        this.client = client;
        this.batchTopic = batchTopic;
    }

    static LoggerConnection open(Path config, String tenant, String agent) throws IOException {
        VerificationKey logKey = VerificationKey.of(Base64.getDecoder()
                .decode(Files.readString(config.resolve("log-key.pub")).trim()));
        Mqtt5AsyncClient client = MqttClient.builder()
                .useMqttVersion5()
                .identifier("bench-" + UUID.randomUUID())
                .serverHost("127.0.0.1")
                .serverPort(1883 + TemporaryStack.PORT_OFFSET)
                .buildAsync();
        client.connectWith()
                .simpleAuth()
                .username(tenant + "." + agent)
                .password(loopbackPassword(config, tenant + "." + agent).getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .send()
                .join();
        String prefix = "t/" + tenant + "/" + agent;
        LoggerConnection connection = new LoggerConnection(client, prefix + "/batch");
        client.subscribeWith()
                .topicFilter(prefix + "/receipt")
                .qos(MqttQos.AT_LEAST_ONCE)
                .callback(message -> connection.received(message.getPayloadAsBytes(), logKey))
                .send()
                .join();
        return connection;
    }

    /** The stack's own; agents sign in with certificates. */
    private static String loopbackPassword(Path config, String user) throws IOException {
        Properties secrets = new Properties();
        try (var in = Files.newBufferedReader(config.resolve("../../secrets.properties"))) {
            secrets.load(in);
        }
        return secrets.getProperty("broker." + user + ".password", "");
    }

    /** Sends all batches in order and returns when each has its receipt. */
    void sendAndAwaitReceipts(List<SealedBatch> batches, int inFlight) throws IOException, InterruptedException {
        window = new Semaphore(inFlight);
        for (SealedBatch batch : batches) {
            await(1);
            waiting.add(batch.hash());
            published++;
            client.publishWith()
                    .topic(batchTopic)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .userProperties()
                    .add("boot", boot)
                    .add("n", Long.toString(published))
                    .applyUserProperties()
                    .payload(batch.bytes())
                    .send()
                    .whenComplete((done, failure) -> {
                        if (failure != null) {
                            refuse("the broker refused a batch: " + failure);
                        }
                    });
        }
        await(inFlight);
    }

    private void await(int permits) throws IOException, InterruptedException {
        boolean free = window.tryAcquire(permits, PATIENCE_SECONDS, TimeUnit.SECONDS);
        String refused = refusal();
        if (!refused.isEmpty()) {
            throw new IOException(refused);
        }
        if (!free) {
            throw new IOException("no receipt for " + waiting.size() + " batches within " + PATIENCE_SECONDS + " s");
        }
    }

    private void received(byte[] bytes, VerificationKey logKey) {
        try {
            Receipt receipt = OpenedReceipt.open(bytes, logKey).body();
            if (waiting.remove(Hash.of(receipt.getBatchSha256().toByteArray()))) {
                if (receipt.getOutcome() != Outcome.STORED) {
                    refuse("batch " + receipt.getSequence() + " is " + receipt.getOutcome() + ": "
                            + receipt.getReason());
                }
                window.release();
            }
        } catch (MalformedEvidence e) {
            refuse("a receipt that is none: " + e.getMessage());
        }
    }

    /** The first thing that went wrong is what is told. */
    private synchronized void refuse(String why) {
        if (refusal.isEmpty()) {
            refusal = why;
        }
    }

    private synchronized String refusal() {
        return refusal;
    }

    @Override
    public void close() {
        client.disconnect().join();
    }
}
