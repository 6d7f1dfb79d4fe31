package energy.audit.enrolment;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Optional;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/**
 * A request for a certificate (PKCS #10, RFC 2986) whose own signature holds.
 *
 * @param der its exact bytes, which the agent's signing key signs too
 */
@SuppressWarnings("ArrayRecordComponent") // carried once, compared never
record CertificateRequest(byte[] der, PublicKey key) {
    private static final int LONGEST_PEM = 8_192;

    /** Empty for anything else. */
    static Optional<CertificateRequest> parsed(String pem) {
        if (pem.length() > LONGEST_PEM) {
            return Optional.empty();
        }
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            if (!(parser.readObject() instanceof PKCS10CertificationRequest asked)) {
                return Optional.empty();
            }
            PublicKey key = new JcaPKCS10CertificationRequest(asked).getPublicKey();
            return asked.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))
                    ? Optional.of(new CertificateRequest(asked.getEncoded(), key))
                    : Optional.empty();
        } catch (IOException | GeneralSecurityException | OperatorCreationException | PKCSException e) {
            // a stranger's bytes: that they are no request is the whole answer
            return Optional.empty();
        }
    }
}
