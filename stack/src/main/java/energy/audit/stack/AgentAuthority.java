package energy.audit.stack;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
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
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/**
 * The installation's authority for agents' client certificates (X.509 v3, RFC 5280; requests are PKCS #10, RFC 2986). It
 * signs nothing else: whoever holds one of its certificates is that agent at the broker, and nobody anywhere else.
 */
final class AgentAuthority {
    private static final String ALIAS = "agent-authority";
    private static final byte[] PROOF_PREFIX = "energy-audit/enrolment/v1\n".getBytes(StandardCharsets.US_ASCII);
    private static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3652);
    private static final Duration AGENT_VALIDITY = Duration.ofDays(397);

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
            X509Certificate certificate =
                    certificate(name, pair.getPrivate(), name, pair.getPublic(), AUTHORITY_VALIDITY, true);
            KeyStore keys = empty();
            keys.setKeyEntry(ALIAS, pair.getPrivate(), password(), new Certificate[] {certificate});
            write(keys, store, password());
        }
        KeyStore trust = empty();
        trust.setCertificateEntry(ALIAS, load(store).getCertificate(ALIAS));
        write(
                trust,
                trustStore(installation.layout()),
                installation.secrets().of("tls.password").toCharArray());
    }

    /**
     * Signs an agent's request; its subject becomes {@code CN=tenant.agent}, whatever it asks for.
     *
     * @param request PKCS #10 in PEM
     * @param signingKey raw Ed25519 public key that the agent signs batches with, 32 bytes
     * @param proof Ed25519 signature over {@code energy-audit/enrolment/v1}, line feed, request in DER: both keys are held
     *     by the same agent
     * @return the client certificate in PEM
     */
    String sign(String user, String request, byte[] signingKey, byte[] proof) {
        try (PEMParser parser = new PEMParser(new StringReader(request))) {
            if (!(parser.readObject() instanceof org.bouncycastle.pkcs.PKCS10CertificationRequest asked)) {
                throw refused(user, "it is no PKCS #10 request in PEM");
            }
            byte[] der = asked.getEncoded();
            Ed25519Signer signer = new Ed25519Signer();
            signer.init(false, new Ed25519PublicKeyParameters(signingKey, 0));
            signer.update(PROOF_PREFIX, 0, PROOF_PREFIX.length);
            signer.update(der, 0, der.length);
            if (!signer.verifySignature(proof)) {
                throw refused(user, "it is not signed with the agent's signing key");
            }
            PublicKey key = new JcaPKCS10CertificationRequest(asked).getPublicKey();
            if (!asked.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw refused(user, "its own signature does not fit its key");
            }
            KeyStore authority = load(store(installation.layout()));
            X500Name issuer = new X500Name(((X509Certificate) authority.getCertificate(ALIAS))
                    .getSubjectX500Principal()
                    .getName());
            return pem(certificate(
                    issuer,
                    (PrivateKey) authority.getKey(ALIAS, password()),
                    new X500Name("CN=" + user),
                    key,
                    AGENT_VALIDITY,
                    false));
        } catch (IOException | GeneralSecurityException | OperatorCreationException | PKCSException e) {
            throw new StackFailure("certificate of agent " + user, "cannot be signed", "See the cause: " + e, e);
        }
    }

    private static StackFailure refused(String user, String why) {
        return new StackFailure(
                "certificate request of agent " + user, why, "Run init on the agent again and send what it writes.");
    }

    private X509Certificate certificate(
            X500Name issuer, PrivateKey signer, X500Name subject, PublicKey key, Duration validity, boolean authority)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        Instant now = clock.instant();
        var builder = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(127, random).setBit(126),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(validity)),
                subject,
                key);
        builder.addExtension(
                Extension.basicConstraints, true, authority ? new BasicConstraints(0) : new BasicConstraints(false));
        builder.addExtension(
                Extension.keyUsage,
                true,
                new KeyUsage(authority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature));
        if (!authority) {
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer)));
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
