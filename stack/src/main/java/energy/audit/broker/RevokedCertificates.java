package energy.audit.broker;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The newest list of revoked client certificates (CRL, RFC 5280) that the agent authority has signed. One for the broker's
 * process: the broker makes the parts that write and read it by their names, and gives them no way to each other.
 */
final class RevokedCertificates {
    private static volatile RevokedCertificates inForce = new RevokedCertificates(null, Set.of());

    private final @Nullable Date issuedAt;
    private final Set<BigInteger> serials;

    private RevokedCertificates(@Nullable Date issuedAt, Set<BigInteger> serials) {
        this.issuedAt = issuedAt;
        this.serials = serials;
    }

    static RevokedCertificates inForce() {
        return inForce;
    }

    boolean holds(X509Certificate certificate) {
        return serials.contains(certificate.getSerialNumber());
    }

    int size() {
        return serials.size();
    }

    /**
     * Puts a list in force, if it is newer.
     *
     * @param der of the list
     * @return the certificates that the list before it did not name
     * @throws GeneralSecurityException if it is no list that this authority has signed
     */
    static synchronized Set<BigInteger> take(byte[] der, X509Certificate authority) throws GeneralSecurityException {
        X509CRL list = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
        list.verify(authority.getPublicKey());
        RevokedCertificates before = inForce;
        if (before.issuedAt != null && list.getThisUpdate().before(before.issuedAt)) {
            return Set.of(); // an old list shown again must not let anybody back in
        }
        Set<? extends X509CRLEntry> lines = list.getRevokedCertificates();
        Set<BigInteger> serials = lines == null
                ? Set.of()
                : lines.stream().map(X509CRLEntry::getSerialNumber).collect(Collectors.toUnmodifiableSet());
        inForce = new RevokedCertificates(list.getThisUpdate(), serials);
        return serials.stream()
                .filter(serial -> !before.serials.contains(serial))
                .collect(Collectors.toUnmodifiableSet());
    }
}
