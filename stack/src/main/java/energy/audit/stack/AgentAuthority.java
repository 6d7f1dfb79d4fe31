package energy.audit.stack;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes the installation's authority for agents' client certificates (X.509 v3, RFC 5280). The backend signs with it, the
 * broker knows its certificate only.
 */
final class AgentAuthority {
    private static final String ALIAS = "agent-authority";
    private static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3652);

    private final Installation installation;
    private final SecureRandom random;
    private final Clock clock;

    AgentAuthority(Installation installation, SecureRandom random, Clock clock) {
        this.installation = installation;
        this.random = random;
        this.clock = clock;
    }

    private static Path store(Layout layout) {
        return layout.keys().resolve("agent-authority.p12");
    }

    /** The authority's certificate alone, for the broker's TLS acceptor. */
    static Path trustStore(Layout layout) {
        return layout.keys().resolve("agent-authority-trust.p12");
    }

    /** The same in PEM, to check the revocation list with. */
    static Path certificateFile(Layout layout) {
        return layout.keys().resolve("agent-authority.crt");
    }

    private char[] password() {
        return installation.secrets().of("agent-authority.password").toCharArray();
    }

    /** Makes the authority if there is none. */
    void ensure() throws IOException, GeneralSecurityException, OperatorCreationException {
        Path store = store(installation.layout());
        if (!Files.exists(store)) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            X500Name name = new X500Name("CN=Energy Audit agents");
            KeyStore keys = empty();
            keys.setKeyEntry(ALIAS, pair.getPrivate(), password(), new Certificate[] {selfSigned(name, pair)});
            write(keys, store, password());
        }
        Layout.writePrivate(
                installation.layout().keys().resolve("agent-authority.password"), new String(password()) + "\n");
        Certificate certificate = load(store).getCertificate(ALIAS);
        Layout.writePrivate(certificateFile(installation.layout()), pem(certificate));
        KeyStore trust = empty();
        trust.setCertificateEntry(ALIAS, certificate);
        write(
                trust,
                trustStore(installation.layout()),
                installation.secrets().of("tls.password").toCharArray());
    }

    private X509Certificate selfSigned(X500Name name, KeyPair pair)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        Instant now = clock.instant();
        var builder = new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(127, random).setBit(126),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(AUTHORITY_VALIDITY)),
                name,
                pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    }

    /** A certificate in PEM (RFC 7468). */
    static String pem(Certificate certificate) throws GeneralSecurityException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    private KeyStore load(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, password());
        }
        return store;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static void write(KeyStore store, Path file, char[] password) throws IOException, GeneralSecurityException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password);
        }
    }
}
