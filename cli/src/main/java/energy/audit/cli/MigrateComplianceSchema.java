package energy.audit.cli;

import energy.audit.db.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Brings a database to the current schema; safe to run again. */
@Command(
        name = "migrate-compliance-schema",
        mixinStandardHelpOptions = true,
        description = "Brings a database to the current schema. Safe to run again.",
        exitCodeOnInvalidInput = 2,
        footer = {
            "",
            "Example: energy-audit migrate-compliance-schema --url jdbc:postgresql://127.0.0.1:15432/energy_audit \\",
            "             --user energy_audit_owner --password-file owner.password"
        })
final class MigrateComplianceSchema implements Callable<Integer> {
    @Option(names = "--url", paramLabel = "U", description = "JDBC address of the database")
    private Optional<String> url = Optional.empty();

    @Option(names = "--user", paramLabel = "U", description = "the role that owns the schema")
    private Optional<String> user = Optional.empty();

    @Option(names = "--password-file", paramLabel = "FILE", description = "a file with the role's password")
    private Optional<String> passwordFile = Optional.empty();

    @Override
    public Integer call() {
        List<String> arguments = new ArrayList<>();
        url.ifPresent(value -> arguments.addAll(List.of("--url", value)));
        user.ifPresent(value -> arguments.addAll(List.of("--user", value)));
        passwordFile.ifPresent(value -> arguments.addAll(List.of("--password-file", value)));
        return Migration.run(arguments.toArray(String[]::new), System.getenv(), System.out, System.err);
    }
}
