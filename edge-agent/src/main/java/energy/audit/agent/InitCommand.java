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
            "Makes the agent's signing key if there is none, and prints the public key (base64) for enrolment.",
            "Beside it: a key for TLS, and the request for its certificate (agent.csr, agent.csr.proof).",
            "",
            "Example: java -jar edge-agent.jar init --config /etc/energy-audit"
        })
final class InitCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "DIR", description = "the agent's directory")
    private @Nullable Path config;

    @Override
    public Integer call() throws IOException {
        Path directory = Objects.requireNonNull(config);
        SecureRandom random = new SecureRandom();
        SigningKey key = new AgentHome(directory).keyMadeIfAbsent(random);
        new TlsIdentity(directory).requestIfAbsent(random, key);
        System.out.println(
                Base64.getEncoder().encodeToString(key.verificationKey().raw()));
        return 0;
    }
}
