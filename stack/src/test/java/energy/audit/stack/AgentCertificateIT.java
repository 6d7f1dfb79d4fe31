package energy.audit.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
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
    private Keys keys;

    @SuppressWarnings("NullAway.Init")
    private Broker broker;

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** What an agent makes at home, and sends. */
    private record Request(KeyPair tls, byte[] signingKey, String pem, byte[] proof) {}

    @BeforeAll
    void startBroker(@TempDir Path temporary) throws InterruptedException {
        folder = temporary;
        installation = TestInstallation.in(folder.resolve("with space"));
        keys = new Keys(installation, random, Clock.systemUTC());
        broker = new Broker(installation, Demo.standard());
        broker.start();
    }

    @AfterAll
    void stopBroker() {
        broker.stop();
    }

    private Request request() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        KeyPair pair = generator.generateKeyPair();
        byte[] der = new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=whoever"), pair.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                .getEncoded();
        Ed25519PrivateKeyParameters signing = new Ed25519PrivateKeyParameters(random);
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, signing);
        byte[] prefix = "energy-audit/enrolment/v1\n".getBytes(StandardCharsets.US_ASCII);
        signer.update(prefix, 0, prefix.length);
        signer.update(der, 0, der.length);
        String pem = "-----BEGIN CERTIFICATE REQUEST-----\n"
                + Base64.getMimeEncoder().encodeToString(der) + "\n-----END CERTIFICATE REQUEST-----\n";
        return new Request(pair, signing.generatePublicKey().getEncoded(), pem, signer.generateSignature());
    }

    private static String signed(AgentAuthority authority, String user, Request request) {
        return authority.sign(user, request.pem(), request.signingKey(), request.proof());
    }

    private static KeyManagerFactory identity(Request request, String certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("agent", request.tls().getPrivate(), new char[0], new Certificate[] {parsed(certificate)});
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory;
    }

    private static Certificate parsed(String pem) throws Exception {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private Mqtt5BlockingClient client(String user, @Nullable KeyManagerFactory identity) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("broker", parsed(keys.tlsCertificate()));
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
        Request request = request();
        return client(user, identity(request, signed(keys.agentAuthority(), user, request)));
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
        Request request = request();
        KeyManagerFactory roof = identity(request, signed(keys.agentAuthority(), ROOF, request));

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
        Installation elsewhere = TestInstallation.in(folder.resolve("elsewhere"));
        AgentAuthority other = new Keys(elsewhere, random, Clock.systemUTC()).agentAuthority();
        Request request = request();

        assertThatThrownBy(client(ROOF, identity(request, signed(other, ROOF, request)))::connect)
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void aRequestIsSignedOnlyForTheHolderOfTheSigningKey() throws Exception {
        Request mine = request();
        Request theirs = request();

        assertThatThrownBy(() -> keys.agentAuthority().sign(ROOF, mine.pem(), theirs.signingKey(), mine.proof()))
                .isInstanceOf(StackFailure.class)
                .hasMessageContaining("signing key");
        assertThat(signed(keys.agentAuthority(), ROOF, mine)).startsWith("-----BEGIN CERTIFICATE-----");
    }
}
