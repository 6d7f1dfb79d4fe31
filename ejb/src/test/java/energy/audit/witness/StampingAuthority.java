package energy.audit.witness;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/** An RFC 3161 service on a port of this machine, with a key and certificate of its own. */
final class StampingAuthority implements AutoCloseable {
    /** How it behaves. */
    enum Mood {
        HONEST,
        /** Answers with the stamp of an earlier question. */
        REPLAYS,
        /** Refuses, as a service does that cannot tell the time. */
        REFUSES,
        /** Answers what is no answer. */
        BABBLES
    }

    private final HttpServer server;
    private final KeyPair keys;
    private final X509CertificateHolder certificate;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile byte[] first = new byte[0];
    private volatile Mood mood = Mood.HONEST;

    StampingAuthority() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        X500Name name = new X500Name("CN=Stamps of the test");
        ContentSigner signer = new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate());
        certificate = new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        new Date(System.currentTimeMillis() - 60_000),
                        new Date(System.currentTimeMillis() + 3_600_000),
                        name,
                        keys.getPublic())
                .addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping))
                .build(signer);
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = answer(exchange.getRequestBody().readAllBytes());
            exchange.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tsa");
    }

    void mood(Mood next) {
        mood = next;
    }

    void writeCertificate(Path file) throws IOException {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(certificate.getEncoded());
        Files.writeString(file, "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n");
    }

    private byte[] answer(byte[] question) throws IOException {
        try {
            if (mood == Mood.BABBLES) {
                return "<html>come back later</html>".getBytes(StandardCharsets.UTF_8);
            }
            if (mood == Mood.REPLAYS) {
                return first;
            }
            DigestCalculator digest = new JcaDigestCalculatorProviderBuilder()
                    .build()
                    .get(new org.bouncycastle.asn1.x509.AlgorithmIdentifier(
                            org.bouncycastle.asn1.oiw.OIWObjectIdentifiers.idSHA1));
            TimeStampTokenGenerator tokens = new TimeStampTokenGenerator(
                    new JcaSimpleSignerInfoGeneratorBuilder()
                            .build("SHA256withRSA", keys.getPrivate(), certificateOf()),
                    digest,
                    new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"));
            tokens.addCertificates(new JcaCertStore(List.of(certificate)));
            TimeStampResponseGenerator responses = new TimeStampResponseGenerator(tokens, TSPAlgorithms.ALLOWED);
            TimeStampRequest request = new TimeStampRequest(question);
            BigInteger serial = BigInteger.valueOf(asked.incrementAndGet());
            TimeStampResponse response = mood == Mood.REFUSES
                    ? responses.generateFailResponse(2, 1 << 14, "the clock is not set")
                    : responses.generate(request, serial, new Date());
            if (first.length == 0) {
                first = response.getEncoded();
            }
            return response.getEncoded();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private java.security.cert.X509Certificate certificateOf() throws java.security.cert.CertificateException {
        return new org.bouncycastle.cert.jcajce.JcaX509CertificateConverter().getCertificate(certificate);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
