package energy.audit.agent.enrol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.audit.agent.config.ConfigurationRefused;
import energy.audit.evidence.EnrolmentProof;
import energy.audit.evidence.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/** The backend's door for agents, {@code /api/v1/enrolment}, over TLS 1.3. */
public final class EnrolmentOffice {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final URI door;
    private final HttpClient http;

    private EnrolmentOffice(URI door, HttpClient http) {
        this.door = door;
        this.http = http;
    }

    /**
     * @param portal HTTPS address of the portal; plain HTTP on this machine only
     * @param caFile PEM that its certificate must chain to; empty: the Java runtime's own authorities
     * @throws ConfigurationRefused for another address, or a file that holds no certificates
     */
    public static EnrolmentOffice at(URI portal, Optional<Path> caFile) {
        boolean local = portal.getHost() != null && LOOPBACK.contains(portal.getHost());
        if (portal.getHost() == null
                || !("https".equals(portal.getScheme()) || ("http".equals(portal.getScheme()) && local))) {
            throw new ConfigurationRefused(
                    portal.toString(),
                    "a token goes over TLS only, except on this machine",
                    "Give the address that enrol-agent printed: https://HOST:PORT/");
        }
        HttpClient.Builder http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE);
        if ("https".equals(portal.getScheme())) {
            SSLParameters tls = new SSLParameters();
            tls.setProtocols(new String[] {"TLSv1.3"});
            http.sslParameters(tls);
            caFile.ifPresent(file -> http.sslContext(trusting(file)));
        }
        String address = portal.toString();
        return new EnrolmentOffice(
                URI.create((address.endsWith("/") ? address : address + "/") + "api/v1/enrolment"), http.build());
    }

    private static SSLContext trusting(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int i = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + i++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigurationRefused(
                    pem.toString(), "its certificates cannot be read (" + e + ")", "Give a PEM file");
        }
    }

    /**
     * Shows a one-time token.
     *
     * @param site that the agent is configured for, if it is yet
     * @param key that signs batches
     * @param requestDer PKCS #10
     * @throws EnrolmentRefused if the answer is no
     * @throws IOException if no answer came; the token may have been used, and the same key may ask again
     */
    public Papers enrol(String token, Optional<String> site, SigningKey key, byte[] requestDer)
            throws EnrolmentRefused, IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode()
                .put("token", token)
                .put("publicKey", base64(key.verificationKey().raw()))
                .put("request", TlsIdentity.pem("CERTIFICATE REQUEST", requestDer))
                .put("proof", base64(key.sign(EnrolmentProof.byToken(token, requestDer))));
        site.ifPresent(value -> body.put("site", value));
        return papers(post("", body));
    }

    /** Asks for the next certificate. @param key the agent's newest, which the backend knows */
    public Papers renew(String tenant, String agent, SigningKey key, byte[] requestDer, long atMs)
            throws EnrolmentRefused, IOException, InterruptedException {
        return papers(post(
                "/certificates",
                JSON.createObjectNode()
                        .put("tenant", tenant)
                        .put("agent", agent)
                        .put("request", TlsIdentity.pem("CERTIFICATE REQUEST", requestDer))
                        .put("atMs", atMs)
                        .put("proof", base64(key.sign(EnrolmentProof.renewal(atMs, requestDer))))));
    }

    /** Announces the next key. @return index of the log's entry */
    public long changeKey(byte[] announcement) throws EnrolmentRefused, IOException, InterruptedException {
        JsonNode answer = post("/key-changes", JSON.createObjectNode().put("announcement", base64(announcement)));
        if (!answer.path("logIndex").isIntegralNumber()) {
            throw new IOException(door + " answered without a log index");
        }
        return answer.path("logIndex").asLong();
    }

    private JsonNode post(String path, ObjectNode body) throws EnrolmentRefused, IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(
                HttpRequest.newBuilder(URI.create(door + path))
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .timeout(PATIENCE)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        int status = answer.statusCode();
        JsonNode json;
        try {
            json = JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new IOException(door + path + " answered HTTP " + status + " and no JSON: is it the portal?", e);
        }
        if (status / 100 == 4 && json.path("code").isTextual()) {
            throw new EnrolmentRefused(
                    json.path("code").asText(),
                    json.path("detail").asText(),
                    json.path("nextStep").asText());
        }
        if (status / 100 != 2) {
            throw new IOException(door + path + " answered HTTP " + status + " "
                    + json.path("detail").asText());
        }
        return json;
    }

    private static Papers papers(JsonNode json) throws IOException {
        try {
            return new Papers(
                    text(json, "tenant"),
                    text(json, "agent"),
                    text(json, "site"),
                    text(json, "installation"),
                    text(json, "logPublicKey"),
                    text(json, "certificate"),
                    Instant.parse(text(json, "certificateNotAfter")),
                    text(json, "brokerHost"),
                    json.path("brokerPort").asInt(),
                    json.path("brokerAuthority").asText());
        } catch (DateTimeException e) {
            throw new IOException("the portal's answer has a wrong time: " + e.getMessage(), e);
        }
    }

    private static String text(JsonNode json, String field) throws IOException {
        String value = json.path(field).asText();
        if (value.isEmpty()) {
            throw new IOException("the portal's answer lacks the field " + field);
        }
        return value;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
