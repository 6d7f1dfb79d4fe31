package energy.audit.agent;

import energy.audit.agent.config.ConfigurationRefused;
import energy.audit.agent.config.PrivateFile;
import energy.audit.evidence.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * The agent's key for the line to the broker (EC P-256, {@code agent-tls.key}), the request for its certificate
 * ({@code agent.csr}, with {@code agent.csr.proof} by the signing key) and the certificate ({@code agent-tls.crt}). It
 * is another key than the one that signs batches: a certificate can be renewed without touching any evidence.
 */
record TlsIdentity(Path directory) {
    private static final byte[] PROOF_PREFIX = "energy-audit/enrolment/v1\n".getBytes(StandardCharsets.US_ASCII);

    private Path keyFile() {
        return directory.resolve("agent-tls.key");
    }

    private Path certificateFile() {
        return directory.resolve("agent-tls.crt");
    }

    boolean certified() {
        return Files.exists(certificateFile());
    }

    /** Makes key and request if there are none; the private key never leaves the directory. */
    void requestIfAbsent(SecureRandom random, SigningKey signingKey) throws IOException {
        Path request = directory.resolve("agent.csr");
        if (Files.exists(request) && Files.exists(keyFile())) {
            return;
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            byte[] der = new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=edge-agent"), pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                    .getEncoded();
            Files.deleteIfExists(keyFile());
            PrivateFile.create(keyFile(), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            Files.writeString(
                    directory.resolve("agent.csr.proof"),
                    Base64.getEncoder().encodeToString(signingKey.sign(proven(der))) + "\n");
            Files.writeString(request, pem("CERTIFICATE REQUEST", der));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("cannot make the agent's TLS key in " + directory, e);
        }
    }

    /** What the signing key signs to show that it stands behind a request. */
    static byte[] proven(byte[] requestDer) {
        byte[] message = java.util.Arrays.copyOf(PROOF_PREFIX, PROOF_PREFIX.length + requestDer.length);
        System.arraycopy(requestDer, 0, message, PROOF_PREFIX.length, requestDer.length);
        return message;
    }

    /** Key and certificate as TLS wants them. */
    KeyManagerFactory keys() {
        try (PEMParser parser = new PEMParser(new StringReader(PrivateFile.read(keyFile())));
                InputStream in = Files.newInputStream(certificateFile())) {
            if (!(parser.readObject() instanceof PrivateKeyInfo key)) {
                throw refused("it holds no PKCS #8 key", null);
            }
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .toArray(Certificate[]::new);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("agent", new JcaPEMKeyConverter().getPrivateKey(key), new char[0], chain);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            return factory;
        } catch (IOException | GeneralSecurityException e) {
            throw refused("they cannot be read", e);
        }
    }

    private ConfigurationRefused refused(String why, @org.jspecify.annotations.Nullable Exception cause) {
        return new ConfigurationRefused(
                keyFile() + " and " + certificateFile(),
                cause == null ? why : why + " (" + cause + ")",
                "Restore both files, or enrol the agent again");
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----\n";
    }
}
