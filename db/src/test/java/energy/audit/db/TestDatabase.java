package energy.audit.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL, one for a test run, durable as in production, and in it a fresh, migrated database for each asker.
 * The server ends with the test run.
 */
public final class TestDatabase {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final EmbeddedPostgres server;
    private final String name;

    private TestDatabase(EmbeddedPostgres server, String name) {
        this.server = server;
        this.name = name;
    }

    /** A database of its own with the current schema and both roles. */
    public static TestDatabase migrated() {
        TestDatabase database = empty();
        try {
            Migration.migrate(database.url(), Roles.OWNER, "owner");
        } catch (MigrationRefused e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        return database;
    }

    /** A database of its own with both roles and no table. */
    public static TestDatabase empty() {
        String name = "test_" + NUMBER.incrementAndGet();
        try (Connection superuser = Server.ONE.getPostgresDatabase().getConnection()) {
            Roles.create(superuser, name, "owner", "app");
        } catch (SQLException e) {
            throw new IllegalStateException("database " + name + " could not be made: " + e.getMessage(), e);
        }
        return new TestDatabase(Server.ONE, name);
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name;
    }

    /** As the backend sees it. */
    public DataSource application() {
        return as(Roles.APPLICATION, "app");
    }

    /** As the owner of the schema sees it. */
    public DataSource owner() {
        return as(Roles.OWNER, "owner");
    }

    /** As the database's administrator sees it: past every wall. */
    public DataSource superuser() {
        return as("postgres", "");
    }

    /** As the backend of another program on this machine sees a database made here. */
    public static DataSource application(String url) {
        return as(url, Roles.APPLICATION, "app");
    }

    private DataSource as(String user, String password) {
        return as(url(), user, password);
    }

    private static DataSource as(String url, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    private static final class Server {
        static final EmbeddedPostgres ONE = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("max_connections", "100")
                        .start();
                Runtime.getRuntime()
                        .addShutdownHook(new Thread(
                                () -> {
                                    try {
                                        server.close();
                                    } catch (IOException e) {
                                        System.err.println("the test database did not stop: " + e);
                                    }
                                },
                                "stop the test database"));
                return server;
            } catch (IOException e) {
                throw new IllegalStateException("no PostgreSQL could be started: " + e.getMessage(), e);
            }
        }
    }
}
