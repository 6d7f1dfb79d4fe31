package energy.audit.agent.commission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import energy.audit.evidence.Commissioning;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.VerificationKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Base64;

/**
 * What was found at a meter's commissioning, signed by the agent, as a file: a JSON document whose {@code record} is the exact
 * text that the signature (Ed25519 over {@code "energy-audit/commissioning/v1\n"} and the text's UTF-8 bytes) covers.
 */
public final class CommissioningRecord {
    private static final ObjectMapper JSON = new ObjectMapper();

    private CommissioningRecord() {}

    /** Writes the signed record to a file that must not exist yet: whole and on the disk when this returns, or not at all. */
    public static void write(Path file, ObjectNode content, SigningKey key) throws IOException {
        String text = JSON.writeValueAsString(content);
        var signed = Commissioning.seal(text, key);
        ObjectNode document = JSON.createObjectNode()
                .put("record", text)
                .put("publicKey", base64(signed.getPublicKey()))
                .put("signature", base64(signed.getSignature()));
        Path directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (FileChannel out = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes =
                    ByteBuffer.wrap(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(document));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    /**
     * @return the record as a batch carries it, after it was found signed by the key that it names
     * @throws MalformedEvidence if it is no such record, or was changed
     */
    public static energy.audit.evidence.wire.CommissioningRecord read(Path file) throws IOException, MalformedEvidence {
        energy.audit.evidence.wire.CommissioningRecord signed;
        try {
            JsonNode document = JSON.readTree(Files.readAllBytes(file));
            signed = energy.audit.evidence.wire.CommissioningRecord.newBuilder()
                    .setRecord(ByteString.copyFromUtf8(document.path("record").asText()))
                    .setPublicKey(bytes(document, "publicKey"))
                    .setSignature(bytes(document, "signature"))
                    .build();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw refused(file, "it is no JSON with record, publicKey and signature (" + e.getMessage() + ")");
        }
        if (!Commissioning.isSignedByItsKey(signed)) {
            throw refused(file, "it was not signed by this key as it stands");
        }
        return signed;
    }

    /**
     * @param key the agent's enrolled key
     * @return the content, after its signature was checked
     * @throws MalformedEvidence if it is no such record, or was not signed by this key as it stands
     */
    public static JsonNode open(Path file, VerificationKey key) throws IOException, MalformedEvidence {
        var signed = read(file);
        if (!Commissioning.isSignedBy(signed, key)) {
            throw refused(file, "it was not signed by this key as it stands");
        }
        return JSON.readTree(signed.getRecord().toStringUtf8());
    }

    private static MalformedEvidence refused(Path file, String why) {
        return new MalformedEvidence("commissioning record", file.toString(), why);
    }

    private static ByteString bytes(JsonNode document, String field) {
        return ByteString.copyFrom(
                Base64.getDecoder().decode(document.path(field).asText()));
    }

    private static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
