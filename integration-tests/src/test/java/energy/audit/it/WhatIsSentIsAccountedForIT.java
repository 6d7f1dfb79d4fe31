package energy.audit.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import energy.audit.evidence.BatchSealer;
import energy.audit.evidence.Hash;
import energy.audit.evidence.OpenedReceipt;
import energy.audit.evidence.SealedBatch;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.VerificationKey;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.ClockState;
import energy.audit.evidence.wire.Outcome;
import energy.audit.evidence.wire.Receipt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The door as an attacker, a clumsy network and an honest logger use it: over MQTT, with a real agent's credentials. */
class WhatIsSentIsAccountedForIT {
    private static final String TENANT = "demo-castings";
    private static final String AGENT = "cold-store-logger";
    private static final Path CONFIG = RunningStack.DATA.resolve("loggers/cold-store");

    @BeforeAll
    static void stackIsUp() {
        RunningStack.ensureReady();
    }

    @Test
    void sentEqualsStoredPlusDuplicatePlusQuarantined() {
        Awaitility.await("the identity holds")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    JsonNode ingest = RunningStack.getJson("/tenants/" + TENANT + "/ingest");
                    assertThat(ingest.path("stored").asLong()).isPositive();
                    assertThat(ingest.path("sent").asLong())
                            .isEqualTo(ingest.path("stored").asLong()
                                    + ingest.path("duplicate").asLong()
                                    + ingest.path("quarantined").asLong());
                });
    }

    @Test
    void aReplayedBatchIsADuplicateAndCountsOnce() throws Exception {
        try (Door door = Door.open()) {
            SealedBatch sealed = door.seal(nextSequence(), TENANT, AGENT, key());
            Receipt first = door.publish(sealed.bytes());
            assertThat(first.getOutcome()).isEqualTo(Outcome.STORED);
            Receipt second = door.publish(sealed.bytes());
            assertThat(second.getOutcome()).isEqualTo(Outcome.DUPLICATE);
            assertThat(second.getLogIndex()).isEqualTo(first.getLogIndex());
        }
    }

    @Test
    void twoDifferentBatchesWithOneSequenceAreAForkAndTheSecondIsQuarantined() throws Exception {
        try (Door door = Door.open()) {
            long sequence = nextSequence();
            assertThat(door.publish(door.seal(sequence, TENANT, AGENT, key()).bytes())
                            .getOutcome())
                    .isEqualTo(Outcome.STORED);
            Receipt fork =
                    door.publish(door.seal(sequence, TENANT, AGENT, key()).bytes());
            assertThat(fork.getOutcome()).isEqualTo(Outcome.QUARANTINED);
            assertThat(fork.getReason()).isNotBlank();
        }
    }

    @Test
    void aBatchSignedByAnotherKeyIsQuarantined() throws Exception {
        try (Door door = Door.open()) {
            SigningKey stranger = SigningKey.generate(new java.security.SecureRandom());
            Receipt answer = door.publish(
                    door.seal(nextSequence(), TENANT, AGENT, stranger).bytes());
            assertThat(answer.getOutcome()).isEqualTo(Outcome.QUARANTINED);
        }
    }

    @Test
    void aBatchThatNamesAnotherTenantThanItsTopicIsQuarantined() throws Exception {
        try (Door door = Door.open()) {
            Receipt answer = door.publish(
                    door.seal(nextSequence(), "harbor-foods", AGENT, key()).bytes());
            assertThat(answer.getOutcome()).isEqualTo(Outcome.QUARANTINED);
        }
    }

    @Test
    void anAgentCannotPublishAsAnotherNorReadAnothersReceipts() throws Exception {
        Mqtt5BlockingClient client = Door.connected();
        try {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> client.publishWith()
                            .topic("t/harbor-foods/harbor-bakery-agent/batch")
                            .qos(MqttQos.AT_LEAST_ONCE)
                            .payload(new byte[] {1})
                            .send()))
                    .isNotNull();
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> client.subscribeWith()
                            .topicFilter("t/harbor-foods/harbor-bakery-agent/receipt")
                            .qos(MqttQos.AT_LEAST_ONCE)
                            .send()))
                    .isNotNull();
        } finally {
            if (client.getState().isConnected()) {
                client.disconnect();
            }
        }
    }

    /** A new sequence number far above the logger's own, different in every call. */
    private static long nextSequence() {
        return 1_000_000_000L + (UUID.randomUUID().getMostSignificantBits() >>> 20);
    }

    private static SigningKey key() throws IOException {
        return SigningKey.ofSeed(Base64.getDecoder()
                .decode(Files.readString(CONFIG.resolve("agent.key")).trim()));
    }

    private static final class Door implements AutoCloseable {
        private final Mqtt5BlockingClient client;
        private final Mqtt5BlockingClient.Mqtt5Publishes receipts;
        private final VerificationKey logKey;
        private final String boot = UUID.randomUUID().toString();
        private long published;

        private Door(Mqtt5BlockingClient client, VerificationKey logKey) {
            this.client = client;
            this.logKey = logKey;
            this.receipts = client.publishes(MqttGlobalPublishFilter.ALL);
            client.subscribeWith()
                    .topicFilter("t/" + TENANT + "/" + AGENT + "/receipt")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send();
        }

        static Door open() throws IOException {
            byte[] raw = Base64.getDecoder()
                    .decode(Files.readString(CONFIG.resolve("log-key.pub")).trim());
            return new Door(connected(), VerificationKey.of(raw));
        }

        static Mqtt5BlockingClient connected() throws IOException {
            Mqtt5BlockingClient client = MqttClient.builder()
                    .useMqttVersion5()
                    .identifier("it-" + UUID.randomUUID())
                    .serverHost("127.0.0.1")
                    .serverPort(1883 + RunningStack.PORT_OFFSET)
                    .buildBlocking();
            client.connectWith()
                    .simpleAuth()
                    .username(TENANT + "." + AGENT)
                    .password(loopbackPassword().getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth()
                    .send();
            return client;
        }

        /** The stack's own; agents sign in with certificates. */
        private static String loopbackPassword() throws IOException {
            Properties secrets = new Properties();
            try (var in = Files.newBufferedReader(CONFIG.resolve("../../secrets.properties"))) {
                secrets.load(in);
            }
            return secrets.getProperty("broker." + TENANT + "." + AGENT + ".password", "");
        }

        SealedBatch seal(long sequence, String tenant, String agent, SigningKey key) {
            return new BatchSealer(key)
                    .seal(Batch.newBuilder()
                            .setTenant(tenant)
                            .setAgent(agent)
                            .setSite("cold-store")
                            .setSequence(sequence)
                            .setPreviousSha256(ByteString.copyFrom(Hash.sha256(boot.getBytes(StandardCharsets.UTF_8))
                                    .bytes()))
                            .setClock(ClockState.newBuilder()
                                    .setBootId(ByteString.copyFrom(boot.substring(0, 16), StandardCharsets.US_ASCII))
                                    .setSealedAtMs(java.time.Clock.systemUTC().millis())
                                    .setMonotonicNs(System.nanoTime()))
                            .build());
        }

        Receipt publish(byte[] batch) throws Exception {
            published++;
            client.publishWith()
                    .topic("t/" + TENANT + "/" + AGENT + "/batch")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .userProperties()
                    .add("boot", boot)
                    .add("n", Long.toString(published))
                    .applyUserProperties()
                    .payload(batch)
                    .send();
            Hash hash = Hash.sha256(batch);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (System.nanoTime() < deadline) {
                Optional<Mqtt5Publish> message = receipts.receive(5, TimeUnit.SECONDS);
                if (message.isPresent()) {
                    Receipt receipt = OpenedReceipt.open(message.get().getPayloadAsBytes(), logKey)
                            .body();
                    if (Hash.of(receipt.getBatchSha256().toByteArray()).equals(hash)) {
                        return receipt;
                    }
                }
            }
            throw new AssertionError("no receipt within 30 s for batch " + hash.hex());
        }

        @Override
        public void close() {
            receipts.close();
            client.disconnect();
        }
    }
}
