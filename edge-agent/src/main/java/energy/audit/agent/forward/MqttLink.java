package energy.audit.agent.forward;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.lifecycle.Mqtt5ClientConnectedContext;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import energy.audit.agent.config.AgentSettings;
import energy.audit.agent.journal.Journal;
import energy.audit.agent.journal.LogCode;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the broker, and the only class that knows HiveMQ's client. The session is persistent: receipts wait at
 * the broker while the agent is away, and a publish that was not acknowledged is repeated by the client after reconnecting.
 * Reconnecting waits 1, 2, 4, … 60 seconds, ± a quarter by chance, so that a thousand agents do not come back at once.
 */
final class MqttLink implements Closeable {
    private static final long LONGEST_WAIT_MS = 60_000;
    private static final List<String> TLS = List.of("TLSv1.3");

    /** Who is told what happens on the line. */
    interface Listener {
        /** @param sessionPresent false if the broker has forgotten this agent: receipts on their way are lost */
        void connected(boolean sessionPresent);

        void disconnected();

        /** A receipt; the broker is told that it arrived only if this returns normally. */
        void receipt(byte[] payload) throws IOException;
    }

    private final AgentSettings settings;
    private final BrokerSignIn signIn;
    private final String bootId;
    private final Journal.Log journal;
    private final Executor receiptExecutor;
    private final AtomicLong publishes = new AtomicLong();
    private @Nullable Mqtt5AsyncClient client;

    /**
     * @param bootId in hexadecimal; goes with each publish, so that the backend can count what was sent
     * @param receiptExecutor runs {@link Listener#receipt}; one thread
     */
    MqttLink(
            AgentSettings settings, BrokerSignIn signIn, String bootId, Journal.Log journal, Executor receiptExecutor) {
        this.settings = settings;
        this.signIn = signIn;
        this.bootId = bootId;
        this.journal = journal;
        this.receiptExecutor = receiptExecutor;
    }

    /** Starts connecting, and goes on trying until {@link #close}. */
    void open(Listener listener) {
        Mqtt5ClientBuilder builder = Mqtt5Client.builder()
                .identifier(settings.mqtt().user())
                .serverHost(settings.mqtt().host())
                .serverPort(settings.mqtt().port())
                // Of the client, not of its first connection: the library drops a connection's own before it
                // reconnects,
                // and an agent that lost the broker once would be refused until its restart.
                .simpleAuth(signIn.as(settings.mqtt().user()))
                .executorConfig()
                .nettyThreads(1)
                .applyExecutorConfig()
                .addConnectedListener(context -> whenConnected((Mqtt5ClientConnectedContext) context, listener))
                .addDisconnectedListener(context -> whenDisconnected(context, listener));
        if (settings.mqtt().tls()) {
            builder = tls(builder);
        }
        Mqtt5AsyncClient opening = builder.buildAsync();
        client = opening;
        opening.publishes(MqttGlobalPublishFilter.ALL, publish -> received(publish, listener), receiptExecutor, true);
        var unused = opening.connectWith()
                .cleanStart(false)
                .sessionExpiryInterval(settings.mqtt().sessionExpiry().toSeconds())
                .keepAlive(30)
                .send()
                .whenComplete((ack, failure) -> {
                    // Both outcomes reach the listeners above, which log and, after a failure, try again.
                });
    }

    private void whenConnected(Mqtt5ClientConnectedContext context, Listener listener) {
        boolean present = context.getConnAck().isSessionPresent();
        journal.info(
                LogCode.MQTT_CONNECTED,
                "broker=" + settings.mqtt().host() + ":" + settings.mqtt().port() + " session_present=" + present);
        Mqtt5AsyncClient connected = client;
        if (connected == null) {
            return;
        }
        var unused = connected
                .subscribeWith()
                .topicFilter(settings.receiptTopic())
                .qos(MqttQos.AT_LEAST_ONCE)
                .send()
                .whenComplete((ack, failure) -> {
                    if (failure != null) {
                        journal.error(
                                LogCode.MQTT_DISCONNECTED,
                                "topic=" + settings.receiptTopic() + " detail="
                                        + Journal.quoted("subscription refused: " + failure.getMessage())
                                        + " next=check_the_broker's_permissions_of_this_agent");
                    }
                    listener.connected(present);
                });
    }

