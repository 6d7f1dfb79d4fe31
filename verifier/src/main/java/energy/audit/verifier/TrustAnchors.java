package energy.audit.verifier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import energy.audit.evidence.VerificationKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the auditor was given by another way than the report: names and keys that the report must agree with.
 *
 * @param installation name in the log's origin
 * @param logKey public key of the log
 * @param reportCertificateSha256 fingerprint of the certificate that signs PDFs, 64 lower-case hexadecimal digits
 * @param witnesses whose cosignatures under a checkpoint are told
 * @param agents keys of the agents; more than one for an agent whose key was changed; empty: not pinned
 */
record TrustAnchors(
        Optional<String> installation,
        Optional<VerificationKey> logKey,
        Optional<String> reportCertificateSha256,
        List<AgentKey> agents,
        List<WitnessKey> witnesses) {

    /** Somebody who cosigns heads of the log, and whose word counts for the auditor. */
    record WitnessKey(String name, VerificationKey key) {}

    /** A pinned key of an agent. */
    record AgentKey(String tenant, String agent, VerificationKey key) {}

    static final TrustAnchors NONE =
            new TrustAnchors(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of());

    TrustAnchors {
        agents = List.copyOf(agents);
        witnesses = List.copyOf(witnesses);
    }

    TrustAnchors(
            Optional<String> installation,
            Optional<VerificationKey> logKey,
            Optional<String> reportCertificateSha256,
            List<AgentKey> agents) {
        this(installation, logKey, reportCertificateSha256, agents, List.of());
    }

    boolean pinAgents() {
        return !agents.isEmpty();
    }

    /** True if this key was given for this agent. */
    boolean pins(String tenant, String agent, VerificationKey key) {
        return agents.contains(new AgentKey(tenant, agent, key));
    }

    /**
     * Reads a trust file: {@code {"installation", "logPublicKey" (base64), "reportCertificateSha256" (hex), "agents":
     * [{"tenant", "agent", "publicKey" (base64)}], "witnesses": [{"name", "publicKey" (base64)}]}}; every part may be left out.
     */
    static TrustAnchors read(Path file) throws UnreadableFile {
        try {
            JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(file));
            if (json == null || !json.isObject()) {
                throw new UnreadableFile("The trust file " + file + " is no JSON object.");
            }
            List<AgentKey> agents = new ArrayList<>();
            for (JsonNode agent : json.path("agents")) {
                agents.add(new AgentKey(
                        agent.path("tenant").asText(), agent.path("agent").asText(), key(agent.path("publicKey"))));
            }
            List<WitnessKey> witnesses = new ArrayList<>();
            for (JsonNode witness : json.path("witnesses")) {
                witnesses.add(new WitnessKey(witness.path("name").asText(), key(witness.path("publicKey"))));
            }
            return new TrustAnchors(
                    text(json.path("installation")),
                    json.hasNonNull("logPublicKey") ? Optional.of(key(json.path("logPublicKey"))) : Optional.empty(),
                    text(json.path("reportCertificateSha256")).map(TrustAnchors::fingerprint),
                    agents,
                    witnesses);
        } catch (JsonProcessingException e) {
            throw new UnreadableFile("The trust file " + file + " is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UnreadableFile("The trust file " + file + " cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new UnreadableFile("The trust file " + file + " holds a value that is no key: " + e.getMessage());
        }
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() && !node.asText().isEmpty() ? Optional.of(node.asText()) : Optional.empty();
    }

    private static VerificationKey key(JsonNode base64) {
        return VerificationKey.of(Base64.getDecoder().decode(base64.asText()));
    }

    private static String fingerprint(String hex) {
        String plain = hex.replace(":", "").replace(" ", "").toLowerCase(Locale.ROOT);
        if (!plain.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("reportCertificateSha256 has 64 hexadecimal digits, not '" + hex + "'");
        }
        return plain;
    }
}
