package energy.audit.agent;

import com.google.protobuf.ByteString;
import energy.audit.agent.config.AgentSettings;
import energy.audit.agent.config.DeviceMapping;
import energy.audit.agent.keep.BufferFull;
import energy.audit.evidence.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "backfill",
        mixinStandardHelpOptions = true,
        description = {
            "Imports a data logger's memory: signs one batch a day and sends it until everything is receipted. Can be"
                    + " repeated: it goes on where it stopped.",
            "",
            "Example: java -jar edge-agent.jar backfill --config /var/lib/loggers/foundry-north --readings history.csv --progress"
        })
final class BackfillCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "DIR", description = "the logger's own agent directory")
    private @Nullable Path config;

    @Option(
            names = "--readings",
            required = true,
            paramLabel = "FILE",
            description =
                    "CSV: timestamp,<channel>,…; ISO 8601 instants ascending; raw counts; an empty cell is missing")
    private @Nullable Path readings;

    @Option(names = "--progress", description = "print a line each time that more days are receipted")
    private boolean progress;

    @Override
    public Integer call() throws IOException, BufferFull, InterruptedException {
        AgentHome home = new AgentHome(Objects.requireNonNull(config));
        AgentSettings settings = home.settings();
        ThirdPartyLogs.into(home.logs());
        Optional<ByteString> mapping = Files.exists(home.deviceMapping())
                ? Optional.of(ByteString.copyFrom(
                        Hash.sha256(DeviceMapping.read(home.deviceMapping()).fileBytes())
                                .bytes()))
                : Optional.empty();
        try (Termination termination = new Termination();
                RunningAgent agent = RunningAgent.open(
                        home, settings, AgentSettings::backfillWindow, Clock.systemUTC(), System.err)) {
            agent.start();
            boolean complete = new Backfill(
                            agent, Objects.requireNonNull(readings), mapping, System.out, progress, termination.asked())
                    .run();
            return complete ? 0 : 1;
        }
    }
}
