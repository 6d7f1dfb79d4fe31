package energy.audit.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient.Mqtt5Publishes;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BrokerIT {
    private static final Demo.Agent FOUNDRY = Demo.standard().agents().get(0);
    private static final Demo.Agent BAKERY = Demo.standard().agents().get(2);

    @SuppressWarnings("NullAway.Init")
    private Installation installation;

    @SuppressWarnings("NullAway.Init")
    private Broker broker;

    @BeforeAll
    void startBroker(@TempDir Path folder) throws InterruptedException {
        installation = TestInstallation.in(folder.resolve("with space"));
        broker = new Broker(installation, Demo.standard());
        broker.start();
    }

    @AfterAll
    void stopBroker() {
        broker.stop();
    }

    private Mqtt5BlockingClient client(String identifier, String user, String password) {
        return MqttClient.builder()
                .useMqttVersion5()
                .identifier(identifier)
                .serverHost("127.0.0.1")
                .serverPort(installation.ports().mqtt())
                .simpleAuth()
                .username(user)
                .password(password.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildBlocking();
    }

    private Mqtt5BlockingClient as(String user, String identifier) {
        return client(identifier, user, installation.secrets().of(Broker.passwordName(user)));
    }

    private Mqtt5BlockingClient client(Demo.Agent agent) {
        String user = Broker.user(agent.tenant(), agent.name());
        return as(user, user);
    }

    private Mqtt5BlockingClient connected(Demo.Agent agent) {
        Mqtt5BlockingClient client = client(agent);
        client.connectWith().cleanStart(false).sessionExpiryInterval(3_600).send();
        return client;
    }

    private static String topic(Demo.Agent agent, String last) {
        return "t/" + agent.tenant() + "/" + agent.name() + "/" + last;
    }

    private static void publish(Mqtt5BlockingClient client, String topic, String text) {
        client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(text.getBytes(StandardCharsets.UTF_8))
                .send();
    }

    @Test
    void anAgentPublishesItsOwnBatchesAndNobodyElses() {
        Mqtt5BlockingClient foundry = connected(FOUNDRY);
        try {
            assertThatCode(() -> publish(foundry, topic(FOUNDRY, "batch"), "mine"))
                    .doesNotThrowAnyException();
            for (String foreign : List.of(
                    topic(BAKERY, "batch"),
                    topic(BAKERY, "receipt"),
                    topic(FOUNDRY, "receipt"),
                    "t/x/y/batch",
                    "free")) {
                assertThatThrownBy(() -> publish(foundry, foreign, "not mine"))
                        .as(foreign)
                        .isInstanceOf(Mqtt5PubAckException.class);
            }
        } finally {
            foundry.disconnect();
        }
    }

    @Test
    void anAgentReadsItsOwnReceiptsAndNobodyElses() {
        Mqtt5BlockingClient foundry = connected(FOUNDRY);
        try {
            assertThatCode(() -> foundry.subscribeWith()
                            .topicFilter(topic(FOUNDRY, "receipt"))
                            .qos(MqttQos.AT_LEAST_ONCE)
                            .send())
                    .doesNotThrowAnyException();
            for (String foreign : List.of(
                    topic(BAKERY, "receipt"),
                    topic(BAKERY, "batch"),
                    topic(FOUNDRY, "batch"),
                    "t/#",
                    "#",
                    "t/+/+/batch")) {
                assertThatThrownBy(() -> foundry.subscribeWith()
                                .topicFilter(foreign)
                                .qos(MqttQos.AT_LEAST_ONCE)
                                .send())
                        .as(foreign)
                        .isInstanceOf(Mqtt5SubAckException.class);
            }
        } finally {
            foundry.disconnect();
        }
    }

    @Test
    void receiptsWaitForAnAgentThatIsAway() throws Exception {
        Mqtt5BlockingClient agent = connected(BAKERY);
        agent.subscribeWith()
                .topicFilter(topic(BAKERY, "receipt"))
                .qos(MqttQos.AT_LEAST_ONCE)
                .send();
        agent.disconnect();
        Mqtt5BlockingClient backend = as(Broker.BACKEND, "a backend");
        backend.connect();
        publish(backend, topic(BAKERY, "receipt"), "receipt of batch 1");
        backend.disconnect();

        Mqtt5BlockingClient again = client(BAKERY);
        try (Mqtt5Publishes receipts = again.publishes(MqttGlobalPublishFilter.ALL)) {
            again.connectWith().cleanStart(false).sessionExpiryInterval(3_600).send();

            assertThat(receipts.receive(10, TimeUnit.SECONDS))
                    .hasValueSatisfying(
                            receipt -> assertThat(new String(receipt.getPayloadAsBytes(), StandardCharsets.UTF_8))
                                    .isEqualTo("receipt of batch 1"));
        } finally {
            again.disconnect();
        }
    }

    @Test
    void nobodyTakesOverTheSessionOfAnAgent() {
        Mqtt5BlockingClient foundry = connected(FOUNDRY);
        try {
            String victim = Broker.user(FOUNDRY.tenant(), FOUNDRY.name());
            Mqtt5BlockingClient thief = as(Broker.user(BAKERY.tenant(), BAKERY.name()), victim);

            assertThatThrownBy(thief::connect)
                    .isInstanceOfAny(ConnectionClosedException.class, Mqtt5ConnAckException.class);

            assertThat(foundry.getState().isConnected()).isTrue();
            assertThatCode(() -> publish(foundry, topic(FOUNDRY, "batch"), "still mine"))
                    .doesNotThrowAnyException();
        } finally {
            foundry.disconnect();
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        Mqtt5BlockingClient client = client("anybody", Broker.user(FOUNDRY.tenant(), FOUNDRY.name()), "guess");
        assertThatThrownBy(client::connect).isInstanceOf(Mqtt5ConnAckException.class);
    }

    @Test
    void tlsIsAtLeastOnePointThree() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustEverything()}, new SecureRandom());
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket("127.0.0.1", installation.ports().mqttTls())) {
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
        }
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket("127.0.0.1", installation.ports().mqttTls())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
        }
    }

    /** The certificate is not the matter of this test. */
    private static final class TrustEverything implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
