package energy.audit.verifier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** docs/verify_evidence.py, run as a program of its own. */
final class SecondVerifier {
    private static final Path SCRIPT = Path.of("../docs/verify_evidence.py");

    private SecondVerifier() {}

    /** One answer for each file: {@code valid}, {@code reason}, {@code figures}. Skips the test where no Python 3 is. */
    static JsonNode answers(List<Path> files) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3", SCRIPT.toString(), "--json"));
        files.forEach(file -> command.add(file.toString()));
        Path errors = Files.createTempFile("second-verifier", ".txt");
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status > 1 || out.isEmpty()) {
                throw new IllegalStateException("it ended with " + status + ": " + Files.readString(errors));
            }
            return new ObjectMapper().readTree(out);
        } catch (IOException e) {
            System.err.println("SKIPPED: there is no python3 here, so the second verifier is not tested");
            Assumptions.abort("no python3 here: " + e.getMessage());
            throw e;
        } finally {
            Files.deleteIfExists(errors);
        }
    }
}