    private void whenDisconnected(MqttClientDisconnectedContext context, Listener listener) {
        listener.disconnected();
        if (context.getSource() == MqttDisconnectSource.USER) {
            return;
        }
        if (context.getCause() instanceof Mqtt5DisconnectException told
                && told.getMqttMessage().getReasonCode() == Mqtt5DisconnectReasonCode.SESSION_TAKEN_OVER) {
            journal.error(
                    LogCode.SESSION_TAKEN_OVER,
                    "user=" + settings.mqtt().user()
                            + " detail=\"another program has signed in as this agent\" next=look_for_a_copy_of_its_directory");
        }
        int attempt = Math.max(1, context.getReconnector().getAttempts());
        long wait = Math.min(LONGEST_WAIT_MS, 1000L << Math.min(attempt - 1, 10));
        wait += ThreadLocalRandom.current().nextLong(-wait / 4, wait / 4 + 1);
        context.getReconnector().reconnect(true).delay(wait, TimeUnit.MILLISECONDS);
        if (Integer.bitCount(attempt) == 1) {
            journal.error(
                    LogCode.MQTT_DISCONNECTED,
                    "broker=" + settings.mqtt().host() + ":" + settings.mqtt().port() + " attempt=" + attempt
                            + " retry_in_ms=" + wait + " detail=" + Journal.quoted(reason(context.getCause()))
                            + " next=check_broker,_sign-in,_and_that_the_agent_is_not_revoked;_readings_are_kept");
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure.getMessage() + (cause == null ? "" : " (" + cause.getMessage() + ")");
    }

    private void received(Mqtt5Publish publish, Listener listener) {
        try {
            listener.receipt(publish.getPayloadAsBytes());
            publish.acknowledge();
        } catch (IOException e) {
            // Not acknowledged: the broker sends it again after the next connection, and the batch is sent again in
            // time.
            journal.error(LogCode.DISK_WRITE_FAILED, "detail=" + Journal.quoted(e.toString()) + " next=check_the_disk");
        }
    }

    /** Publishes a batch; completes with the broker's acknowledgement, which is no receipt. */
    CompletableFuture<?> publish(byte[] batch) {
        Mqtt5AsyncClient connected = client;
        if (connected == null) {
            return CompletableFuture.failedFuture(new IllegalStateException("the link to the broker is not open"));
        }
        return connected
                .publishWith()
                .topic(settings.batchTopic())
                .qos(MqttQos.AT_LEAST_ONCE)
                .userProperties()
                .add("boot", bootId)
                .add("n", Long.toString(publishes.incrementAndGet()))
                .applyUserProperties()
                .payload(batch)
                .send();
    }

    /** Publishes since this start; the newest one's user property {@code n}. */
    long publishes() {
        return publishes.get();
    }

    private Mqtt5ClientBuilder tls(Mqtt5ClientBuilder builder) {
        if (settings.mqtt().caFile().isEmpty()) {
            return builder.sslConfig()
                    .keyManagerFactory(signIn.certificate())
                    .protocols(TLS)
                    .applySslConfig();
        }
        Path pem = settings.mqtt().caFile().get();
        try (InputStream in = Files.newInputStream(pem)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int i = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + i++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            return builder.sslConfig()
                    .keyManagerFactory(signIn.certificate())
                    .trustManagerFactory(trust)
                    .protocols(TLS)
                    .applySslConfig();
        } catch (IOException | GeneralSecurityException e) {
            throw new energy.audit.agent.config.ConfigurationRefused(
                    pem.toString(),
                    "its certificates cannot be read: " + e.getMessage(),
                    "Give a PEM file in mqtt.tls.ca-file");
        }
    }

    /** Says goodbye to the broker, which keeps the session; waits at most two seconds. */
    @Override
    public void close() {
        Mqtt5AsyncClient open = client;
        client = null;
        if (open == null) {
            return;
        }
        try {
            open.disconnectWith()
                    .sessionExpiryInterval(settings.mqtt().sessionExpiry().toSeconds())
                    .send()
                    .get(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            journal.info(LogCode.MQTT_DISCONNECTED, "detail=" + Journal.quoted("no goodbye: " + e.getMessage()));
        }
    }
}
