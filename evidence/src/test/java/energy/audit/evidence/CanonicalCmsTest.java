package energy.audit.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

class CanonicalCmsTest {
    private static final byte[] CONTENT = {1, 2, 3};
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final BigInteger P256_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private final KeyPair keys = keys();
    private final X509Certificate certificate = certificate(keys);

    @Test
    void whatIsSignedVerifiesHereAndWithAnIndependentImplementation() throws Exception {
        byte[] cms = CanonicalCms.sign(Hash.sha256(CONTENT), keys.getPrivate(), certificate, NOW);
        CanonicalCms.Signer signer = CanonicalCms.verify(cms, Hash.sha256(CONTENT));
        assertThat(signer.certificate()).isEqualTo(certificate);
        assertThat(signer.signingTime()).isEqualTo(NOW);
        SignerInformation independent = new CMSSignedData(new CMSProcessableByteArray(CONTENT), cms)
                .getSignerInfos()
                .iterator()
                .next();
        assertThat(independent.verify(new JcaSimpleSignerInfoVerifierBuilder().build(certificate)))
                .isTrue();
    }

    @Test
    void everyFlippedBitIsRefused() throws Exception {
        byte[] cms = CanonicalCms.sign(Hash.sha256(CONTENT), keys.getPrivate(), certificate, NOW);
        for (int bit = 0; bit < cms.length * 8; bit++) {
            byte[] forged = cms.clone();
            forged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> CanonicalCms.verify(forged, Hash.sha256(CONTENT)))
                    .as("bit " + bit)
                    .isInstanceOf(MalformedEvidence.class);
        }
        assertThatThrownBy(() -> CanonicalCms.verify(cms, Hash.sha256())).hasMessageContaining("other content");
    }

    /** (r, n - s) is as good to any ECDSA implementation; nobody may make a second file of one report with it. */
    @Test
    void theOtherFormOfTheSameSignatureIsRefused() throws Exception {
        byte[] cms = CanonicalCms.sign(Hash.sha256(CONTENT), keys.getPrivate(), certificate, NOW);
        SignerInformation signer = new CMSSignedData(new CMSProcessableByteArray(CONTENT), cms)
                .getSignerInfos()
                .iterator()
                .next();
        ASN1Sequence pair = ASN1Sequence.getInstance(signer.getSignature());
        BigInteger s = ((ASN1Integer) pair.getObjectAt(1)).getPositiveValue();
        ASN1EncodableVector other = new ASN1EncodableVector();
        other.add(pair.getObjectAt(0));
        other.add(new ASN1Integer(P256_ORDER.subtract(s)));
        byte[] mirrored = new DERSequence(other).getEncoded();
        byte[] low = EcdsaSignature.lowS(mirrored, certificate);
        assertThat(low).isEqualTo(signer.getSignature());
        assertThat(mirrored).isNotEqualTo(low);
        if (mirrored.length == low.length) {
            String hex = HexFormat.of().formatHex(cms);
            byte[] forged = HexFormat.of()
                    .parseHex(hex.replace(
                            HexFormat.of().formatHex(low), HexFormat.of().formatHex(mirrored)));
            assertThatThrownBy(() -> CanonicalCms.verify(forged, Hash.sha256(CONTENT)))
                    .hasMessageContaining("second form");
        }
    }

    @Test
    void aPreparedPdfIsSignedAndAnyByteOutsideOrInsideTheSignatureIsCovered() throws Exception {
        String head = "%PDF-1.7\n1 0 obj <</Type/Sig/ByteRange [0 00 00 00]/Contents ";
        byte[] pdf = pdf(head, "\n>> endobj\n%%EOF\n");
        byte[] signed = SignedPdf.sign(pdf, keys.getPrivate(), certificate, NOW);
        assertThat(SignedPdf.verify(signed).signingTime()).isEqualTo(NOW);
        for (int at = 0; at < signed.length; at++) {
            byte[] forged = signed.clone();
            forged[at] ^= 1;
            assertThatThrownBy(() -> SignedPdf.verify(forged)).as("byte " + at).isInstanceOf(MalformedEvidence.class);
        }
        assertThatThrownBy(() -> SignedPdf.verify(Arrays.copyOf(signed, signed.length + 1)))
                .isInstanceOf(MalformedEvidence.class)
                .hasMessageContaining("ByteRange");
    }

    @Test
    void aSignatureThatLeavesSomethingElseOutThanItsContentsIsRefused() throws Exception {
        byte[] trailing =
                pdf("%PDF-1.7\n1 0 obj <</Type/Sig/ByteRange [0 00 00 00]/Contents ", "\n>> endobj\n%%EOF\nmore");
        assertThatThrownBy(() -> SignedPdf.sign(trailing, keys.getPrivate(), certificate, NOW))
                .hasMessageContaining("after the last %%EOF");
        byte[] another = pdf("%PDF-1.7\n1 0 obj <</Type/Sig/ByteRange [0 00 00 00]/Reason ", "\n>> endobj\n%%EOF\n");
        assertThatThrownBy(() -> SignedPdf.sign(another, keys.getPrivate(), certificate, NOW))
                .hasMessageContaining("something else than the value of /Contents");
    }

    /** A file of head, room for 4,096 digits, and tail, with the byte range settled. */
    private static byte[] pdf(String head, String tail) {
        String room = "<" + "0".repeat(4_096) + ">";
        int end = 0;
        String settled = head;
        for (int round = 0; round < 3; round++) {
            end = settled.length() + room.length();
            settled = head.replace("[0 00 00 00]", "[0 " + settled.length() + " " + end + " " + tail.length() + "]");
        }
        return (settled + room + tail).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate certificate(KeyPair keys) {
        try {
            X500Principal name = new X500Principal("CN=Test reports");
            return new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    name,
                                    BigInteger.ONE,
                                    Date.from(NOW.minusSeconds(60)),
                                    Date.from(NOW.plusSeconds(60)),
                                    name,
                                    keys.getPublic())
                            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (org.bouncycastle.operator.OperatorException | java.security.cert.CertificateException e) {
            throw new IllegalStateException(e);
        }
    }
}
