package energy.audit.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What an agent writes about itself into {@code status.json} every few seconds. */
final class AgentStatus {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Path file;

    AgentStatus(Path folder) {
        this.file = folder.resolve("status.json");
    }

    /** The document, or a missing node while there is none. */
    JsonNode read() {
        try {
            return Files.exists(file) ? JSON.readTree(file.toFile()) : MissingNode.getInstance();
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
