package energy.audit.verifier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import energy.audit.evidence.Checkpoint;
import energy.audit.evidence.Hash;
import energy.audit.evidence.Merkle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A proof that a log of size {@code to} continues what it was at size {@code from}, as the server gives it at
 * {@code /api/v1/tenants/{tenant}/log/proof/consistency}. It needs no trust: it computes or it does not.
 */
record ConsistencyProof(long from, long to, List<Hash> path) {
    ConsistencyProof {
        path = List.copyOf(path);
    }

    static ConsistencyProof read(Path file) throws UnreadableFile {
        try {
            JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(file));
            List<Hash> path = new ArrayList<>();
            for (JsonNode hash : json.path("path")) {
                path.add(Hash.of(HexFormat.of().parseHex(hash.asText())));
            }
            return new ConsistencyProof(
                    json.path("from").asLong(), json.path("to").asLong(), path);
        } catch (JsonProcessingException e) {
            throw new UnreadableFile("The proof " + file + " is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UnreadableFile("The proof " + file + " cannot be read: " + e);
        } catch (IllegalArgumentException e) {
            throw new UnreadableFile("The proof " + file + " holds a value that is no hash: " + e.getMessage());
        }
    }

    boolean isAbout(Checkpoint smaller, Checkpoint larger) {
        return from == smaller.size() && to == larger.size();
    }

    boolean proves(Checkpoint smaller, Checkpoint larger) {
        return Merkle.consistent(from, to, smaller.root(), larger.root(), path);
    }
}
