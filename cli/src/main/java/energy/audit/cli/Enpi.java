package energy.audit.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Commands about energy performance. */
@Command(
        name = "enpi",
        mixinStandardHelpOptions = true,
        description = "Energy performance models and savings.",
        subcommands = {EnpiFit.class, EnpiSavings.class},
        exitCodeOnInvalidInput = 2,
        footer = {"", "Example: energy-audit enpi fit --data months.csv --energy kWh --variables pieces,hdd"})
final class Enpi implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Name a command: fit or savings.");
    }
}
