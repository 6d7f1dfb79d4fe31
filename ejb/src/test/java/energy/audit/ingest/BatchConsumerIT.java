package energy.audit.ingest;

import static energy.audit.ingest.TestAgent.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import energy.audit.House;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.OpenedReceipt;
import energy.audit.evidence.SealedBatch;
import energy.audit.evidence.wire.Outcome;
import energy.audit.evidence.wire.Receipt;
import energy.audit.kernel.Promise;
import energy.audit.kernel.TenantId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The consumer between a real broker (embedded Artemis) and a real PostgreSQL. */
class BatchConsumerIT {
    private static final AtomicInteger MQTT_PORT = new AtomicInteger(27_000);

    private final House house = new House();
    private final int mqttPort = MQTT_PORT.incrementAndGet();
    private final String url = "vm://" + mqttPort;
    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<Thread> consumers = new ArrayList<>();
    private TenantId tenant = TenantId.of("a");
    private TestAgent agent = new TestAgent(tenant, "x");

    private final Mqtt5BlockingClient mqtt = MqttClient.builder()
            .useMqttVersion5()
            .identifier("hall-agent")
            .serverHost("127.0.0.1")
            .serverPort(mqttPort)
            .buildBlocking();

    @TempDir
    private Path dir = Path.of("");

    @BeforeEach
    void brokerAndConsumers() throws Exception {
        tenant = house.tenant("acme");
        agent = new TestAgent(tenant, "hall-agent");
        house.in(tenant, () -> house.metering.enrolAgent(agent.id, agent.site, agent.key.verificationKey()));
        broker.setConfiguration(configuration());
        broker.start();
        mqtt.connect();
        Path password = Files.writeString(dir.resolve("broker.password"), "secret\n");
        BrokerAddress address = new BrokerAddress(url, "backend", password);
        for (int i = 0; i < 2; i++) {
            Thread consumer = new Thread(
                    new BatchConsumer(
                            address, new ActiveMQConnectionFactory(url), house.ingest, house.tenancy::directory, stop),
                    "consumer " + i);
            consumer.start();
            consumers.add(consumer);
        }
    }

    @AfterEach
    void stopAll() throws Exception {
        mqtt.disconnect();
        stop.countDown();
        for (Thread consumer : consumers) {
            consumer.join(Duration.ofSeconds(10).toMillis());
            assertThat(consumer.isAlive()).isFalse();
        }
        broker.stop();
    }

    @Test
    @Promise("ingest.R2")
    void everyPublishedBatchIsStoredOnceAndAnsweredWithAReceipt() throws Exception {
        List<Receipt> received = Collections.synchronizedList(new ArrayList<>());
        mqtt.toAsync()
                .subscribeWith()
                .topicFilter("t/acme/hall-agent/receipt")
                .qos(MqttQos.AT_LEAST_ONCE)
                .callback(message -> received.add(receipt(message.getPayloadAsBytes())))
                .send()
                .join();
        for (int i = 0; i < 200; i++) {
            SealedBatch batch = agent.seal(at("10:%02d:%02d".formatted(i / 60, i % 60)), (long) i);
            publish(agent.publish(batch));
            if (i % 10 == 0) {
                publish(agent.publish(batch));
            }
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> received.size() >= 220);
        assertThat(received.stream()
                        .filter(receipt -> receipt.getOutcome() == Outcome.STORED)
                        .map(Receipt::getSequence)
                        .collect(Collectors.toSet()))
                .hasSize(200);
        IngestIdentity identity = house.in(tenant, () -> house.ingest.identity());
        assertThat(identity.sent()).isEqualTo(220);
        assertThat(identity.stored()).isEqualTo(200);
        assertThat(identity.duplicate()).isEqualTo(20);
        assertThat(identity.inFlight()).isZero();
    }

    @Test
    void anOutageOfTheDatabaseLosesNothingAndUsesUpNoDeliveryAttempt() throws Exception {
        superuser("revoke select on tenant_directory from energy_audit_app");
        for (int i = 0; i < 10; i++) {
            publish(agent.publish(agent.seal(at("11:00:%02d".formatted(i)), (long) i)));
        }
        // longer than all delivery attempts together would last
        Awaitility.await()
                .during(Duration.ofSeconds(4))
                .atMost(Duration.ofSeconds(6))
                .until(() -> messages("DLQ") == 0);
        superuser("grant select on tenant_directory to energy_audit_app");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> house.in(tenant, () -> house.ingest.identity()).stored() == 10);
        assertThat(messages("DLQ")).isZero();
    }

    @Test
    void aMessageThatCannotBeProcessedGoesToTheDeadLetterQueueAlone() throws Exception {
        // what a defect of ours would be: the database refuses one channel's readings
        superuser("""
                create function refuse_count_666() returns trigger language plpgsql as $$
                begin if new.count = 666 then raise exception 'a defect'; end if; return new; end $$;
                create trigger defect before insert on reading for each row execute function refuse_count_666()""");
        for (int i = 0; i < 20; i++) {
            publish(agent.publish(agent.seal(at("12:00:%02d".formatted(i)), i == 7 ? 666L : i)));
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> messages("DLQ") == 1
                        && house.in(tenant, () -> house.ingest.identity()).stored() == 19);
    }

    private void publish(Envelope envelope) {
        Envelope.Publication publication = envelope.publication().orElseThrow();
        mqtt.publishWith()
                .topic(envelope.topic().replace('.', '/'))
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(envelope.payload())
                .userProperties()
                .add("boot", publication.boot())
                .add("n", Long.toString(publication.number()))
                .applyUserProperties()
                .send();
    }

    private Receipt receipt(byte[] bytes) {
        try {
            return OpenedReceipt.open(bytes, house.log.verificationKey()).body();
        } catch (MalformedEvidence e) {
            throw new AssertionError("a receipt that cannot be read", e);
        }
    }

    private long messages(String queue) {
        return broker.getActiveMQServer().locateQueue(SimpleString.of(queue)).getMessageCount();
    }

    private void superuser(String sql) throws Exception {
        try (Connection connection = house.database.superuser().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Configuration configuration() throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setPersistenceEnabled(false)
                .setJournalDirectory(dir.resolve("journal").toString())
                .addAcceptorConfiguration("vm", url)
                .addAcceptorConfiguration("mqtt", "tcp://127.0.0.1:" + mqttPort + "?protocols=MQTT");
        configuration.addAddressConfiguration(new CoreAddressConfiguration()
                .setName("t.*.*.batch")
                .addRoutingType(RoutingType.MULTICAST)
                .addQueueConfiguration(QueueConfiguration.of("ingest")
                        .setAddress("t.*.*.batch")
                        .setRoutingType(RoutingType.MULTICAST)));
        configuration.addAddressConfiguration(new CoreAddressConfiguration()
                .setName("DLQ")
                .addRoutingType(RoutingType.ANYCAST)
                .addQueueConfiguration(
                        QueueConfiguration.of("DLQ").setAddress("DLQ").setRoutingType(RoutingType.ANYCAST)));
        configuration.addAddressSetting(
                "#",
                new AddressSettings()
                        .setDeadLetterAddress(SimpleString.of("DLQ"))
                        .setMaxDeliveryAttempts(4)
                        .setRedeliveryDelay(100));
        return configuration;
    }
}
