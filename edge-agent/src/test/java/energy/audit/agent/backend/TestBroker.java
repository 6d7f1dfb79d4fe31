package energy.audit.agent.backend;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.management.QueueControl;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** A real Artemis with the addresses of the product, on a directory that outlives it. */
public final class TestBroker implements Closeable {
    private static final Logger ARTEMIS = Logger.getLogger("org.apache.activemq");

    static {
        ARTEMIS.setLevel(Level.SEVERE);
    }

    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();

    public TestBroker(Path data, int mqttPort) throws Exception {
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setSecurityEnabled(false);
        configuration.setJournalType(JournalType.NIO);
        configuration.setJournalDirectory(data.resolve("journal").toString());
        configuration.setBindingsDirectory(data.resolve("bindings").toString());
        configuration.setPagingDirectory(data.resolve("paging").toString());
        configuration.setLargeMessagesDirectory(data.resolve("large").toString());
        configuration.addAcceptorConfiguration("vm", "vm://" + mqttPort);
        configuration.addAcceptorConfiguration("mqtt", "tcp://127.0.0.1:" + mqttPort + "?protocols=MQTT");
        configuration.addAddressConfiguration(new CoreAddressConfiguration()
                .setName("t.*.*.batch")
                .addRoutingType(RoutingType.MULTICAST)
                .addQueueConfiguration(QueueConfiguration.of("ingest")
                        .setAddress("t.*.*.batch")
                        .setRoutingType(RoutingType.MULTICAST)
                        .setDurable(true)));
        configuration.setAddressSettings(
                Map.of("#", new AddressSettings().setDefaultAddressRoutingType(RoutingType.MULTICAST)));
        broker.setConfiguration(configuration);
        broker.start();
    }

    /** Messages that wait for a client's acknowledgement; Artemis names a subscription's queue after its client. */
    public long unacknowledged(String client) {
        long sum = 0;
        for (Object queue : broker.getActiveMQServer().getManagementService().getResources(QueueControl.class)) {
            QueueControl control = (QueueControl) queue;
            sum += control.getName().contains(client) ? control.getMessageCount() : 0;
        }
        return sum;
    }

    @Override
    public void close() {
        try {
            broker.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the broker did not stop", e);
        }
    }
}
