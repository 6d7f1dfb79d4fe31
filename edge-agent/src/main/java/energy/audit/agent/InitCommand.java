package energy.audit.agent;

import energy.audit.evidence.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the agent's signing key if there is none, and prints the public key (base64).",
            "Only for an agent that is enrolled by its public key and signs in with a password; else use enrol.",
            "",
            "Example: java -jar edge-agent.jar init --config /etc/energy-audit"
        })
final class InitCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "DIR", description = "the agent's directory")
    private @Nullable Path config;

    @Override
    public Integer call() throws IOException {
        Path directory = Objects.requireNonNull(config);
        SigningKey key = new AgentHome(directory).keyMadeIfAbsent(new SecureRandom());
        System.out.println(
                Base64.getEncoder().encodeToString(key.verificationKey().raw()));
        return 0;
    }
}
