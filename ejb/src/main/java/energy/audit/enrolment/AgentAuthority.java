package energy.audit.enrolment;

import energy.audit.kernel.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.Enumeration;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The installation's authority for agents' client certificates and for the list of the revoked ones (X.509 v3 and CRL v2,
 * RFC 5280). It signs nothing else: whoever holds one of its certificates is that agent at the broker, and nobody anywhere
 * else.
 *
 * @param key EC P-256; never leaves this program
 */
public record AgentAuthority(PrivateKey key, X509Certificate certificate) {
    static final String DIRECTORY_PROPERTY = "energy.audit.keys.dir";

    /** The longest that public authorities may give a server; agents renew when a third of it is left. */
    private static final Duration VALIDITY = Duration.ofDays(397);

    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);
    private static final Duration LIST_VALIDITY = Duration.ofDays(1);
    private static final String ALGORITHM = "SHA256withECDSA";

    /** A certificate and what is kept about it. @param serial lower-case hexadecimal */
    record Issued(String pem, String serial, Instant notAfter) {}

    /** A line of the revocation list. */
    record Revoked(String serial, Instant at) {}

    /** Reads {@code agent-authority.p12} with the password in {@code agent-authority.password}. */
    public static AgentAuthority read(Path directory) {
        Path file = directory.resolve("agent-authority.p12");
        try (InputStream in = Files.newInputStream(file)) {
            char[] password = Files.readString(directory.resolve("agent-authority.password"))
                    .strip()
                    .toCharArray();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            for (Enumeration<String> aliases = store.aliases(); aliases.hasMoreElements(); ) {
                String alias = aliases.nextElement();
                if (store.getKey(alias, password) instanceof PrivateKey key
                        && store.getCertificate(alias) instanceof X509Certificate certificate) {
                    return new AgentAuthority(key, certificate);
                }
            }
            throw new GeneralSecurityException("it holds no key with a certificate");
        } catch (IOException | GeneralSecurityException e) {
            throw new Fault(
                    "AGENT_AUTHORITY_UNREADABLE",
                    "agent authority " + file,
                    String.valueOf(e.getMessage()),
                    "Put an EC P-256 key with its authority's certificate there, and the password beside it, mode 600.",
                    e);
        }
    }

    /** Signs a client certificate with the subject {@code CN=user}, whatever its request asked for. */
    Issued issue(String user, PublicKey of, Instant now, SecureRandom random) {
        BigInteger serial = new BigInteger(127, random).setBit(126);
        Instant notAfter = now.plus(VALIDITY);
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    certificate,
                    serial,
                    Date.from(now.minus(CLOCKS_DIFFER)),
                    Date.from(notAfter),
                    new X500Name("CN=" + user),
                    of);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
            X509Certificate issued = new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(ALGORITHM).build(key)));
            String pem = "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(issued.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
            return new Issued(pem, serial.toString(16), issued.getNotAfter().toInstant());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw cannotSign("certificate of " + user, e);
        }
    }

    /** The revocation list in DER. Its number is the instant in ms, so it grows with each list. */
    byte[] list(Collection<Revoked> revoked, Instant now) {
        try {
            var builder = new JcaX509v2CRLBuilder(certificate, Date.from(now));
            builder.setNextUpdate(Date.from(now.plus(LIST_VALIDITY)));
            for (Revoked line : revoked) {
                builder.addCRLEntry(
                        new BigInteger(line.serial(), 16), Date.from(line.at()), CRLReason.privilegeWithdrawn);
            }
            builder.addExtension(Extension.cRLNumber, false, new ASN1Integer(now.toEpochMilli()));
            return builder.build(new JcaContentSignerBuilder(ALGORITHM).build(key))
                    .getEncoded();
        } catch (IOException | OperatorCreationException e) {
            throw cannotSign("revocation list", e);
        }
    }

    private static Fault cannotSign(String what, Exception e) {
        return new Fault(
                "AGENT_AUTHORITY_FAILED",
                what,
                "it cannot be signed (" + e + ")",
                "Check that agent-authority.p12 holds an EC key and its certificate.",
                e);
    }

    /** Never the key itself. */
    @Override
    public String toString() {
        return "AgentAuthority[" + certificate.getSubjectX500Principal() + "]";
    }
}
