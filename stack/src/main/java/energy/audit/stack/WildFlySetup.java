package energy.audit.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Configures WildFly offline with {@code wildfly-config/setup.cli}, once for each version of server and script. */
final class WildFlySetup implements Step {
    static final String NAME = "wildfly-setup";

    private static final String DRIVER_MODULE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <module xmlns="urn:jboss:module:1.9" name="org.postgresql">
                <resources><resource-root path="postgresql.jar"/></resources>
                <dependencies>
                    <module name="jakarta.transaction.api"/>
                    <module name="java.sql"/>
                    <module name="java.naming"/>
                    <module name="java.management"/>
                    <module name="java.security.sasl"/>
                    <module name="java.security.jgss"/>
                    <module name="java.xml"/>
                    <module name="java.logging"/>
                    <module name="org.jboss.ironjacamar.jdbcadapters"/>
                </dependencies>
            </module>
            """;

    private final Installation installation;
    private String outcome = "WildFly is configured already";

    WildFlySetup(Installation installation) {
        this.installation = installation;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> after() {
        return List.of();
    }

    @Override
    public String ready() {
        return outcome;
    }

    @Override
    public void start() {
        Layout layout = installation.layout();
        Path home = Servers.folder(layout, "wildfly-");
        Path script = layout.config("setup.cli");
        Path base = layout.wildfly().resolve("standalone");
        Path mark = layout.wildfly().resolve("configured");
        try {
            Path driver = layout.wildfly().resolve("modules/org/postgresql/main");
            Files.createDirectories(driver);
            Files.writeString(driver.resolve("module.xml"), DRIVER_MODULE);
            Files.copy(Servers.driver(layout), driver.resolve("postgresql.jar"), StandardCopyOption.REPLACE_EXISTING);
            String version = home.getFileName() + " " + sha256(script);
            if (!Files.isRegularFile(mark) || !Files.readString(mark).equals(version)) {
                configure(home, base, script);
                Files.writeString(mark, version);
                outcome = "WildFly configured by wildfly-config/setup.cli";
            }
            Files.copy(
                    Keys.tlsStore(layout),
                    base.resolve("configuration/tls.p12"),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new StackFailure("WildFly", "cannot be configured in " + base, "See: " + e, e);
        }
    }

    private static void configure(Path home, Path base, Path script) throws IOException {
        Archive.delete(base.resolve("configuration"));
        Archive.copy(home.resolve("standalone"), base);
        Files.createDirectories(base.resolve("log"));
        Files.setPosixFilePermissions(base.resolve("configuration"), PosixFilePermissions.fromString("rwx------"));
        List<String> command = Child.java(
                "-Djboss.server.base.dir=" + base,
                "-Djboss.home.dir=" + home,
                "-Djboss.cli.config=" + home.resolve("bin/jboss-cli.xml"),
                "-Djboss.modules.system.pkgs=com.sun.java.swing",
                "-Dlogging.configuration="
                        + home.resolve("bin/jboss-cli-logging.properties").toUri(),
                "-Duser.home=" + base.resolve("tmp"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--add-modules=java.se",
                "-jar",
                home.resolve("jboss-modules.jar").toString(),
                "-mp",
                home.resolve("modules").toString(),
                "org.jboss.as.cli",
                "--file=" + script);
        Tools.run("WildFly configuration (" + script + ")", command, base, Map.of("JBOSS_HOME", home.toString()));
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(Files.readString(file).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
