package energy.audit.agent.forward;

import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How an agent shows the broker who it is: by its client certificate over TLS, or by a password.
 *
 * @param certificate key and certificate of the agent; null without one
 * @param password null with a certificate
 */
public record BrokerSignIn(
        @Nullable KeyManagerFactory certificate, @Nullable String password) {
    /** Signs in with a password. */
    public static BrokerSignIn with(String password) {
        return new BrokerSignIn(null, password);
    }

    /** Signs in with a certificate, and needs no password. */
    public static BrokerSignIn with(KeyManagerFactory certificate) {
        return new BrokerSignIn(certificate, null);
    }

    Mqtt5SimpleAuth as(String user) {
        var name = Mqtt5SimpleAuth.builder().username(user);
        return password == null
                ? name.build()
                : name.password(password.getBytes(StandardCharsets.UTF_8)).build();
    }

    @Override
    public String toString() {
        return certificate == null ? "by password" : "by certificate";
    }
}
