package energy.audit.broker;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.ActiveMQDisconnectedException;
import org.apache.activemq.artemis.core.security.impl.SecurityStoreImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerPlugin;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.utils.CertificateUtil;
import org.jspecify.annotations.Nullable;

/**
 * Reads the backend's list of revoked certificates every few seconds, cuts the connections of those that are new on it, and
 * keeps the list on the disk, so that a broker that starts without a backend refuses them too. Without an answer the last
 * list stays in force. Properties: {@code list} its address, {@code authority} the signer's certificate (PEM, on the class
 * path), {@code seconds} between two questions.
 */
public final class RevokedAgentsLeave implements ActiveMQServerPlugin {
    private static final System.Logger LOG = System.getLogger(RevokedAgentsLeave.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int FAILURES_BEFORE_A_LINE = 30;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "revoked-agents");
        made.setDaemon(true);
        return made;
    });
    private URI list = URI.create("http://127.0.0.1:8080/api/v1/enrolment/revocations");
    private String authorityName = "agent-authority.crt";
    private long seconds = 2;
    private @Nullable X509Certificate authority;
    private @Nullable Path kept;
    private int failures;

    /** Made by the broker, by its name in {@code broker.xml}. */
    public RevokedAgentsLeave() {}

    @Override
    public void init(Map<String, String> properties) {
        list = URI.create(properties.getOrDefault("list", list.toString()));
        authorityName = properties.getOrDefault("authority", authorityName);
        seconds = Long.parseLong(properties.getOrDefault("seconds", Long.toString(seconds)));
    }

    @Override
    public void registered(ActiveMQServer server) {
        try (InputStream in = RevokedAgentsLeave.class.getResourceAsStream("/" + authorityName)) {
            if (in == null) {
                throw new IllegalStateException(authorityName + " is not on the broker's class path");
            }
            authority =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            Path file = server.getConfiguration().getJournalLocation().toPath().resolveSibling("revoked-agents.crl");
            kept = file;
            if (Files.exists(file)) {
                take(server, Files.readAllBytes(file));
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the list of revoked agents cannot be read; without it the broker would let them in", e);
        }
        var unused = thread.scheduleWithFixedDelay(() -> ask(server), seconds, seconds, TimeUnit.SECONDS);
    }

    @Override
    public void unregistered(ActiveMQServer server) {
        thread.shutdownNow();
    }

    private void ask(ActiveMQServer server) {
        try {
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(list).timeout(PATIENCE).GET().build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IOException("HTTP " + answer.statusCode());
            }
            if (!take(server, answer.body()).isEmpty()) {
                keep(answer.body());
            }
            failures = 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            if (failures++ % FAILURES_BEFORE_A_LINE == 0) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "ERR REVOCATION_LIST_UNREACHABLE list=" + list + " cause=" + e
                                + " next=see_the_backend;_the_last_list_stays_in_force");
            }
        }
    }

    private Set<BigInteger> take(ActiveMQServer server, byte[] der) throws GeneralSecurityException {
        X509Certificate signer = authority;
        if (signer == null) {
            throw new GeneralSecurityException("there is no authority to check the list with");
        }
        Set<BigInteger> fresh = RevokedCertificates.take(der, signer);
        if (!fresh.isEmpty() && server.getSecurityStore() instanceof SecurityStoreImpl store) {
            store.invalidateAuthenticationCache();
            store.invalidateAuthorizationCache();
        }
        if (!fresh.isEmpty()) {
            for (RemotingConnection connection : server.getRemotingService().getConnections()) {
                cutIfRevoked(connection);
            }
        }
        return fresh;
    }

    private static void cutIfRevoked(RemotingConnection connection) {
        X509Certificate[] chain = CertificateUtil.getCertsFromConnection(connection);
        if (chain != null && chain.length > 0 && RevokedCertificates.inForce().holds(chain[0])) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "AGENT_CUT_OFF subject=" + chain[0].getSubjectX500Principal() + " serial="
                            + chain[0].getSerialNumber().toString(16) + " from=" + connection.getRemoteAddress());
            connection.fail(new ActiveMQDisconnectedException("its certificate is revoked"));
            connection.disconnect(false);
            connection.destroy();
        }
    }

    private void keep(byte[] der) throws IOException {
        Path file = kept;
        if (file != null) {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.write(next, der);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
