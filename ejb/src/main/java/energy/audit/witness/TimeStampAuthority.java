package energy.audit.witness;

import energy.audit.kernel.Fault;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.SignerInformationVerifier;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

/** Asks an RFC 3161 service over HTTP (its section 3.4) for a stamp, and keeps none that is not over what was sent. */
final class TimeStampAuthority {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int NONCE_BITS = 64;
    /** A token with its certificates has some kilobytes. */
    private static final int LONGEST_ANSWER = 256 * 1024;

    private final URI address;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final SecureRandom random = new SecureRandom();

    TimeStampAuthority(URI address) {
        this.address = address;
    }

    /** @throws Fault when the service does not answer, refuses, or answers something else than was asked for */
    TimeStampToken stamp(String note) {
        try {
            TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
            generator.setCertReq(true);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(note.getBytes(StandardCharsets.UTF_8));
            TimeStampRequest request =
                    generator.generate(TSPAlgorithms.SHA256, digest, new BigInteger(NONCE_BITS, random));
            TimeStampResponse response = new TimeStampResponse(sent(request.getEncoded()));
            response.validate(request);
            TimeStampToken token = response.getTimeStampToken();
            if (token == null) {
                throw refused("it answered status " + response.getStatus() + ": " + response.getStatusString(), null);
            }
            signed(token);
            return token;
        } catch (IOException | TSPException | OperatorCreationException e) {
            throw refused(String.valueOf(e.getMessage()), e);
        } catch (java.security.cert.CertificateException | NoSuchAlgorithmException e) {
            throw refused("its certificate cannot be used: " + e.getMessage(), e);
        }
    }

    /** By the certificate that the token itself brings; whether that one is trusted, an auditor decides. */
    private void signed(TimeStampToken token)
            throws OperatorCreationException, TSPException, java.security.cert.CertificateException {
        Collection<X509CertificateHolder> own = token.getCertificates().getMatches(token.getSID());
        if (own.isEmpty()) {
            throw refused("its answer brings no certificate", null);
        }
        SignerInformationVerifier verifier =
                new JcaSimpleSignerInfoVerifierBuilder().build(own.iterator().next());
        token.validate(verifier);
    }

    private byte[] sent(byte[] request) throws IOException {
        HttpRequest post = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/timestamp-query")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                .build();
        try {
            HttpResponse<byte[]> answer = http.send(post, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200 || answer.body().length > LONGEST_ANSWER) {
                throw refused(
                        "it answered HTTP " + answer.statusCode() + " with " + answer.body().length + " bytes", null);
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused("the server is shutting down", e);
        }
    }

    private Fault refused(String why, @org.jspecify.annotations.Nullable Exception cause) {
        return new Fault(
                "TIME_STAMP",
                "time-stamp service " + address,
                why.replaceFirst("\\.+$", ""),
                "Check energy.audit.tsa.url; the head is stamped in the next round.",
                cause);
    }
}
