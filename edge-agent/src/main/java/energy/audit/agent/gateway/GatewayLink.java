package energy.audit.agent.gateway;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import energy.audit.agent.config.Gateway;
import energy.audit.agent.journal.Journal;
import energy.audit.agent.journal.LogCode;
import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The subscription at one gateway's broker, in MQTT 3.1.1, because The Things Stack speaks no other. The session is
 * persistent: what comes while the agent is away waits at the broker.
 */
final class GatewayLink implements Closeable {
    private static final long LONGEST_WAIT_MS = 60_000;

    /** Who is told what came. */
    interface Listener {
        void arrived(Gateway gateway, String topic, byte[] message, boolean retained, Runnable acknowledge);
    }

    private final Gateway gateway;
    private final Journal.Log log;
    private final Mqtt3AsyncClient client;
    private final ExecutorService worker;

    GatewayLink(Gateway gateway, String clientId, Optional<String> password, Journal.Log log, Listener listener) {
        this.gateway = gateway;
        this.log = log;
        this.worker = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "gateway-" + gateway.id());
            thread.setDaemon(true);
            return thread;
        });
        Mqtt3ClientBuilder builder = MqttClient.builder()
                .useMqttVersion3()
                .identifier(clientId)
                .serverHost(gateway.host())
                .serverPort(gateway.port())
                .addConnectedListener(context -> subscribe())
                .addDisconnectedListener(this::whenDisconnected);
        if (gateway.tls()) {
            builder = builder.sslWithDefaultConfig();
        }
        if (gateway.user().isPresent()) {
            builder = builder.simpleAuth()
                    .username(gateway.user().get())
                    .password(password.orElse("").getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth();
        }
        client = builder.buildAsync();
        client.publishes(
                MqttGlobalPublishFilter.ALL,
                publish -> listener.arrived(
                        gateway,
                        publish.getTopic().toString(),
                        publish.getPayloadAsBytes(),
                        publish.isRetain(),
                        () -> acknowledge(publish)),
                worker,
                true);
        var unused = client.connectWith()
                .cleanSession(false)
                .keepAlive(30)
                .send()
                .whenComplete((ack, failure) -> {
                    // Both outcomes reach the listeners above, which log and, after a failure, try again.
                });
    }

    private void acknowledge(Mqtt3Publish publish) {
        try {
            publish.acknowledge();
        } catch (IllegalStateException e) {
            log.info(
                    LogCode.GATEWAY_DISCONNECTED,
                    "gateway=" + gateway.id() + " detail=" + Journal.quoted("not acknowledged: " + e.getMessage()));
        }
    }

    private void subscribe() {
        log.info(
                LogCode.GATEWAY_CONNECTED,
                "gateway=" + gateway.id() + " broker=" + gateway.host() + ":" + gateway.port() + " topic="
                        + Journal.quoted(gateway.topic()));
        var unused = client.subscribeWith()
                .topicFilter(gateway.topic())
                .qos(MqttQos.AT_LEAST_ONCE)
                .send()
                .whenComplete((ack, failure) -> {
                    if (failure != null) {
                        log.error(
                                LogCode.GATEWAY_DISCONNECTED,
                                "gateway=" + gateway.id() + " detail="
                                        + Journal.quoted("subscription refused: " + failure.getMessage())
                                        + " next=check_the_broker's_permissions");
                    }
                });
    }

    private void whenDisconnected(MqttClientDisconnectedContext context) {
        if (context.getSource() == MqttDisconnectSource.USER) {
            return;
        }
        int attempt = Math.max(1, context.getReconnector().getAttempts());
        long wait = Math.min(LONGEST_WAIT_MS, 1000L << Math.min(attempt - 1, 10));
        context.getReconnector().reconnect(true).delay(wait, TimeUnit.MILLISECONDS);
        if (Integer.bitCount(attempt) == 1) {
            log.error(
                    LogCode.GATEWAY_DISCONNECTED,
                    "gateway=" + gateway.id() + " broker=" + gateway.host() + ":" + gateway.port() + " attempt="
                            + attempt + " retry_in_ms=" + wait + " detail="
                            + Journal.quoted(String.valueOf(context.getCause().getMessage()))
                            + " next=check_broker_and_password");
        }
    }

    /** Says goodbye; the broker keeps the session and what is not acknowledged. Waits at most two seconds. */
    @Override
    public void close() {
        try {
            client.disconnect().get(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.info(
                    LogCode.GATEWAY_DISCONNECTED,
                    "gateway=" + gateway.id() + " detail=" + Journal.quoted("no goodbye"));
        }
        worker.shutdown();
    }
}
