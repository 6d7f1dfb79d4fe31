package energy.audit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Invites an agent: issues the one-time token with which it enrols itself at the plant. */
@Command(
        name = "enrol-agent",
        mixinStandardHelpOptions = true,
        description = {
            "Issues a one-time token with which an edge agent enrols itself. The agent makes its own keys; they never leave it.",
            "The token is shown once, is good for one agent of one site, and expires. With --public-key the key is enrolled",
            "at once instead, without a token and without a certificate (for an agent that signs in with a password)."
        },
        exitCodeOnInvalidInput = 2,
        footer = {
            "",
            "Example: energy-audit enrol-agent --tenant demo-castings --site foundry-north --name foundry-north-roof"
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

    @Option(names = "--name", required = true, paramLabel = "N", description = "the agent, such as foundry-north-roof")
    private String name = "";

    @Option(
            names = "--valid-for",
            paramLabel = "PT24H",
            description = "how long the token is good, up to P30D (default ${DEFAULT-VALUE})")
    private Duration validFor = Duration.ofHours(24);

    @Option(names = "--public-key", paramLabel = "KEY", description = "its Ed25519 public key, 32 bytes, base64")
    private Optional<String> publicKey = Optional.empty();

    @Option(names = "--data", paramLabel = "DIR", description = "data folder of the stack (default .energy-audit)")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--json", description = "one JSON document instead of sentences")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Map<String, Object> agent = new LinkedHashMap<>();
        agent.put("agent", name);
        agent.put("site", site);
        publicKey.ifPresentOrElse(
                key -> agent.put("publicKey", checked(key.strip())), () -> agent.put("validFor", validFor.toString()));
        Portal portal = Portal.of(data);
        byte[] answer = portal.post(Portal.tenant(tenant) + (publicKey.isPresent() ? "/agents" : "/invitations"), agent)
                .body();
        PrintWriter out = spec.commandLine().getOut();
        JsonNode said = new ObjectMapper().readTree(answer);
        if (json) {
            out.println(new String(answer, StandardCharsets.UTF_8));
        } else if (publicKey.isPresent()) {
            out.printf(
                    "%s of %s is enrolled by entry %s of the log of %s.%n",
                    name, site, said.path("logIndex").asText("(not told)"), tenant);
        } else {
            explain(out, said, portal.authority());
        }
        return 0;
    }

    private void explain(PrintWriter out, JsonNode invitation, Optional<String> authority) {
        out.printf(
                "A token for %s, for site %s of %s, good once until %s. It is shown now and never again:%n%n  %s%n%n",
                name,
                site,
                tenant,
                invitation.path("expiresAt").asText(),
                invitation.path("token").asText());
        out.printf("At the plant, on the machine of the agent:%n%n");
        out.printf(
                "  java -jar edge-agent.jar enrol --url %s \\%n",
                invitation.path("url").asText());
        out.printf("      --token %s \\%n", invitation.path("token").asText());
        out.printf(
                "      --config /etc/energy-audit%s%n",
                authority.map(file -> " --ca energy-audit-authority.pem").orElse(""));
        authority.ifPresent(file -> out.printf(
                "%nCopy %s there as energy-audit-authority.pem: this installation's certificate is its own.%n", file));
    }

    private static String checked(String key) {
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
