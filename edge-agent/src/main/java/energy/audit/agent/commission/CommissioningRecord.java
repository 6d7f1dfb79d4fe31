package energy.audit.agent.commission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.VerificationKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;

/**
 * What was found at a meter's commissioning, signed by the agent: a JSON document whose {@code record} is the exact text that
 * the signature (Ed25519 over {@code "energy-audit/commissioning/v1\n"} and the text's UTF-8 bytes) covers.
 */
public final class CommissioningRecord {
    private static final byte[] DOMAIN = "energy-audit/commissioning/v1\n".getBytes(StandardCharsets.US_ASCII);
    private static final ObjectMapper JSON = new ObjectMapper();

    private CommissioningRecord() {}

    /** Writes the signed record to a file that must not exist yet. */
    public static void write(Path file, ObjectNode content, SigningKey key) throws IOException {
        String text = JSON.writeValueAsString(content);
        ObjectNode document = JSON.createObjectNode()
                .put("record", text)
                .put("publicKey", base64(key.verificationKey().raw()))
                .put("signature", base64(key.sign(signed(text))));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(
                file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(document), StandardOpenOption.CREATE_NEW);
    }

    /**
     * @param key the agent's enrolled key
     * @return the content, after its signature was checked
     * @throws MalformedEvidence if it is no such record, or was not signed by this key as it stands
     */
    public static JsonNode open(Path file, VerificationKey key) throws IOException, MalformedEvidence {
        JsonNode document = JSON.readTree(Files.readAllBytes(file));
        String text = document.path("record").asText();
        byte[] signature;
        try {
            signature = Base64.getDecoder().decode(document.path("signature").asText());
        } catch (IllegalArgumentException e) {
            throw new MalformedEvidence("commissioning record", file.toString(), "the signature is no base64");
        }
        if (!key.verifies(signed(text), signature)) {
            throw new MalformedEvidence(
                    "commissioning record", file.toString(), "it was not signed by this key as it stands");
        }
        return JSON.readTree(text);
    }

    private static byte[] signed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(DOMAIN);
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
