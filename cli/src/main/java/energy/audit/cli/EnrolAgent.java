package energy.audit.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Enrols the key that an agent signs with; from the log's entry on, its batches are welcome. */
@Command(
        name = "enrol-agent",
        mixinStandardHelpOptions = true,
        description = {
            "Enrols an edge agent by its public key, as an entry of the tenant's log. The private key never leaves the agent.",
            "The agent prints its public key: java -jar edge-agent.jar init --config DIR"
        },
        exitCodeOnInvalidInput = 2,
        footer = {
            "",
            "Example: energy-audit enrol-agent --tenant demo-castings --site foundry-north --name foundry-north-agent \\",
            "             --public-key \"$(java -jar edge-agent.jar init --config /etc/energy-audit)\""
        })
final class EnrolAgent implements Callable<Integer> {
    private static final int KEY_BYTES = 32;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--tenant", required = true, paramLabel = "T", description = "the tenant, such as demo-castings")
    private String tenant = "";

    @Option(names = "--site", required = true, paramLabel = "S", description = "the site whose meters it reads")
    private String site = "";

    @Option(names = "--name", required = true, paramLabel = "N", description = "the agent, such as foundry-north-agent")
    private String name = "";

    @Option(names = "--public-key", paramLabel = "KEY", description = "its Ed25519 public key, 32 bytes, base64")
    private Optional<String> publicKey = Optional.empty();

    @Option(names = "--data", paramLabel = "DIR", description = "data folder of the stack (default .energy-audit)")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--json", description = "one JSON document instead of a sentence")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        String key = key();
        Map<String, Object> agent = new LinkedHashMap<>();
        agent.put("agent", name);
        agent.put("site", site);
        agent.put("publicKey", key);
        byte[] answer =
                Portal.of(data).post(Portal.tenant(tenant) + "/agents", agent).body();
        if (json) {
            spec.commandLine().getOut().println(new String(answer, StandardCharsets.UTF_8));
        } else {
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s of %s is enrolled by entry %s of the log of %s.%n",
                            name,
                            site,
                            new ObjectMapper().readTree(answer).path("logIndex").asText("(not told)"),
                            tenant);
        }
        return 0;
    }

    private String key() {
        String key = publicKey
                .orElseThrow(() -> Refused.input(
                        "--public-key",
                        "is missing; an agent is enrolled by the key that it made itself",
                        "Run 'java -jar edge-agent.jar init --config DIR' at the plant and give what it prints."))
                .trim();
        try {
            if (Base64.getDecoder().decode(key).length == KEY_BYTES) {
                return key;
            }
            throw Refused.input("--public-key " + key, "is not 32 bytes", "Give what the agent's init prints.");
        } catch (IllegalArgumentException e) {
            throw Refused.input("--public-key " + key, "is no base64", "Give what the agent's init prints.");
        }
    }
}
