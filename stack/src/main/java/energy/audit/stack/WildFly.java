package energy.audit.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** WildFly with the EAR. The server's own folder stays read-only; what it writes lies in the data folder. */
final class WildFly extends Part {
    static final String NAME = "wildfly";
    private static final String EAR = "energy-audit.ear";
    private static final Duration PATIENCE = Duration.ofSeconds(240);
    private static final List<String> MODULAR = List.of(
            "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
            "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.management/javax.management=ALL-UNNAMED",
            "--add-opens=java.naming/javax.naming=ALL-UNNAMED",
            "--add-modules=java.se");

    private final Installation installation;
    private @Nullable Child child;

    WildFly(Installation installation) {
        super(
                NAME,
                "WildFly 39.0.1 with the portal",
                OptionalInt.of(installation.ports().http()));
        this.installation = installation;
    }

    static URI portal(Ports ports) {
        return URI.create("http://localhost:" + ports.http() + "/");
    }

    /** The same over TLS, for agents. */
    static URI securePortal(Ports ports) {
        return URI.create("https://localhost:" + ports.https() + "/");
    }

    private static URI local(Ports ports, String path) {
        return URI.create("http://127.0.0.1:" + ports.http() + path);
    }

    private Path base() {
        return installation.layout().wildfly().resolve("standalone");
    }

    private Path modules() {
        return installation.layout().wildfly().resolve("modules");
    }

    private Path deployments() {
        return base().resolve("deployments");
    }

    @Override
    public List<String> after() {
        return List.of(WildFlySetup.NAME, Migrations.NAME, Broker.NAME);
    }

    @Override
    public void start() throws InterruptedException {
        Layout layout = installation.layout();
        try {
            deploy(layout.jar("ear", EAR));
        } catch (IOException e) {
            throw new StackFailure(title(), "cannot deploy " + EAR, "See the cause: " + e, e);
        }
        child = Child.start(
                layout,
                Child.Launch.of(NAME, command(), layout.wildfly())
                        .with(Map.of("OIDC_SECRET", installation.secrets().of("oidc.portal.secret"))));
        Ports ports = installation.ports();
        Child started = child;
        Readiness.await(title(), started, PATIENCE, () -> {
            refuseFailedDeployment(started);
            return Rest.answers(local(ports, "/health/ready"));
        });
    }

    private List<String> command() {
        Layout layout = installation.layout();
        Path home = Servers.folder(layout, "wildfly-");
        Layout.writePrivate(layout.run().resolve("wildfly.properties"), properties());
        List<String> command = Child.java(
                "-Xms256m",
                "-Xmx768m",
                "-XX:MetaspaceSize=128m",
                "-XX:MaxMetaspaceSize=384m",
                "-XX:+UseG1GC",
                "-Djava.net.preferIPv4Stack=true",
                "-Djava.awt.headless=true",
                "-Dfile.encoding=UTF-8",
                "-Duser.timezone=UTC",
                "-Djboss.modules.system.pkgs=org.jboss.byteman",
                "-Dorg.jboss.boot.log.file=" + base().resolve("log/boot.log"),
                "-Dlogging.configuration="
                        + base().resolve("configuration/logging.properties").toUri(),
                "-Djboss.home.dir=" + home,
                "-Djboss.server.base.dir=" + base());
        command.addAll(MODULAR);
        String extra = System.getenv("ENERGY_AUDIT_WILDFLY_OPTS");
        if (extra != null && !extra.isBlank()) {
            command.addAll(List.of(extra.strip().split("\\s+")));
        }
        command.addAll(List.of(
                "-jar",
                home.resolve("jboss-modules.jar").toString(),
                "-mp",
                home.resolve("modules") + ":" + modules(),
                "org.jboss.as.standalone",
                "-c",
                "standalone-full.xml",
                "-b",
                "127.0.0.1",
                "-bmanagement",
                "127.0.0.1",
                "-P",
                layout.run().resolve("wildfly.properties").toString()));
        return command;
    }

    private String properties() {
        Layout layout = installation.layout();
        Ports ports = installation.ports();
        Secrets secrets = installation.secrets();
        Path brokerPassword = layout.run().resolve("broker-backend.password");
        Layout.writePrivate(brokerPassword, secrets.of(Broker.passwordName(Broker.BACKEND)) + "\n");
        List<String> lines = List.of(
                "jboss.node.name=node1",
                "jboss.http.port=" + ports.http(),
                "jboss.https.port=" + ports.https(),
                "jboss.management.http.port=" + ports.management(),
                "energy.audit.installation=" + installation.id(),
                "energy.audit.keys.dir=" + layout.keys(),
                "energy.audit.agents.portal=" + securePortal(ports),
                "energy.audit.agents.broker=localhost:" + ports.mqttTls(),
                "energy.audit.db.port=" + ports.postgres(),
                "energy.audit.db.password=" + secrets.of("db.app.password"),
                "energy.audit.broker.url=tcp://127.0.0.1:" + ports.brokerCore(),
                "energy.audit.broker.host=127.0.0.1",
                "energy.audit.broker.port=" + ports.brokerCore(),
                "energy.audit.broker.user=" + Broker.BACKEND,
                "energy.audit.broker.password=" + secrets.of(Broker.passwordName(Broker.BACKEND)),
                "energy.audit.broker.password.file=" + brokerPassword,
                "energy.audit.tls.password=" + secrets.of("tls.password"),
                "energy.audit.oidc.secret=" + secrets.of("oidc.portal.secret"),
                "oidc.secret=" + secrets.of("oidc.portal.secret"),
                "oidc.provider=" + Keycloak.realm(ports));
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(line.replace("\\", "\\\\")).append('\n');
        }
        return text.toString();
    }

    /** Puts the EAR where the server's scanner finds it at boot, without the notes of earlier boots. */
    private void deploy(Path ear) throws IOException {
        if (!Files.isRegularFile(ear)) {
            throw new StackFailure(ear.toString(), "not there", "Build first: ./mvnw -DskipTests package");
        }
        Files.createDirectories(deployments());
        try (DirectoryStream<Path> notes = Files.newDirectoryStream(deployments(), EAR + ".*")) {
            for (Path note : notes) {
                Files.delete(note);
            }
        }
        Files.copy(
                ear,
                deployments().resolve(EAR),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
    }

    private void refuseFailedDeployment(Child started) {
        Path failed = deployments().resolve(EAR + ".failed");
        if (Files.exists(failed)) {
            String errors = errors(started);
            throw new StackFailure(
                    title(),
                    "refused " + EAR,
                    "The causes, from " + started.log() + ":\n" + (errors.isEmpty() ? Logs.tail(failed, 12) : errors));
        }
    }

    private static String errors(Child started) {
        List<String> errors = new ArrayList<>();
        try (Stream<String> lines = Logs.tail(started.log(), 400).lines()) {
            lines.filter(l -> l.startsWith("Caused by") || l.contains(" ERROR ") && !l.contains("WFLYCTL0013"))
                    .distinct()
                    .forEach(errors::add);
        }
        return String.join("\n", errors.subList(0, Math.min(12, errors.size())));
    }

    @Override
    void stop() {
        if (child != null) {
            child.stop(Duration.ofSeconds(40));
        }
    }

    @Override
    Optional<Child> child() {
        return Optional.ofNullable(child);
    }
}
