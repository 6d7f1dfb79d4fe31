package energy.audit.agent;

import energy.audit.agent.config.ConfigurationRefused;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program of the plant: {@code java -jar edge-agent.jar --config DIR}. Exit status 0 done, 1 no, 2 wrong use. */
@Command(
        name = "edge-agent",
        mixinStandardHelpOptions = true,
        versionProvider = EdgeAgent.Version.class,
        description = {
            "Reads meters over Modbus, signs every reading at the plant, and sends it until the log's receipt proves that it"
                    + " arrived.",
            "",
            "Example: java -jar edge-agent.jar --config /etc/energy-audit"
        },
        subcommands = {
            EnrolCommand.class,
            RotateKeyCommand.class,
            InitCommand.class,
            BackfillCommand.class,
            ValidateCommand.class,
            SchemaCommand.class,
            PlanCommand.class,
            ProbeCommand.class,
            CheckCommand.class,
            ProfilesCommand.class,
            MappingCommand.class
        })
public final class EdgeAgent implements Callable<Integer> {
    static {
        // One broker connection and small messages: the network library needs no pools, and the heap stays small.
        System.setProperty("io.netty.allocator.type", "unpooled");
        System.setProperty("io.netty.noPreferDirect", "true");
        System.setProperty("io.netty.recycler.maxCapacityPerThread", "0");
        System.setProperty("rx3.computation-threads", "1");
        System.setProperty("rx2.computation-threads", "1");
    }

    @Option(names = "--config", paramLabel = "DIR", description = "the agent's directory; runs until it is terminated")
    private @Nullable Path config;

    @Spec
    private @Nullable CommandSpec spec;

    /** Version for {@code --version} and for the batches. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"edge-agent " + version()};
        }
    }

    static String version() {
        String version = EdgeAgent.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public Integer call() throws Exception {
        if (config == null) {
            CommandSpec known = java.util.Objects.requireNonNull(spec);
            throw new ParameterException(
                    known.commandLine(), "--config DIR is missing. Give the agent's directory, or a command");
        }
        return new LiveRun(new AgentHome(config), java.time.Clock.systemUTC(), System.out, System.err)
                .untilTerminated();
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new EdgeAgent());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof ConfigurationRefused) {
                command.getErr().println("ERR CONFIGURATION_REFUSED " + failure.getMessage());
                return 2;
            }
            command.getErr().println("ERR UNEXPECTED_FAILURE " + failure);
            failure.printStackTrace(command.getErr());
            return 1;
        });
        return line;
    }

    /** Runs a command and leaves with its status. */
    public static void main(String[] arguments) {
        ThirdPartyLogs.silence();
        System.exit(commandLine().execute(arguments));
    }
}
