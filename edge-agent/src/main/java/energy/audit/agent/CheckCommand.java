package energy.audit.agent;

import energy.audit.agent.keep.SegmentCheck;
import energy.audit.evidence.VerificationKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Checks the kept batches of a stopped agent without changing anything: checksums, signatures, sequence, chain."
                    + " Exit status 1 if something is wrong.",
            "",
            "Example: java -jar edge-agent.jar check --config /etc/energy-audit"
        })
final class CheckCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "DIR", description = "the agent's directory")
    private @Nullable Path config;

    @Override
    public Integer call() throws IOException {
        AgentHome home = new AgentHome(Objects.requireNonNull(config));
        VerificationKey key = home.key().verificationKey();
        SegmentCheck check = SegmentCheck.of(home.kept(), key);
        System.out.println(check.batches() + " batches in " + check.segments() + " segments, head at sequence "
                + check.headSequence());
        check.findings().forEach(finding -> System.out.println("finding: " + finding));
        System.out.println(
                check.findings().isEmpty() ? "clean" : check.findings().size() + " findings");
        return check.findings().isEmpty() ? 0 : 1;
    }
}
