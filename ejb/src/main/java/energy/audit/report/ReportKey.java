package energy.audit.report;

import energy.audit.kernel.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Enumeration;

/**
 * With what report files are signed: an EC P-256 key and its self-signed certificate.
 *
 * @param key never leaves this program
 */
public record ReportKey(PrivateKey key, X509Certificate certificate) {
    static final String DIRECTORY_PROPERTY = "energy.audit.keys.dir";

    /** Reads {@code report-signing.p12} with the password in {@code report-signing.password}, first key of the store. */
    public static ReportKey read(Path directory) {
        Path file = directory.resolve("report-signing.p12");
        try (InputStream in = Files.newInputStream(file)) {
            char[] password = Files.readString(directory.resolve("report-signing.password"))
                    .strip()
                    .toCharArray();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            for (Enumeration<String> aliases = store.aliases(); aliases.hasMoreElements(); ) {
                String alias = aliases.nextElement();
                if (store.getKey(alias, password) instanceof PrivateKey key
                        && store.getCertificate(alias) instanceof X509Certificate certificate) {
                    return new ReportKey(key, certificate);
                }
            }
            throw unreadable(file, "it holds no key with a certificate", null);
        } catch (IOException | GeneralSecurityException e) {
            throw unreadable(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static Fault unreadable(Path file, String why, @org.jspecify.annotations.Nullable Exception cause) {
        return new Fault(
                "REPORT_KEY_UNREADABLE",
                "report key " + file,
                why,
                "Put an EC P-256 key with its self-signed certificate there, and the password beside it, mode 600.",
                cause);
    }

    /** Never the key itself. */
    @Override
    public String toString() {
        return "ReportKey[" + certificate.getSubjectX500Principal() + "]";
    }
}
