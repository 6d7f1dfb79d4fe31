package energy.audit.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;

/** The configuration folder of one agent of the demo, and the key that the agent made there. */
final class AgentFolder {
    private final Installation installation;
    private final Demo.Agent agent;

    AgentFolder(Installation installation, Demo.Agent agent) {
        this.installation = installation;
        this.agent = agent;
    }

    Path path() {
        Layout layout = installation.layout();
        return agent.history() ? layout.logger(agent.site()) : layout.agent(agent.name());
    }

    /** The agent program, copied; see {@link Programs}. */
    static Path jar(Layout layout) {
        return Programs.copy(layout, layout.jar("edge-agent", "edge-agent.jar"));
    }

    /** Writes everything the agent needs but its keys and papers; what the simulator says about the site is copied. */
    void write(byte[] logPublicKey) {
        Path folder = path();
        Path site = installation.layout().plant().resolve("config").resolve(agent.site());
        try {
            Layout.createPrivateDirectory(folder);
            Layout.writePrivate(folder.resolve("modbus.yaml"), Files.readString(site.resolve("modbus.yaml")));
            if (!Files.exists(folder.resolve("device_mapping.json"))) {
                Files.copy(
                        site.resolve("device_mapping.json"),
                        folder.resolve("device_mapping.json"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            if (enrolled()) {
                readdress(folder, logPublicKey);
            }
        } catch (IOException e) {
            throw new StackFailure("agent " + agent.name(), "cannot write " + folder, "See the cause: " + e, e);
        }
    }

    /** The stack may come back on other ports, with a renewed certificate. */
    private void readdress(Path folder, byte[] logPublicKey) throws IOException {
        Ports ports = installation.ports();
        Files.deleteIfExists(folder.resolve("mqtt.password")); // of an installation before certificates
        Layout.writePrivate(
                folder.resolve("authority.pem"), Files.readString(Keys.tlsCertificateFile(installation.layout())));
        Layout.writePrivate(folder.resolve("log-key.pub"), Base64.getEncoder().encodeToString(logPublicKey) + "\n");
        Layout.writePrivate(folder.resolve("audit-engine.conf"), """
                # written by the energy-audit stack at each start
                tenant=%s
                agent=%s
                site=%s
                installation=%s
                mqtt.host=localhost
                mqtt.port=%d
                mqtt.user=%s
                mqtt.tls=true
                mqtt.tls.ca-file=authority.pem
                backend.url=%s
                backend.ca-file=authority.pem
                """.formatted(
                        agent.tenant(),
                        agent.name(),
                        agent.site(),
                        installation.id(),
                        ports.mqttTls(),
                        Broker.user(agent.tenant(), agent.name()),
                        WildFly.securePortal(ports)));
    }

    /** Whether the agent has its certificate. */
    boolean enrolled() {
        return Files.exists(path().resolve("agent-tls.crt")) || Files.exists(path().resolve("enrolment.done"));
    }

    /** Has the agent enrol itself, as at a plant: it makes its keys and shows the token. */
    void enrol(String token) {
        Layout layout = installation.layout();
        Tools.output(
                "agent " + agent.name() + " enrol",
                Child.java(
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-jar",
                        jar(layout).toString(),
                        "enrol",
                        "--url",
                        WildFly.securePortal(installation.ports()).toString(),
                        "--token",
                        token,
                        "--ca",
                        Keys.tlsCertificateFile(layout).toString(),
                        "--config",
                        path().toString()),
                path());
    }

    /**
     * The raw public key, in base64, that the agent was enrolled with. Keys that it changes to later are vouched for by
     * this one in the log, so this one is what auditors pin.
     */
    String publicKey() {
        Path known = path().resolve("public-key");
        try {
            if (!Files.exists(known)) {
                Files.copy(path().resolve("agent.pub"), known);
            }
            return Files.readString(known).strip();
        } catch (IOException e) {
            throw new StackFailure("agent " + agent.name(), "cannot read its public key", "See: " + e, e);
        }
    }
}
