package energy.audit.stack;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The commands of {@code ./energy-audit} that start and watch the servers of one machine. */
@Command(
        name = "energy-audit",
        description = "Starts, watches and stops a whole energy-audit installation on this machine.",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            SimulateCommand.class,
            RotateSecretsCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {"", "Example: ./energy-audit up --detach && ./energy-audit status"})
public final class Stack implements Runnable {
    static final int EXIT_NO = 1;
    static final int EXIT_USAGE = 2;

    /** Held here, because the log manager forgets a logger, and its level, that nobody holds. */
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init")
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    @SuppressWarnings("UnusedVariable")
    private boolean help;

    private Stack() {}

    /** Where the data of the demo lies unless {@code --data} says otherwise. */
    static Path dataOr(@org.jspecify.annotations.Nullable Path given, Path home) {
        return given == null ? home.resolve(".energy-audit") : given;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }

    public static void main(String[] args) {
        System.setOut(new PrintStream(System.out, true, StandardCharsets.UTF_8));
        // the migrations' own log is summed up in one progress line
        Logger.getLogger("").setLevel(Level.WARNING);
        FLYWAY.setLevel(Level.SEVERE);
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Stack())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExitCodeExceptionMapper(e -> e instanceof ParameterException ? EXIT_USAGE : EXIT_NO)
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    if (e instanceof StackFailure) {
                        line.getErr().println("energy-audit: " + e.getMessage());
                        return EXIT_NO;
                    }
                    throw e;
                });
    }
}
