package energy.audit.stack;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** PostgreSQL from its real binaries, durable (fsync and synchronous_commit on), on loopback only. */
final class Postgres extends Part {
    static final String NAME = "postgres";
    static final String DATABASE = "energy_audit";
    static final String OWNER = "energy_audit_owner";
    static final String APP = "energy_audit_app";

    private static final String SETTINGS = """
            # written by the energy-audit stack at each start
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            fsync = on
            synchronous_commit = on
            full_page_writes = on
            password_encryption = 'scram-sha-256'
            max_connections = 80
            shared_buffers = '192MB'
            effective_cache_size = '768MB'
            work_mem = '12MB'
            maintenance_work_mem = '96MB'
            max_wal_size = '768MB'
            checkpoint_timeout = '15min'
            random_page_cost = 1.1
            jit = off
            timezone = 'UTC'
            log_timezone = 'UTC'
            log_line_prefix = '%m [%p] %u '
            """;

    private final Installation installation;
    private final RunAs runAs;
    private @Nullable Child child;

    Postgres(Installation installation) {
        super(NAME, "PostgreSQL 17.5", OptionalInt.of(installation.ports().postgres()));
        this.installation = installation;
        this.runAs = RunAs.forPostgres();
    }

    static String url(Ports ports) {
        return "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/" + DATABASE;
    }

    @Override
    public void start() throws InterruptedException {
        Layout layout = installation.layout();
        Path data = layout.pg().resolve("data");
        try {
            Path binaries = binaries(layout);
            if (!Files.isRegularFile(data.resolve("PG_VERSION"))) {
                initialise(binaries, data);
            }
            runAs.ownAll(layout.pg());
            Files.writeString(data.resolve("energy-audit.conf"), SETTINGS);
            runAs.own(data.resolve("energy-audit.conf"));
            List<String> command = List.of(
                    binaries.resolve("bin/postgres").toString(),
                    "-D",
                    data.toString(),
                    "-p",
                    Integer.toString(installation.ports().postgres()));
            child = Child.start(
                    layout, new Child.Launch(NAME, runAs.prefix(), command, layout.pg(), Map.of(), Child.Ending.INT));
        } catch (IOException e) {
            throw new StackFailure(title(), "cannot prepare " + data, "See the cause: " + e, e);
        }
        Child started = child;
        Readiness.await(title(), started, Duration.ofSeconds(60), this::accepts);
        createRolesAndDatabase();
    }

    private static Path binaries(Layout layout) throws IOException {
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(layout.servers(), "postgresql-*-archive")) {
            for (Path folder : archives) {
                String name = folder.getFileName().toString().replaceFirst("-archive$", "");
                Path shared = folder.resolveSibling(name);
                // where somebody else built the project, the binaries go into our own data folder
                Path target = Files.isDirectory(shared) || Files.isWritable(layout.servers())
                        ? shared
                        : layout.data().resolve("servers").resolve(name);
                if (!Files.isExecutable(target.resolve("bin/postgres"))) {
                    try (DirectoryStream<Path> txz = Files.newDirectoryStream(folder, "*.txz")) {
                        for (Path archive : txz) {
                            Archive.unpackTxz(archive, target);
                        }
                    }
                }
                return target;
            }
        }
        throw new StackFailure(
                "PostgreSQL", "its binaries are not in " + layout.servers(), "Build first: ./mvnw -DskipTests package");
    }

    private void initialise(Path binaries, Path data) throws IOException {
        Layout layout = installation.layout();
        Archive.delete(data);
        Layout.createPrivateDirectory(layout.pg());
        Layout.createPrivateDirectory(data);
        Path password = layout.pg().resolve("initial-password");
        Layout.writePrivate(password, installation.secrets().of("postgres.superuser.password") + "\n");
        try {
            runAs.own(layout.pg());
            runAs.own(data);
            runAs.own(password);
            List<String> command = new ArrayList<>(runAs.prefix());
            command.addAll(List.of(
                    binaries.resolve("bin/initdb").toString(),
                    "--pgdata=" + data,
                    "--username=postgres",
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--data-checksums"));
            Tools.run("PostgreSQL initdb", command, layout.pg(), Map.of("LC_ALL", "C"));
            Files.writeString(
                    data.resolve("postgresql.conf"),
                    "\ninclude = 'energy-audit.conf'\n",
                    java.nio.file.StandardOpenOption.APPEND);
        } catch (StackFailure e) {
            Archive.delete(data);
            throw e;
        } finally {
            Files.deleteIfExists(password);
        }
    }

    private boolean accepts() {
        try (Connection c = superuser("postgres")) {
            return c.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    private Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + installation.ports().postgres() + "/" + database
                        + "?connectTimeout=2&socketTimeout=30",
                "postgres",
                installation.secrets().of("postgres.superuser.password"));
    }

    /** The owner migrates and owns everything; the application owns nothing and cannot step around row security. */
    private void createRolesAndDatabase() {
        try (Connection c = superuser("postgres");
                Statement s = c.createStatement()) {
            role(c, OWNER, installation.secrets().of("db.owner.password"));
            role(c, APP, installation.secrets().of("db.app.password"));
            try (ResultSet found = s.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")) {
                if (found.next()) {
                    return;
                }
            }
            s.execute("create database " + DATABASE + " owner " + OWNER);
            s.execute("revoke all on database " + DATABASE + " from public");
            s.execute("grant connect, temporary on database " + DATABASE + " to " + APP);
        } catch (SQLException e) {
            throw new StackFailure(title(), "cannot create its roles and database", "See: " + e, e);
        }
    }

    /** Gives its three roles new passwords; each is saved as soon as it is in force. */
    void rotatePasswords() {
        Secrets secrets = installation.secrets();
        String superuser = secrets.invent();
        String owner = secrets.invent();
        String app = secrets.invent();
        try (Connection c = superuser("postgres");
                Statement s = c.createStatement()) {
            role(c, OWNER, owner);
            secrets.replace("db.owner.password", owner);
            role(c, APP, app);
            secrets.replace("db.app.password", app);
            s.execute("alter role postgres password '" + superuser + "'");
            secrets.replace("postgres.superuser.password", superuser);
        } catch (SQLException e) {
            throw new StackFailure(title(), "cannot change its passwords", "See: " + e, e);
        }
    }

    private static void role(Connection c, String name, String password) throws SQLException {
        try (PreparedStatement exists = c.prepareStatement("select 1 from pg_roles where rolname = ?");
                Statement s = c.createStatement()) {
            exists.setString(1, name);
            try (ResultSet found = exists.executeQuery()) {
                String verb = found.next() ? "alter" : "create";
                // role statements take no parameters; our secrets hold letters and digits only
                s.execute(verb + " role " + name + " login nosuperuser nocreatedb nocreaterole nobypassrls password '"
                        + password + "'");
            }
        }
    }

    @Override
    void stop() {
        if (child != null) {
            child.stop(Duration.ofSeconds(20));
        }
    }

    @Override
    Optional<Child> child() {
        return Optional.ofNullable(child);
    }
}
