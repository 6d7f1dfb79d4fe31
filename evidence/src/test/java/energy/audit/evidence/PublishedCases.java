package energy.audit.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Published test data, read from beside the project; a test that needs an absent file is skipped and says so. */
final class PublishedCases {
    private static final Path ROOT = Path.of("../../shared/data");

    private PublishedCases() {}

    static Path file(String name) {
        Path file = ROOT.resolve(name);
        Assumptions.assumeTrue(Files.exists(file), () -> "published cases are absent: " + file.toAbsolutePath());
        return file;
    }

    static JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(file(name).toFile());
    }

    static byte[] hex(JsonNode node) {
        return HexFormat.of().parseHex(node.asText());
    }

    static List<Hash> hexHashes(JsonNode array) {
        List<Hash> hashes = new ArrayList<>();
        array.forEach(node -> hashes.add(Hash.of(hex(node))));
        return hashes;
    }

    static byte[] base64(JsonNode node) {
        return Base64.getDecoder().decode(node.asText());
    }
}
