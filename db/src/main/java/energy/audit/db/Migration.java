package energy.audit.db;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateOutput;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * Brings a database to the current schema. Safe to run again.
 *
 * <p>{@code java -cp … energy.audit.db.Migration --url jdbc:postgresql://127.0.0.1:15432/energy_audit --user
 * energy_audit_owner --password-file FILE}; or with {@code ENERGY_AUDIT_DB_URL}, {@code ENERGY_AUDIT_DB_USER},
 * {@code ENERGY_AUDIT_DB_PASSWORD} in the environment. Exit 0 done, 1 the database refused, 2 wrong use.
 */
public final class Migration {
    private static final String USAGE = """
            Usage: Migration --url JDBC_URL [--user USER] [--password-file FILE]
            Brings a database to the current schema; safe to run again. Values may also come from the environment:
            ENERGY_AUDIT_DB_URL, ENERGY_AUDIT_DB_USER, ENERGY_AUDIT_DB_PASSWORD.
            Example: Migration --url jdbc:postgresql://127.0.0.1:15432/energy_audit --password-file owner.password
            """;

    private Migration() {}

    /**
     * What a run did.
     *
     * @param applied names of the migrations applied now, in order; empty when the schema was current
     * @param schemaVersion the schema's version after it
     */
    public record Outcome(List<String> applied, String schemaVersion) {
        public Outcome {
            applied = List.copyOf(applied);
        }
    }

    public static void main(String[] args) {
        System.exit(run(args, System.getenv(), System.out, System.err));
    }

    /** {@link #main} without ending the process. */
    public static int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
        if (List.of(args).contains("--help")) {
            out.print(USAGE);
            return 0;
        }
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (!List.of("--url", "--user", "--password-file").contains(args[i]) || i + 1 == args.length) {
                err.print("ERR option " + args[i] + " is unknown or has no value.\n" + USAGE);
                return 2;
            }
            options.put(args[i], args[i + 1]);
        }
        String url = options.getOrDefault("--url", environment.getOrDefault("ENERGY_AUDIT_DB_URL", ""));
        String user = options.getOrDefault("--user", environment.getOrDefault("ENERGY_AUDIT_DB_USER", Roles.OWNER));
        String passwordFile = options.getOrDefault("--password-file", "");
        if (url.isEmpty()) {
            err.print("ERR no database is named.\n" + USAGE);
            return 2;
        }
        String password;
        try {
            password = passwordFile.isEmpty()
                    ? environment.getOrDefault("ENERGY_AUDIT_DB_PASSWORD", "")
                    : Files.readString(Path.of(passwordFile)).strip();
        } catch (IOException e) {
            err.println("ERR password file " + passwordFile + " cannot be read: " + e + ". Name a readable file.");
            return 2;
        }
        try {
            Outcome outcome = migrate(url, user, password);
            outcome.applied().forEach(name -> out.println("applied " + name));
            out.println(
                    outcome.applied().isEmpty()
                            ? "The schema is current at version " + outcome.schemaVersion() + "; nothing to do."
                            : "The schema is now at version " + outcome.schemaVersion() + ".");
            return 0;
        } catch (MigrationRefused e) {
            err.println("ERR " + e.getMessage());
            return 1;
        }
    }

    /**
     * Applies what is missing.
     *
     * @param user the owner of the schema, see {@link Roles#OWNER}
     * @throws MigrationRefused when the database cannot be reached, lacks a role, or differs from what was applied before
     */
    public static Outcome migrate(String url, String user, String password) throws MigrationRefused {
        checkRoles(url, user, password);
        try {
            MigrateResult result = Flyway.configure(Migration.class.getClassLoader())
                    .dataSource(url, user, password)
                    .locations("classpath:db/migration")
                    // ranges of numbers belong to rooms, so a lower number may well arrive later
                    .outOfOrder(true)
                    .validateMigrationNaming(true)
                    .load()
                    .migrate();
            String version = result.targetSchemaVersion == null
                    ? String.valueOf(result.initialSchemaVersion)
                    : result.targetSchemaVersion;
            return new Outcome(result.migrations.stream().map(Migration::name).toList(), version);
        } catch (FlywayException e) {
            throw new MigrationRefused(
                    "schema of " + url,
                    String.valueOf(e.getMessage()),
                    "Applied migrations are never edited: restore the file, or restore the database from a backup.",
                    e);
        }
    }

    private static String name(MigrateOutput migration) {
        return "V" + migration.version + " " + migration.description;
    }

    private static void checkRoles(String url, String user, String password) throws MigrationRefused {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                PreparedStatement select = connection.prepareStatement(
                        "select rolsuper or rolbypassrls from pg_roles where rolname = ?")) {
            select.setString(1, Roles.APPLICATION);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new MigrationRefused(
                            "schema of " + url,
                            "the role " + Roles.APPLICATION + " does not exist",
                            "Create it as a superuser: create role " + Roles.APPLICATION
                                    + " login nosuperuser nobypassrls password '…'.",
                            null);
                }
                if (row.getBoolean(1)) {
                    throw new MigrationRefused(
                            "schema of " + url,
                            "the role " + Roles.APPLICATION + " would pass through row-level security",
                            "As a superuser: alter role " + Roles.APPLICATION + " nosuperuser nobypassrls.",
                            null);
                }
            }
        } catch (SQLException e) {
            throw new MigrationRefused(
                    "database " + url + " as " + user,
                    String.valueOf(e.getMessage()),
                    "Check address, user and password, and that the server runs.",
                    e);
        }
    }
}
