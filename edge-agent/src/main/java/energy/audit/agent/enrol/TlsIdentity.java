package energy.audit.agent.enrol;

import energy.audit.agent.config.ConfigurationRefused;
import energy.audit.agent.config.PrivateFile;
import energy.audit.agent.keep.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The agent's key for the line to the broker (EC P-256, {@code agent-tls.key}) and its client certificate
 * ({@code agent-tls.crt}). It is another key than the one that signs batches: a certificate can be renewed without
 * touching any evidence.
 *
 * @param directory the agent's
 */
public record TlsIdentity(Path directory) {
    private static final String KEY = "agent-tls.key";
    private static final String CERTIFICATE = "agent-tls.crt";
    private static final String PUBLIC = "agent-tls.pub";

    private Path keyFile() {
        return directory.resolve(KEY);
    }

    private Path certificateFile() {
        return directory.resolve(CERTIFICATE);
    }

    /** Whether there is a certificate. */
    public boolean certified() {
        return Files.exists(certificateFile());
    }

    /** Makes the key if there is none; the private half never leaves the directory. */
    void keyMadeIfAbsent(SecureRandom random) throws IOException {
        if (Files.exists(keyFile()) && Files.exists(directory.resolve(PUBLIC))) {
            return;
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            Files.deleteIfExists(keyFile());
            PrivateFile.create(keyFile(), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            Disk.REAL.replace(
                    directory.resolve(PUBLIC),
                    pem("PUBLIC KEY", pair.getPublic().getEncoded()).getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot make the agent's TLS key in " + directory, e);
        }
    }

    /** A request for a certificate (PKCS #10, RFC 2986) in DER; its subject says nothing, the authority decides it. */
    public byte[] request() throws IOException {
        try (PEMParser parser = new PEMParser(Files.newBufferedReader(publicKeyFile()))) {
            Object read = parser.readObject();
            SubjectPublicKeyInfo known = read instanceof SubjectPublicKeyInfo info
                    ? info
                    : SubjectPublicKeyInfo.getInstance(
                            certificate().getPublicKey().getEncoded());
            return new PKCS10CertificationRequestBuilder(
                            org.bouncycastle.asn1.x500.X500Name.getInstance(
                                    new X500Principal("CN=edge-agent").getEncoded()),
                            known)
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(privateKey()))
                    .getEncoded();
        } catch (OperatorCreationException e) {
            throw new IOException("cannot make a certificate request with " + keyFile(), e);
        }
    }

    /** An agent of an earlier version has no file with the public half; its certificate holds it. */
    private Path publicKeyFile() {
        Path file = directory.resolve(PUBLIC);
        return Files.exists(file) ? file : certificateFile();
    }

    private PrivateKey privateKey() throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(PrivateFile.read(keyFile())))) {
            if (parser.readObject() instanceof PrivateKeyInfo key) {
                return new JcaPEMKeyConverter().getPrivateKey(key);
            }
            throw refused("it holds no PKCS #8 key", null);
        }
    }

    /** The certificate that is in use. */
    public X509Certificate certificate() {
        try (InputStream in = Files.newInputStream(certificateFile())) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException | GeneralSecurityException e) {
            throw refused("the certificate cannot be read", e);
        }
    }

    /** Puts a renewed certificate in the place of the old one, in one step. @throws IOException if it is not for our key */
    void renewed(String pem) throws IOException {
        Path next = directory.resolve(CERTIFICATE + ".renewed");
        Disk.REAL.replace(next, pem.getBytes(StandardCharsets.US_ASCII));
        try (InputStream in = Files.newInputStream(next)) {
            X509Certificate fresh =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            if (!fresh.getPublicKey().equals(certificate().getPublicKey())
                    || !fresh.getSubjectX500Principal().equals(certificate().getSubjectX500Principal())) {
                throw new IOException("the new certificate is of another key or name than the old one");
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("the new certificate cannot be read", e);
        }
        Disk.REAL.rename(next, certificateFile());
        Disk.REAL.forceNames(directory);
    }

    /** Key and certificate as TLS wants them; read again at each handshake, so that a renewed certificate is used. */
    public KeyManagerFactory keys() {
        current(); // refuses files that cannot be used now, not at the first handshake
        return new CurrentKeys(this).factory();
    }

    /** What is in the files now. */
    CurrentKeys.Pair current() {
        try {
            return new CurrentKeys.Pair(privateKey(), certificate());
        } catch (IOException e) {
            throw refused("they cannot be read", e);
        }
    }

    private ConfigurationRefused refused(String why, @Nullable Exception cause) {
        return new ConfigurationRefused(
                keyFile() + " and " + certificateFile(),
                cause == null ? why : why + " (" + cause + ")",
                "Restore both files, or have the agent enrolled again under a new name");
    }

    static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----\n";
    }
}
