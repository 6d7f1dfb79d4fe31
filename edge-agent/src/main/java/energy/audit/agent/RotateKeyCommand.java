package energy.audit.agent;

import energy.audit.agent.config.AgentSettings;
import energy.audit.agent.config.ConfigurationRefused;
import energy.audit.agent.enrol.KeyRotation;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "rotate-key",
        mixinStandardHelpOptions = true,
        description = {
            "Gives the agent a new signing key, running or not: the change is announced with the old key and the new one,",
            "becomes an entry of the log, and leaves no hole in the sequence. The old key is destroyed.",
            "Exit status 0: in force; 1: the backend has not taken it yet (a running agent goes on trying).",
            "",
            "Example: java -jar edge-agent.jar rotate-key --config /etc/energy-audit"
        })
final class RotateKeyCommand implements Callable<Integer> {
    private static final long NAP_MS = 200;

    @Option(names = "--config", required = true, paramLabel = "DIR", description = "the agent's directory")
    private @Nullable Path config;

    @Option(
            names = "--wait",
            paramLabel = "PT60S",
            description = "how long to wait for a running agent (default ${DEFAULT-VALUE})")
    private Duration patience = Duration.ofSeconds(60);

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        AgentHome home = new AgentHome(Objects.requireNonNull(config));
        AgentSettings settings = home.settings();
        if (settings.backend().isEmpty()) {
            throw new ConfigurationRefused(
                    home.settingsFile() + ", backend.url",
                    "the agent does not know where to announce its key",
                    "Set it to the portal's address, and backend.ca-file to what its certificate chains to");
        }
        home.key();
        KeyRotation.ask(home.directory(), new SecureRandom());
        boolean inForce = RunningAgent.runsOn(home) ? awaited(home) : done(home, settings);
        var line = Objects.requireNonNull(spec).commandLine();
        if (!inForce) {
            line.getErr()
                    .println(
                            "ERR KEY_CHANGE_FAILED the backend has not taken the new key yet; nothing is lost, and a running"
                                    + " agent goes on trying. See "
                                    + home.logs().resolve("service.log"));
            return 1;
        }
        line.getOut()
                .println("The new key of " + settings.agent() + " is in force. Public key: "
                        + Base64.getEncoder()
                                .encodeToString(home.key().verificationKey().raw()));
        return 0;
    }

    /** The running agent does it; its directory shows when. */
    private boolean awaited(AgentHome home) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        while (KeyRotation.underWay(home.directory())) {
            if (System.nanoTime() - until >= 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(NAP_MS);
        }
        return true;
    }

    private static boolean done(AgentHome home, AgentSettings settings) throws IOException, InterruptedException {
        try (RunningAgent agent =
                RunningAgent.open(home, settings, AgentSettings::window, Clock.systemUTC(), System.err)) {
            agent.rotation().tend();
        }
        return !KeyRotation.underWay(home.directory());
    }
}
