package energy.audit.agent.backend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import energy.audit.evidence.EnrolmentProof;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.OpenedKeyChange;
import energy.audit.evidence.VerificationKey;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** The smallest enrolment office that checks what it is shown: tokens, proofs, requests and announcements. */
public final class TestOffice implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpServer server;
    private final KeyPair authority;
    private final Map<String, String> tokens = new HashMap<>(); // token to the key that used it, or empty
    private final List<OpenedKeyChange> changes = new ArrayList<>();
    private final Duration validity;
    private VerificationKey known;
    private long serial;
    private boolean swallowing;
    private boolean down;

    private static final class No extends Exception {
        private static final long serialVersionUID = 1L;

        No(String code) {
            super(code);
        }
    }

    private interface Answer {
        ObjectNode to(JsonNode body) throws Exception;
    }

    /** @param known the key that the agent had before this office was opened */
    public TestOffice(Duration validity, VerificationKey known) throws Exception {
        this.validity = validity;
        this.known = known;
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        authority = generator.generateKeyPair();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/enrolment", exchange -> answer(exchange, this::enrol));
        server.createContext("/api/v1/enrolment/certificates", exchange -> answer(exchange, this::renew));
        server.createContext("/api/v1/enrolment/key-changes", exchange -> answer(exchange, this::changeKey));
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    public synchronized void invites(String token) {
        tokens.put(token, "");
    }

    /** True: requests are done, and their answers lost. */
    public synchronized void swallowsAnswers(boolean now) {
        swallowing = now;
    }

    /** True: every answer is 503, and nothing is done. */
    public synchronized void isDown(boolean now) {
        down = now;
    }

    public synchronized List<OpenedKeyChange> changes() {
        return List.copyOf(changes);
    }

    private synchronized void answer(HttpExchange exchange, Answer answer) throws IOException {
        int status = 200;
        ObjectNode body;
        try {
            if (down) {
                exchange.sendResponseHeaders(503, -1);
                exchange.close();
                return;
            }
            body = answer.to(JSON.readTree(exchange.getRequestBody()));
        } catch (No e) {
            status = 403;
            body = JSON.createObjectNode()
                    .put("code", e.getMessage())
                    .put("detail", "the office says no")
                    .put("nextStep", "Ask for another one.");
        } catch (Exception e) {
            status = 500; // a fault of this office; the agent repeats the words
            body = JSON.createObjectNode().put("detail", e.toString());
        }
        if (swallowing) {
            exchange.close();
            return;
        }
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private ObjectNode enrol(JsonNode body) throws Exception {
        String token = body.path("token").asText();
        String used = tokens.get(token);
        VerificationKey key = VerificationKey.of(base64(body, "publicKey"));
        PKCS10CertificationRequest request = request(body);
        if (used == null) {
            throw new No("ENROLMENT_REFUSED");
        }
        if (!used.isEmpty() && !used.equals(body.path("publicKey").asText())) {
            throw new No("TOKEN_USED");
        }
        if (body.has("site") && !body.path("site").asText().equals("foundry-north")) {
            throw new No("OTHER_SITE");
        }
        if (!key.verifies(EnrolmentProof.byToken(token, request.getEncoded()), base64(body, "proof"))) {
            throw new No("BAD_PROOF");
        }
        tokens.put(token, body.path("publicKey").asText());
        known = key;
        return papers(request);
    }

    private ObjectNode renew(JsonNode body) throws Exception {
        PKCS10CertificationRequest request = request(body);
        if (!known.verifies(
                EnrolmentProof.renewal(body.path("atMs").asLong(), request.getEncoded()), base64(body, "proof"))) {
            throw new No("ENROLMENT_REFUSED");
        }
        return papers(request);
    }

    private ObjectNode changeKey(JsonNode body) throws Exception {
        OpenedKeyChange change;
        try {
            change = OpenedKeyChange.open(base64(body, "announcement"));
        } catch (MalformedEvidence e) {
            throw new No("BAD_KEY_CHANGE");
        }
        if (!change.oldKey().equals(known)) {
            throw new No("OTHER_KEY_IN_FORCE");
        }
        known = change.newKey();
        changes.add(change);
        return JSON.createObjectNode().put("logIndex", 41);
    }

    private static PKCS10CertificationRequest request(JsonNode body) throws Exception {
        try (PEMParser parser =
                new PEMParser(new StringReader(body.path("request").asText()))) {
            PKCS10CertificationRequest request = (PKCS10CertificationRequest) parser.readObject();
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder()
                    .build(new JcaPKCS10CertificationRequest(request).getPublicKey()))) {
                throw new No("BAD_REQUEST");
            }
            return request;
        }
    }

    private ObjectNode papers(PKCS10CertificationRequest request) throws Exception {
        Instant now = Instant.now();
        byte[] certificate = new X509v3CertificateBuilder(
                        new X500Name("CN=Test agents"),
                        BigInteger.valueOf(++serial),
                        Date.from(now),
                        Date.from(now.plus(validity)),
                        new X500Name("CN=demo-castings.roof-agent"),
                        request.getSubjectPublicKeyInfo())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(authority.getPrivate()))
                .getEncoded();
        return JSON.createObjectNode()
                .put("tenant", "demo-castings")
                .put("agent", "roof-agent")
                .put("site", "foundry-north")
                .put("installation", TestBackend.INSTALLATION)
                .put("logPublicKey", Base64.getEncoder().encodeToString(known.raw()))
                .put(
                        "certificate",
                        "-----BEGIN CERTIFICATE-----\n"
                                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
                                + "\n-----END CERTIFICATE-----\n")
                .put("certificateNotAfter", now.plus(validity).toString())
                .put("brokerHost", "broker.test")
                .put("brokerPort", 8883)
                .put("brokerAuthority", "");
    }

    private static byte[] base64(JsonNode body, String field) {
        return Base64.getDecoder().decode(body.path(field).asText());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
