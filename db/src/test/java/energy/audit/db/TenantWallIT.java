package energy.audit.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Generated from the catalogue: a new table without a wall fails here, without anybody having thought of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantWallIT {
    /** Tables that have no tenant, or only its bare name, each for the reason that its migration gives. */
    private static final Set<String> WITHOUT_WALL =
            Set.of("tenant_directory", "stray_message", "revoked_certificate", "flyway_schema_history");

    private final TestDatabase database = TestDatabase.migrated();

    @BeforeAll
    void oneRowOfTenantAInEveryTable() throws SQLException {
        try (Connection superuser = database.superuser().getConnection();
                Statement statement = superuser.createStatement()) {
            // replica mode: no foreign keys, so that a row can be made up from column types alone
            statement.execute("set session_replication_role = replica");
            // and no checks on values: the wall is asked here, not whether a row makes sense
            for (String constraint : names("""
                    select format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname)
                    from pg_constraint c join pg_class t on t.oid = c.conrelid
                    where c.contype = 'c' and t.relnamespace = 'public'::regnamespace and not t.relispartition""")) {
                statement.execute(constraint);
            }
            for (String table : tables()) {
                statement.execute(madeUpRow(superuser, table, "tenant-a"));
            }
        }
    }

    List<String> tables() throws SQLException {
        return names("""
                select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
                where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                  and a.attname = 'tenant_id' and not a.attisdropped order by 1""").stream()
                .filter(table -> !WITHOUT_WALL.contains(table))
                .toList();
    }

    @Test
    void everyTableIsWalledOffOrNamedHereWithItsReason() throws SQLException {
        List<String> open = names("""
                select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
                and not (relrowsecurity and relforcerowsecurity)""");
        assertThat(open).isSubsetOf(WITHOUT_WALL);
        assertThat(tables()).contains("log_entry", "reading", "access_grant", "quarantine");
    }

    @Test
    void tenantIdLeadsEveryPrimaryKey() throws SQLException {
        List<String> wrong = names("""
                select c.relname from pg_index i join pg_class c on c.oid = i.indrelid
                join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
                where i.indisprimary and c.relnamespace = 'public'::regnamespace and a.attname <> 'tenant_id'""");
        assertThat(wrong).isSubsetOf("stray_message", "revoked_certificate", "flyway_schema_history");
    }

    @Test
    void theApplicationOwnsNothingAndHasNoRightOnAnyPartition() throws SQLException {
        assertThat(names("select relname from pg_class where relowner = 'energy_audit_app'::regrole"))
                .isEmpty();
        assertThat(names("""
                select relname from pg_class where relispartition and relkind = 'r'
                and has_table_privilege('energy_audit_app', oid, 'select,insert,update,delete,truncate')""")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void tenantBSeesNothingOfA(String table) throws SQLException {
        assertThat(count("tenant-a", table)).as("the made-up row is there").isEqualTo(1);
        assertThat(count("tenant-b", table)).isZero();
        assertThat(count("", table)).as("no tenant bound").isZero();
    }

    @ParameterizedTest
    @MethodSource("tables")
    void tenantBChangesAndDeletesNothingOfA(String table) throws SQLException {
        for (String verb : List.of("update " + table + " set tenant_id = tenant_id", "delete from " + table)) {
            // either the right is missing or the wall hides the row; the owner stands behind the same wall
            assertThat(changedOrRefused("tenant-b", verb, true)).as(verb).isZero();
            assertThat(changedOrRefused("tenant-b", verb, false))
                    .as(verb + " as owner")
                    .isZero();
        }
        assertThat(count("tenant-a", table)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void tenantBWritesNothingInAsName(String table) throws SQLException {
        String row;
        try (Connection superuser = database.superuser().getConnection()) {
            row = madeUpRow(superuser, table, "tenant-a");
        }
        assertThatThrownBy(() -> executed("tenant-b", row, true))
                .isInstanceOf(SQLException.class)
                .satisfies(e -> assertThat(((SQLException) e).getSQLState())
                        .as(e.getMessage())
                        .isEqualTo("42501"));
    }

    @Test
    void evidenceIsNeverChangedNotEvenByTheOwner() {
        for (String verb : List.of(
                "update log_entry set actor = 'x'",
                "delete from log_entry",
                "truncate log_entry, merkle_node",
                "delete from merkle_node",
                "update reading set count = 0",
                "delete from reading")) {
            assertThatThrownBy(() -> executed("tenant-a", verb, true)).as(verb).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> executed("tenant-a", verb, false))
                    .as(verb + " as owner")
                    .hasMessageContaining("EVIDENCE_IS_FINAL");
        }
    }

    private int count(String tenant, String table) throws SQLException {
        try (Connection connection = bound(tenant, true);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + table)) {
            row.next();
            return row.getInt(1);
        }
    }

    private int changedOrRefused(String tenant, String statement, boolean application) throws SQLException {
        try {
            return executed(tenant, statement, application);
        } catch (SQLException e) {
            assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("42501");
            return 0;
        }
    }

    private int executed(String tenant, String sql, boolean application) throws SQLException {
        try (Connection connection = bound(tenant, application);
                Statement statement = connection.createStatement()) {
            int changed = statement.executeUpdate(sql);
            connection.rollback();
            return changed;
        }
    }

    private Connection bound(String tenant, boolean application) throws SQLException {
        Connection connection = (application ? database.application() : database.owner()).getConnection();
        connection.setAutoCommit(false);
        try (PreparedStatement bind = connection.prepareStatement("select set_config('app.tenant', ?, true)")) {
            bind.setString(1, tenant);
            bind.execute();
        }
        return connection;
    }

    private List<String> names(String query) throws SQLException {
        try (Connection superuser = database.superuser().getConnection();
                Statement statement = superuser.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }

    private String madeUpRow(Connection superuser, String table, String tenant) throws SQLException {
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        try (PreparedStatement select = superuser.prepareStatement("""
                select column_name, udt_name from information_schema.columns
                where table_schema = 'public' and table_name = ?
                  and (is_nullable = 'NO' or column_name = 'tenant_id') and is_generated = 'NEVER'
                  and is_identity = 'NO'""")) {
            select.setString(1, table);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    columns.add(rows.getString(1));
                    values.add(
                            rows.getString(1).equals("tenant_id")
                                    ? "'" + tenant + "'"
                                    : madeUp(table, rows.getString(1), rows.getString(2)));
                }
            }
        }
        return "insert into " + table + " (" + String.join(", ", columns) + ") values (" + String.join(", ", values)
                + ")";
    }

    private static String madeUp(String table, String column, String type) {
        return switch (type) {
            case "text" -> table.equals("ingest_count") && column.equals("outcome") ? "'stored'" : "'x'";
            case "int2", "int4", "int8", "numeric", "float8" -> "1";
            case "timestamptz" -> "timestamptz '2026-01-01T00:00:00Z'";
            case "date" -> "date '2026-01-01'";
            case "bytea" -> "sha256('x')";
            case "bool" -> "false";
            case "uuid" -> "'00000000-0000-0000-0000-000000000001'::uuid";
            case "int8multirange" -> "'{}'::int8multirange";
            case "jsonb" -> "'{}'::jsonb";
            default ->
                throw new IllegalStateException(
                        "no made-up value for " + table + "." + column + " of type " + type + "; add one here");
        };
    }
}
