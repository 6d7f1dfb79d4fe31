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
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The installation's keys, made once: the log's Ed25519 seed, the report signer (EC P-256, self-signed) and the
 * certificate of the TLS listeners, which is renewed 30 days before its end.
 */
final class Keys {
    private static final int SEED_BYTES = 32;
    private static final Duration REPORT_VALIDITY = Duration.ofDays(3652);
    private static final Duration TLS_VALIDITY = Duration.ofDays(397);
    private static final Duration RENEWAL = Duration.ofDays(30);
    private static final String ALIAS = "energy-audit";

    private final Installation installation;
    private final SecureRandom random;
    private final Clock clock;

    Keys(Installation installation, SecureRandom random, Clock clock) {
        this.installation = installation;
        this.random = random;
        this.clock = clock;
    }

    static Path tlsStore(Layout layout) {
        return layout.keys().resolve("tls.p12");
    }

    private Path logSeed() {
        return installation.layout().keys().resolve("log-signing.key");
    }

    private Path reportStore() {
        return installation.layout().keys().resolve("report-signing.p12");
    }

    /** Makes what is missing. */
    void ensure() {
        try {
            if (!Files.exists(logSeed())) {
                byte[] seed = new byte[SEED_BYTES];
                random.nextBytes(seed);
                Layout.writePrivate(logSeed(), Base64.getEncoder().encodeToString(seed) + "\n");
            }
            if (!Files.exists(reportStore())) {
                String password = installation.secrets().of("report-signing.password");
                Layout.writePrivate(installation.layout().keys().resolve("report-signing.password"), password + "\n");
                makeStore(reportStore(), password, "CN=Energy Audit report signing", REPORT_VALIDITY, false);
            }
            Path tls = tlsStore(installation.layout());
            String tlsPassword = installation.secrets().of("tls.password");
            if (!Files.exists(tls) || endsSoon(tls, tlsPassword)) {
                makeStore(tls, tlsPassword, "CN=localhost,O=Energy Audit demo", TLS_VALIDITY, true);
            }
            Layout.writePrivate(tlsCertificateFile(installation.layout()), tlsCertificate());
            new AgentAuthority(installation, random, clock).ensure();
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new StackFailure(
                    "keys in " + installation.layout().keys(), "cannot be made", "See the cause: " + e, e);
        }
    }

    /** The certificate of the TLS listeners in PEM: what agents must trust. */
    static Path tlsCertificateFile(Layout layout) {
        return layout.keys().resolve("tls.crt");
    }

    private String tlsCertificate() {
        Path store = tlsStore(installation.layout());
        try {
            return AgentAuthority.pem(
                    load(store, installation.secrets().of("tls.password")).getCertificate(ALIAS));
        } catch (IOException | GeneralSecurityException e) {
            throw new StackFailure(store.toString(), "cannot be read", "See the cause: " + e, e);
        }
    }

    /** Raw 32-byte Ed25519 public key of the logs' signer. */
    byte[] logPublicKey() {
        try {
            byte[] seed = Base64.getDecoder().decode(Files.readString(logSeed()).strip());
            return new Ed25519PrivateKeyParameters(seed, 0).generatePublicKey().getEncoded();
        } catch (IOException e) {
            throw new StackFailure(logSeed().toString(), "cannot be read", "See the cause: " + e, e);
        }
    }

    /** SHA-256 over the DER bytes of the report signer's certificate, lower-case hex. */
    String reportCertificateSha256() {
        try {
            Certificate certificate = load(reportStore(), installation.secrets().of("report-signing.password"))
                    .getCertificate(ALIAS);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (IOException | GeneralSecurityException e) {
            throw new StackFailure(reportStore().toString(), "cannot be read", "See the cause: " + e, e);
        }
    }

    private boolean endsSoon(Path store, String password) throws IOException, GeneralSecurityException {
        X509Certificate certificate = (X509Certificate) load(store, password).getCertificate(ALIAS);
        return certificate.getNotAfter().toInstant().isBefore(clock.instant().plus(RENEWAL));
    }

    private static KeyStore load(Path file, String password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, password.toCharArray());
        }
        return store;
    }

    private void makeStore(Path file, String password, String subject, Duration validity, boolean server)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        KeyPair pair = generator.generateKeyPair();
        Instant now = clock.instant();
        X500Name name = new X500Name(subject);
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(127, random).setBit(126),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(validity)),
                name,
                pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(
                Extension.keyUsage,
                true,
                new KeyUsage(server ? KeyUsage.digitalSignature : KeyUsage.digitalSignature | KeyUsage.nonRepudiation));
        if (server) {
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
            }));
        }
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(ALIAS, pair.getPrivate(), password.toCharArray(), new Certificate[] {certificate});
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
    }
}
