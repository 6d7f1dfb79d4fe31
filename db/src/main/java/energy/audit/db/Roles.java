package energy.audit.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The two roles of the database: {@link #OWNER} owns and migrates, {@link #APPLICATION} has only the rights that the
 * backend needs and is subject to row-level security.
 */
public final class Roles {
    public static final String OWNER = "energy_audit_owner";
    public static final String APPLICATION = "energy_audit_app";

    private Roles() {}

    /**
     * Creates both roles and the database where they are missing, and sets the passwords. Safe to run again.
     *
     * @param superuser connection of a superuser to any database of the server, in auto-commit mode
     */
    public static void create(Connection superuser, String database, String ownerPassword, String applicationPassword)
            throws SQLException {
        role(superuser, OWNER, ownerPassword);
        role(superuser, APPLICATION, applicationPassword);
        if (!exists(superuser, "select 1 from pg_database where datname = ?", database)) {
            execute(
                    superuser,
                    "select format('create database %I owner %I encoding ''UTF8'' template template0', ?, ?)",
                    database,
                    OWNER);
        }
        execute(superuser, "select format('revoke all on database %I from public', ?)", database);
        execute(superuser, "select format('grant connect on database %I to %I', ?, ?)", database, APPLICATION);
    }

    private static void role(Connection superuser, String role, String password) throws SQLException {
        if (!exists(superuser, "select 1 from pg_roles where rolname = ?", role)) {
            execute(superuser, "select format('create role %I', ?)", role);
        }
        execute(
                superuser,
                "select format('alter role %I login nosuperuser nobypassrls nocreatedb nocreaterole password %L', ?, ?)",
                role,
                password);
    }

    private static boolean exists(Connection superuser, String query, String name) throws SQLException {
        try (PreparedStatement select = superuser.prepareStatement(query)) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Lets the server quote names and passwords, then runs what it wrote. */
    private static void execute(Connection superuser, String format, String... values) throws SQLException {
        String statement;
        try (PreparedStatement select = superuser.prepareStatement(format)) {
            for (int i = 0; i < values.length; i++) {
                select.setString(i + 1, values[i]);
            }
            try (ResultSet row = select.executeQuery()) {
                row.next();
                statement = row.getString(1);
            }
        }
        try (Statement run = superuser.createStatement()) {
            run.execute(statement);
        }
    }
}
