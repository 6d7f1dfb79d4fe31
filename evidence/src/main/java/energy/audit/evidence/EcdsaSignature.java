package energy.audit.evidence;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;

/** One form for an ECDSA signature (r, s): (r, n - s) is as good for the same message, so the smaller s is taken. */
final class EcdsaSignature {
    /** Order n of P-256, FIPS 186-4 D.1.2.3. */
    private static final BigInteger ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private EcdsaSignature() {}

    /** DER of the same signature with the smaller s. */
    static byte[] lowS(byte[] der, X509Certificate certificate) throws GeneralSecurityException, IOException {
        if (!(certificate.getPublicKey() instanceof ECPublicKey)
                || !((ECPublicKey) certificate.getPublicKey())
                        .getParams()
                        .getOrder()
                        .equals(ORDER)) {
            throw new SignatureException("the certificate's key is not on the curve P-256");
        }
        ASN1Sequence pair = ASN1Sequence.getInstance(der);
        if (pair.size() != 2) {
            throw new SignatureException("an ECDSA signature has two numbers, not " + pair.size());
        }
        BigInteger s = ASN1Integer.getInstance(pair.getObjectAt(1)).getPositiveValue();
        BigInteger low = s.min(ORDER.subtract(s));
        return new DERSequence(new org.bouncycastle.asn1.ASN1Encodable[] {pair.getObjectAt(0), new ASN1Integer(low)})
                .getEncoded(ASN1Encoding.DER);
    }
}
