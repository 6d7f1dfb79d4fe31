package energy.audit.evidence;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTCTime;

/**
 * A detached CMS signature (RFC 5652) in one form only: one signer, ECDSA with SHA-256, its self-signed P-256 certificate, and
 * the signed attributes content type, signing time, message digest and signing certificate (RFC 5035). The s of the ECDSA
 * signature is the smaller of its two possible values. Nothing in it is left unsigned or free, so a changed byte anywhere
 * is seen, and nobody without the key can give the signature a second form.
 */
public final class CanonicalCms {
    private static final ASN1ObjectIdentifier DATA = new ASN1ObjectIdentifier("1.2.840.113549.1.7.1");
    private static final ASN1ObjectIdentifier SIGNED_DATA = new ASN1ObjectIdentifier("1.2.840.113549.1.7.2");
    private static final ASN1ObjectIdentifier CONTENT_TYPE = new ASN1ObjectIdentifier("1.2.840.113549.1.9.3");
    private static final ASN1ObjectIdentifier MESSAGE_DIGEST = new ASN1ObjectIdentifier("1.2.840.113549.1.9.4");
    private static final ASN1ObjectIdentifier SIGNING_TIME = new ASN1ObjectIdentifier("1.2.840.113549.1.9.5");
    private static final ASN1ObjectIdentifier SIGNING_CERTIFICATE_V2 =
            new ASN1ObjectIdentifier("1.2.840.113549.1.9.16.2.47");
    private static final ASN1ObjectIdentifier SHA256 = new ASN1ObjectIdentifier("2.16.840.1.101.3.4.2.1");
    private static final ASN1ObjectIdentifier ECDSA_SHA256 = new ASN1ObjectIdentifier("1.2.840.10045.4.3.2");

    private CanonicalCms() {}

    /** What a good signature says. */
    public record Signer(X509Certificate certificate, Instant signingTime) {}

    /**
     * @param contentSha256 SHA-256 of the content that is signed
     * @param key private key of the certificate, on an elliptic curve
     * @return DER of the ContentInfo
     */
    public static byte[] sign(Hash contentSha256, PrivateKey key, X509Certificate certificate, Instant signingTime)
            throws GeneralSecurityException, IOException {
        DERSet attributes = attributes(contentSha256, certificate, signingTime);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(attributes.getEncoded(ASN1Encoding.DER));
        return assemble(attributes, certificate, EcdsaSignature.lowS(signature.sign(), certificate));
    }

