package energy.audit.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts an agent out. */
@Command(
        name = "revoke-agent",
        mixinStandardHelpOptions = true,
        description = {
            "Revokes an edge agent by an entry of the tenant's log: its batches are refused from now on, and the broker cuts",
            "its connection within seconds and lets it in no more. What it sent before stays valid. Names are never given",
            "again: a new agent gets a new name."
        },
        exitCodeOnInvalidInput = 2,
        footer = {
            "",
            "Example: energy-audit revoke-agent --tenant demo-castings --name foundry-north-roof --reason \"gateway stolen\""
        })
final class RevokeAgent implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--tenant", required = true, paramLabel = "T", description = "the tenant, such as demo-castings")
    private String tenant = "";

    @Option(names = "--name", required = true, paramLabel = "N", description = "the agent, such as foundry-north-roof")
    private String name = "";

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "R",
            description = "why, in words; stands in the log for ever")
    private String reason = "";

    @Option(names = "--data", paramLabel = "DIR", description = "data folder of the stack (default .energy-audit)")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--json", description = "one JSON document instead of a sentence")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        byte[] answer = Portal.of(data)
                .post(
                        Portal.tenant(tenant) + "/agents/" + Portal.encoded(name) + "/revocation",
                        Map.of("reason", reason))
                .body();
        if (json) {
            spec.commandLine().getOut().println(new String(answer, StandardCharsets.UTF_8));
        } else {
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s is revoked by entry %s of the log of %s. Its batches go to quarantine, and the broker cuts it"
                                    + " off within seconds.%n",
                            name,
                            new ObjectMapper().readTree(answer).path("logIndex").asText("(not told)"),
                            tenant);
        }
        return 0;
    }
}
