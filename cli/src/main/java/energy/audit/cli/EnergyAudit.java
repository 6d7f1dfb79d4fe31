package energy.audit.cli;

import energy.audit.verifier.VerifyCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code energy-audit COMMAND}: exit status 0 done, 1 the answer is no, 2 wrong use or unreadable input. */
@Command(
        name = "energy-audit",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 2,
        exitCodeOnExecutionException = 2,
        version = "energy-audit 0.1.0",
        description = "Energy audits that an auditor can check without trusting the software.",
        subcommands = {
            VerifyCommand.class,
            ComplianceExport.class,
            Enpi.class,
            RevokeAgent.class,
            Registers.class,
            PowerQuality.class,
            EnrolAgent.class,
            Cosign.class,
            ImportProduction.class,
            ImportWeather.class,
            MigrateComplianceSchema.class,
        },
        footer = {"", "Example: energy-audit verify report.pdf --trust trust.json"})
public final class EnergyAudit implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new EnergyAudit()).setExecutionExceptionHandler((failure, line, parsed) -> {
            if (failure instanceof Refused refused) {
                line.getErr().println("energy-audit: " + refused.getMessage());
                return refused.exitStatus();
            }
            line.getErr().println("energy-audit: this is a defect of the program. Report it with what follows.");
            failure.printStackTrace(line.getErr());
            return Refused.WRONG_USE;
        });
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Name a command.");
    }
}
