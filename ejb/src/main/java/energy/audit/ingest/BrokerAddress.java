package energy.audit.ingest;

import energy.audit.kernel.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where batches come from, by the server's system properties.
 *
 * @param url for example {@code tcp://127.0.0.1:61616}
 * @param passwordFile read anew for each connection, so that a rotated password is taken up
 */
record BrokerAddress(String url, String user, Path passwordFile) {
    /** The queue that the broker fills from every agent's topic, as address::queue. */
    static final String QUEUE = "t.*.*.batch::ingest";

    static BrokerAddress configured() {
        return new BrokerAddress(
                System.getProperty("energy.audit.broker.url", "tcp://127.0.0.1:61616"),
                System.getProperty("energy.audit.broker.user", "backend"),
                Path.of(System.getProperty("energy.audit.broker.password.file", "broker.password")));
    }

    String password() {
        try {
            return Files.readString(passwordFile).strip();
        } catch (IOException e) {
            throw new Fault(
                    "BROKER_PASSWORD_UNREADABLE",
                    "password file " + passwordFile,
                    e.toString(),
                    "Set energy.audit.broker.password.file to a file that the server may read.",
                    e);
        }
    }
}