    /**
     * Checks a signature over content with that hash.
     *
     * @throws MalformedEvidence saying which part is wrong
     */
    public static Signer verify(byte[] cms, Hash contentSha256) throws MalformedEvidence {
        try {
            ASN1Sequence signedData = ASN1Sequence.getInstance(
                    ((ASN1TaggedObject) ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(cms))
                                    .getObjectAt(1))
                            .getExplicitBaseObject());
            ASN1Set certificates = ASN1Set.getInstance((ASN1TaggedObject) signedData.getObjectAt(3), false);
            ASN1Sequence signerInfo = ASN1Sequence.getInstance(
                    ASN1Set.getInstance(signedData.getObjectAt(4)).getObjectAt(0));
            byte[] attributes = ASN1Set.getInstance((ASN1TaggedObject) signerInfo.getObjectAt(3), false)
                    .getEncoded(ASN1Encoding.DER);
            byte[] value =
                    ASN1OctetString.getInstance(signerInfo.getObjectAt(5)).getOctets();
            X509Certificate certificate =
                    certificate(certificates.getObjectAt(0).toASN1Primitive().getEncoded(ASN1Encoding.DER));
            Instant time = signingTime(attributes);
            DERSet expected = attributes(contentSha256, certificate, time);
            if (!Arrays.equals(expected.getEncoded(ASN1Encoding.DER), attributes)) {
                throw new MalformedEvidence(
                        "signature",
                        "CMS",
                        "was made for other content, or with another certificate than the one in the file");
            }
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initVerify(certificate);
            signature.update(attributes);
            if (!signature.verify(value)) {
                throw new MalformedEvidence("signature", "CMS", "does not verify with the certificate in the file");
            }
            if (!Arrays.equals(EcdsaSignature.lowS(value, certificate), value)) {
                throw new MalformedEvidence(
                        "signature", "CMS", "has a second form: s is not the smaller of its two values");
            }
            certificate.verify(certificate.getPublicKey());
            if (!Arrays.equals(assemble(expected, certificate, value), cms)) {
                throw new MalformedEvidence(
                        "signature", "CMS", "is not in its one form: a byte that is not signed was changed");
            }
            return new Signer(certificate, time);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new MalformedEvidence("signature", "CMS", "is no readable CMS signature: " + e.getMessage());
        }
    }

    private static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new java.io.ByteArrayInputStream(der));
    }

    private static Instant signingTime(byte[] attributes) throws MalformedEvidence {
        try {
            for (var element : ASN1Set.getInstance(attributes)) {
                ASN1Sequence attribute = ASN1Sequence.getInstance(element);
                if (attribute.getObjectAt(0).equals(SIGNING_TIME)) {
                    return ASN1UTCTime.getInstance(ASN1Set.getInstance(attribute.getObjectAt(1))
                                    .getObjectAt(0))
                            .getAdjustedDate()
                            .toInstant();
                }
            }
        } catch (java.text.ParseException e) {
            throw new MalformedEvidence("signature", "CMS", "its signing time is no time");
        }
        throw new MalformedEvidence("signature", "CMS", "has no signing time");
    }

    private static DERSet attributes(Hash contentSha256, X509Certificate certificate, Instant signingTime)
            throws GeneralSecurityException {
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(attribute(CONTENT_TYPE, DATA));
        attributes.add(attribute(SIGNING_TIME, new DERUTCTime(Date.from(signingTime))));
        attributes.add(attribute(MESSAGE_DIGEST, new DEROctetString(contentSha256.bytes())));
        // ESSCertIDv2 with the default algorithm SHA-256 left out, as DER wants it
        attributes.add(attribute(
                SIGNING_CERTIFICATE_V2,
                new DERSequence(new DERSequence(new DERSequence(
                        new DEROctetString(Hash.sha256(certificate.getEncoded()).bytes()))))));
        return new DERSet(attributes);
    }

    private static DERSequence attribute(ASN1ObjectIdentifier type, org.bouncycastle.asn1.ASN1Encodable value) {
        ASN1EncodableVector attribute = new ASN1EncodableVector();
        attribute.add(type);
        attribute.add(new DERSet(value));
        return new DERSequence(attribute);
    }

    private static byte[] assemble(DERSet attributes, X509Certificate certificate, byte[] signature)
            throws GeneralSecurityException, IOException {
        DERSequence sha256 = new DERSequence(SHA256);
        ASN1EncodableVector signer = new ASN1EncodableVector();
        signer.add(new ASN1Integer(BigInteger.ONE));
        ASN1EncodableVector issuerAndSerial = new ASN1EncodableVector();
        issuerAndSerial.add(
                ASN1Primitive.fromByteArray(certificate.getIssuerX500Principal().getEncoded()));
        issuerAndSerial.add(new ASN1Integer(certificate.getSerialNumber()));
        signer.add(new DERSequence(issuerAndSerial));
        signer.add(sha256);
        signer.add(new DERTaggedObject(false, 0, attributes));
        signer.add(new DERSequence(ECDSA_SHA256));
        signer.add(new DEROctetString(signature));

        ASN1EncodableVector signedData = new ASN1EncodableVector();
        signedData.add(new ASN1Integer(BigInteger.ONE));
        signedData.add(new DERSet(sha256));
        signedData.add(new DERSequence(DATA));
        signedData.add(
                new DERTaggedObject(false, 0, new DERSet(ASN1Primitive.fromByteArray(certificate.getEncoded()))));
        signedData.add(new DERSet(new DERSequence(signer)));

        ASN1EncodableVector contentInfo = new ASN1EncodableVector();
        contentInfo.add(SIGNED_DATA);
        contentInfo.add(new DERTaggedObject(true, 0, new DERSequence(signedData)));
        return new DERSequence(contentInfo).getEncoded(ASN1Encoding.DER);
    }
}
