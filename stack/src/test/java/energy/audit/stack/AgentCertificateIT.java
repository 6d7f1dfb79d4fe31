package energy.audit.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Agents that the running broker has never heard of, against the real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AgentCertificateIT {
    private static final String ROOF = "acme.roof-agent";
    private static final String CELLAR = "acme.cellar-agent";

    private final SecureRandom random = new SecureRandom();

    @SuppressWarnings("NullAway.Init")
    private Installation installation;

    @SuppressWarnings("NullAway.Init")
    private SigningBackend backend;

    @SuppressWarnings("NullAway.Init")
    private Broker broker;

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** What an agent has made, and got. */
    private record Papers(KeyPair tls, X509Certificate certificate) {}

    @BeforeAll
    void startBroker(@TempDir Path temporary) throws Exception {
        folder = temporary;
        installation = TestInstallation.in(folder.resolve("with space"));
        backend = new SigningBackend(installation);
        broker = new Broker(installation, Demo.standard());
        broker.start();
        backend.serve();
    }

    @AfterAll
    void stopBroker() {
        broker.stop();
        backend.close();
    }

    private Papers papers(SigningBackend of, String user) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        KeyPair pair = generator.generateKeyPair();
        return new Papers(pair, of.certificate(user, pair.getPublic()));
    }

    private static KeyManagerFactory identity(Papers papers) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("agent", papers.tls().getPrivate(), new char[0], new Certificate[] {papers.certificate()});
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory;
    }

    private Certificate brokerCertificate() throws Exception {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(Files.newInputStream(Keys.tlsCertificateFile(installation.layout())));
    }

    private Mqtt5BlockingClient client(String user, @Nullable KeyManagerFactory identity) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("broker", brokerCertificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        return MqttClient.builder()
                .useMqttVersion5()
                .identifier(user)
                .serverHost("127.0.0.1")
                .serverPort(installation.ports().mqttTls())
                .sslConfig()
                .keyManagerFactory(identity)
                .trustManagerFactory(trust)
                .protocols(List.of("TLSv1.3"))
                .applySslConfig()
                .simpleAuth()
                .username(user)
                .applySimpleAuth()
                .buildBlocking();
    }

    private Mqtt5BlockingClient enrolled(String user) throws Exception {
        return client(user, identity(papers(backend, user)));
    }

    private static void publish(Mqtt5BlockingClient client, String topic) {
        client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload("a batch".getBytes(StandardCharsets.UTF_8))
                .send();
    }

    private static void subscribe(Mqtt5BlockingClient client, String topic) {
        client.subscribeWith().topicFilter(topic).qos(MqttQos.AT_LEAST_ONCE).send();
    }

    @Test
    void anAgentEnrolledWhileTheBrokerRunsHasItsOwnTopicsAndNoOthers() throws Exception {
        Mqtt5BlockingClient roof = enrolled(ROOF);
        roof.connectWith().cleanStart(false).sessionExpiryInterval(3_600).send();
        try {
            assertThatCode(() -> publish(roof, "t/acme/roof-agent/batch")).doesNotThrowAnyException();
            assertThatCode(() -> subscribe(roof, "t/acme/roof-agent/receipt")).doesNotThrowAnyException();
            for (String foreign : List.of(
                    "t/acme/cellar-agent/batch",
                    "t/demo-castings/foundry-north-agent/batch",
                    "t/acme/roof-agent/receipt",
                    "t/acme/roof-agent/batch/more",
                    "free")) {
                assertThatThrownBy(() -> publish(roof, foreign)).as(foreign).isInstanceOf(Mqtt5PubAckException.class);
            }
            for (String foreign :
                    List.of("t/acme/cellar-agent/receipt", "t/acme/roof-agent/batch", "t/acme/+/receipt", "t/#", "#")) {
                assertThatThrownBy(() -> subscribe(roof, foreign)).as(foreign).isInstanceOf(Mqtt5SubAckException.class);
            }
        } finally {
            roof.disconnect();
        }
    }

    @Test
    void aCertificateOpensNoOtherAgentsSession() throws Exception {
        KeyManagerFactory roof = identity(papers(backend, ROOF));

        assertThatThrownBy(client(CELLAR, roof)::connect).isInstanceOf(RuntimeException.class);
        Mqtt5BlockingClient itself = client(ROOF, roof);
        assertThatCode(itself::connect).doesNotThrowAnyException();
        itself.disconnect();
    }

    @Test
    void noCertificateNoConnection() throws Exception {
        assertThatThrownBy(client(ROOF, null)::connect).isInstanceOf(RuntimeException.class);
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefused() throws Exception {
        try (SigningBackend other = new SigningBackend(
                TestInstallation.in(folder.resolve("elsewhere"), TestInstallation.PORT_OFFSET + 1))) {
            assertThatThrownBy(client(ROOF, identity(papers(other, ROOF)))::connect)
                    .isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void anAgentThatIsRevokedWhileItIsConnectedIsCutOffAndDoesNotComeBackAndOthersStay() throws Exception {
        Papers stolen = papers(backend, "acme.gate-agent");
        Mqtt5BlockingClient gate = client("acme.gate-agent", identity(stolen));
        Mqtt5BlockingClient roof = enrolled(ROOF);
        gate.connect();
        roof.connect();
        try {
            publish(gate, "t/acme/gate-agent/batch");

            backend.revoke(stolen.certificate());

            Awaitility.await()
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> !gate.getState().isConnected());
            assertThatThrownBy(client("acme.gate-agent", identity(stolen))::connect)
                    .isInstanceOf(RuntimeException.class);
            assertThat(roof.getState().isConnected()).isTrue();
            publish(roof, "t/acme/roof-agent/batch");
        } finally {
            roof.disconnect();
        }
    }

    @Test
    void aRevokedAgentStaysOutWhenTheBrokerStartsAgainWithoutABackend() throws Exception {
        Papers stolen = papers(backend, "acme.shed-agent");
        backend.revoke(stolen.certificate());
        Path kept = installation.layout().broker().resolve("data/revoked-agents.crl");
        Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .until(() -> Files.exists(kept) && holds(kept, stolen.certificate()));
        backend.close();
        broker.stop();
        broker.start();

        assertThatThrownBy(client("acme.shed-agent", identity(stolen))::connect).isInstanceOf(RuntimeException.class);
        Mqtt5BlockingClient roof = enrolled(ROOF);
        assertThatCode(roof::connect).doesNotThrowAnyException();
        roof.disconnect();
        backend = new SigningBackend(installation);
        backend.serve();
    }

    private static boolean holds(Path list, X509Certificate certificate) throws Exception {
        try (var in = Files.newInputStream(list)) {
            return CertificateFactory.getInstance("X.509").generateCRL(in).isRevoked(certificate);
        }
    }
}
