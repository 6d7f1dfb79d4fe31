package energy.audit.broker;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttMessage;
import java.util.regex.Pattern;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTInterceptor;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/**
 * Refuses a connection that carries an agent's name as client id but another user. MQTT lets a new connection take over
 * the session of an old one with the same client id (3.1.4 of the OASIS standard, version 5.0), so whoever had any
 * agent's password could otherwise throw every other agent off the broker again and again.
 */
public final class SessionsBelongToTheirAgents implements MQTTInterceptor {
    /** An agent's user name: tenant, dot, agent. */
    private static final Pattern AGENT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private static final System.Logger LOG = System.getLogger(SessionsBelongToTheirAgents.class.getName());

    @Override
    public boolean intercept(MqttMessage message, RemotingConnection connection) {
        if (!(message instanceof MqttConnectMessage connect)) {
            return true;
        }
        MqttConnectPayload payload = connect.payload();
        String client = payload.clientIdentifier();
        if (client == null
                || client.equals(payload.userName())
                || !AGENT.matcher(client).matches()) {
            return true;
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "ERR CLIENT_ID_REFUSED client_id={0} user={1} from={2} next=give_each_agent_its_own_password",
                client,
                payload.userName(),
                connection.getRemoteAddress());
        connection.disconnect(false);
        connection.destroy();
        return false;
    }
}
