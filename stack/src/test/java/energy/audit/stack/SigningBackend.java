package energy.audit.stack;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** What the broker knows of the backend: certificates of the installation's authority, and its list of revoked ones. */
final class SigningBackend implements AutoCloseable {
    private final PrivateKey key;
    private final X509Certificate authority;
    private final SecureRandom random = new SecureRandom();
    private final Set<BigInteger> revoked = ConcurrentHashMap.newKeySet();
    private final HttpServer server;

    SigningBackend(Installation installation) throws IOException, GeneralSecurityException {
        char[] password = Files.readString(installation.layout().keys().resolve("agent-authority.password"))
                .strip()
                .toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(installation.layout().keys().resolve("agent-authority.p12"))) {
            store.load(in, password);
        }
        key = (PrivateKey) store.getKey("agent-authority", password);
        authority = (X509Certificate) store.getCertificate("agent-authority");
        server = HttpServer.create(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), installation.ports().http()),
                0);
        server.createContext("/api/v1/enrolment/revocations", exchange -> {
            try {
                byte[] list = list().getEncoded();
                exchange.sendResponseHeaders(200, list.length);
                exchange.getResponseBody().write(list);
            } catch (GeneralSecurityException e) {
                exchange.sendResponseHeaders(500, -1);
            } finally {
                exchange.close();
            }
        });
    }

    void serve() {
        server.start();
    }

    private X509CRL list() throws IOException, GeneralSecurityException {
        try {
            Instant now = Instant.now();
            JcaX509v2CRLBuilder list = new JcaX509v2CRLBuilder(authority, Date.from(now));
            list.setNextUpdate(Date.from(now.plus(Duration.ofDays(1))));
            revoked.forEach(serial -> list.addCRLEntry(serial, Date.from(now), CRLReason.privilegeWithdrawn));
            return (X509CRL) CertificateFactory.getInstance("X.509")
                    .generateCRL(new ByteArrayInputStream(
                            list.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key))
                                    .getEncoded()));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    X509Certificate certificate(String user, PublicKey of) throws GeneralSecurityException {
        try {
            Instant now = Instant.now();
            return new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    authority,
                                    new BigInteger(127, random),
                                    Date.from(now.minus(Duration.ofHours(1))),
                                    Date.from(now.plus(Duration.ofDays(1))),
                                    new X500Principal("CN=" + user),
                                    of)
                            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    void revoke(X509Certificate certificate) {
        revoked.add(certificate.getSerialNumber());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
