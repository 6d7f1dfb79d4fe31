package energy.audit.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The Artemis broker: MQTT for the agents, core for the backend, each agent confined to its own two topics. */
final class Broker extends Part {
    static final String NAME = "broker";
    static final String BACKEND = "backend";

    private final Installation installation;
    private final Demo demo;
    private @Nullable Child child;

    Broker(Installation installation, Demo demo) {
        super(NAME, "Artemis broker 2.44.0", OptionalInt.of(installation.ports().mqtt()));
        this.installation = installation;
        this.demo = demo;
    }

    /** MQTT user of an agent. */
    static String user(String tenant, String agent) {
        return tenant + "." + agent;
    }

    static String passwordName(String user) {
        return "broker." + user + ".password";
    }

    @Override
    public void start() throws InterruptedException {
        Layout layout = installation.layout();
        Path home = Servers.folder(layout, "apache-artemis-");
        Path etc = layout.broker().resolve("etc");
        writeConfiguration(etc);
        Ports ports = installation.ports();
        List<String> command = Child.java(
                "-Xms48m",
                "-Xmx320m",
                "-XX:+UseSerialGC",
                "-Xlog:disable",
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                "-Dlog4j2.disableJmx=true",
                "-Dlog4j2.configurationFile=" + etc.resolve("log4j2.properties").toUri(),
                "-Djava.security.auth.login.config=" + etc.resolve("login.config"),
                "-Dartemis.home=" + home,
                "-Dartemis.instance=" + layout.broker(),
                "-Dartemis.instance.etc=" + etc,
                "-Dartemis.instance.uri=" + layout.broker().toUri(),
                "-Dartemis.instance.etc.uri=" + etc.toUri(),
                "-Ddata.dir=" + layout.broker().resolve("data"),
                "-Djava.library.path=" + home.resolve("bin/lib/linux-" + nativeArchitecture()),
                "-Djava.io.tmpdir=" + layout.broker().resolve("tmp"),
                "-Denergy.audit.broker.port=" + ports.brokerCore(),
                "-Denergy.audit.mqtt.port=" + ports.mqtt(),
                "-Denergy.audit.mqtts.port=" + ports.mqttTls(),
                "-Denergy.audit.portal.port=" + ports.http(),
                "-classpath",
                home.resolve("lib/artemis-boot.jar").toString(),
                "org.apache.activemq.artemis.boot.Artemis",
                "run");
        child = Child.start(layout, Child.Launch.of(NAME, command, layout.broker()));
        Readiness.await(
                title(),
                child,
                Duration.ofSeconds(90),
                () -> Readiness.listens(ports.brokerCore())
                        && Readiness.listens(ports.mqtt())
                        && Readiness.listens(ports.mqttTls()));
    }

    /** Writes the users, their roles and what each role may do; the running broker reads changes by itself. */
    void writeConfiguration(Path etc) {
        Layout layout = installation.layout();
        Secrets secrets = installation.secrets();
        try {
            Files.createDirectories(etc);
            Files.createDirectories(layout.broker().resolve("tmp"));
            StringBuilder users = new StringBuilder();
            StringBuilder roles = new StringBuilder();
            users.append(BACKEND)
                    .append(" = ")
                    .append(secrets.of(passwordName(BACKEND)))
                    .append('\n');
            roles.append("backend = ").append(BACKEND).append('\n');
            users.append("admin = ").append(secrets.of(passwordName("admin"))).append('\n');
            roles.append("broker-admin = admin\n");
            StringBuilder security = new StringBuilder();
            String pattern = Files.readString(layout.config("broker/agent-security.xml"));
            for (Demo.Agent agent : demo.agents()) {
                String user = user(agent.tenant(), agent.name());
                users.append(user)
                        .append(" = ")
                        .append(secrets.of(passwordName(user)))
                        .append('\n');
                roles.append("agent.").append(user).append(" = ").append(user).append('\n');
                security.append(pattern.replace("@TENANT@", agent.tenant()).replace("@AGENT@", agent.name()));
            }
            Layout.writePrivate(etc.resolve("artemis-users.properties"), users.toString());
            Layout.writePrivate(etc.resolve("artemis-roles.properties"), roles.toString());
            Layout.writePrivate(
                    etc.resolve("broker.xml"),
                    Files.readString(layout.config("broker/broker.xml"))
                            .replace("         <!-- @AGENTS@ -->\n", security)
                            .replace("${energy.audit.tls.password:unset}", secrets.of("tls.password")));
            // found by its name on the broker's class path: a path with a space does not survive the acceptor's URI
            Files.copy(
                    Keys.tlsStore(layout),
                    etc.resolve("tls.p12"),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES);
            Files.copy(
                    AgentAuthority.trustStore(layout),
                    etc.resolve("agent-authority-trust.p12"),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES);
            Files.copy(
                    AgentAuthority.certificateFile(layout),
                    etc.resolve("agent-authority.crt"),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES);
            Files.createDirectories(layout.broker().resolve("lib"));
            Files.copy(
                    Servers.brokerPlugin(layout),
                    layout.broker().resolve("lib/energy-audit-broker.jar"),
                    StandardCopyOption.REPLACE_EXISTING);
            for (String file : List.of("login.config", "log4j2.properties", "management.xml")) {
                Files.writeString(etc.resolve(file), Files.readString(layout.config("broker/" + file)));
            }
            Files.writeString(etc.resolve("bootstrap.xml"), """
                    <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
                    <broker xmlns="http://activemq.apache.org/schema">
                       <security-manager class-name="energy.audit.broker.AgentsByCertificate">
                          <property key="domain" value="activemq"/>
                       </security-manager>
                       <server configuration="%s"/>
                    </broker>
                    """.formatted(
                            etc.resolve("broker.xml").toUri()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the broker's configuration in " + etc, e);
        }
    }

    private static String nativeArchitecture() {
        String architecture = System.getProperty("os.arch");
        return "amd64".equals(architecture) ? "x86_64" : architecture;
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
