package energy.audit.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    /** Writes everything the agent needs but its key; what the simulator says about the site is copied. */
    void write(byte[] logPublicKey, String tlsCertificate) {
        Path folder = path();
        Path site = installation.layout().plant().resolve("config").resolve(agent.site());
        String user = Broker.user(agent.tenant(), agent.name());
        try {
            Layout.createPrivateDirectory(folder);
            Layout.writePrivate(folder.resolve("modbus.yaml"), Files.readString(site.resolve("modbus.yaml")));
            if (!Files.exists(folder.resolve("device_mapping.json"))) {
                Files.copy(
                        site.resolve("device_mapping.json"),
                        folder.resolve("device_mapping.json"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            Files.deleteIfExists(folder.resolve("mqtt.password")); // of an installation before certificates
            Path brokerCertificate = folder.resolve("broker.pem");
            Layout.writePrivate(brokerCertificate, tlsCertificate);
            Layout.writePrivate(
                    folder.resolve("log-key.pub"), Base64.getEncoder().encodeToString(logPublicKey) + "\n");
            Layout.writePrivate(folder.resolve("audit-engine.conf"), """
                    # written by the energy-audit stack at each start
                    tenant=%s
                    agent=%s
                    site=%s
                    installation=%s
                    mqtt.host=127.0.0.1
                    mqtt.port=%d
                    mqtt.user=%s
                    mqtt.tls=true
                    mqtt.tls.ca-file=%s
                    """.formatted(
                            agent.tenant(),
                            agent.name(),
                            agent.site(),
                            installation.id(),
                            installation.ports().mqttTls(),
                            user,
                            brokerCertificate));
        } catch (IOException e) {
            throw new StackFailure("agent " + agent.name(), "cannot write " + folder, "See the cause: " + e, e);
        }
    }

    /** Signs the agent's request for a client certificate; renewed at each start, the key stays. */
    void certify(AgentAuthority authority) {
        Path folder = path();
        try {
            String certificate = authority.sign(
                    Broker.user(agent.tenant(), agent.name()),
                    Files.readString(folder.resolve("agent.csr")),
                    Base64.getDecoder().decode(publicKey()),
                    Base64.getDecoder()
                            .decode(Files.readString(folder.resolve("agent.csr.proof"))
                                    .strip()));
            Files.writeString(folder.resolve("agent-tls.crt"), certificate);
        } catch (IOException e) {
            throw new StackFailure("agent " + agent.name(), "cannot get a certificate", "See the cause: " + e, e);
        }
    }

    /** The agent's raw public key in base64, made by the agent itself at the first time. */
    String publicKey() {
        Path known = path().resolve("public-key");
        try {
            if (!Files.exists(known) || !Files.exists(path().resolve("agent.csr"))) {
                String said = Tools.output(
                        "agent " + agent.name() + " init",
                        Child.java(
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-jar",
                                jar(installation.layout()).toString(),
                                "init",
                                "--config",
                                path().toString()),
                        path());
                String[] lines = said.strip().split("\n");
                Files.writeString(known, lines[lines.length - 1].strip() + "\n", StandardCharsets.UTF_8);
            }
            return Files.readString(known).strip();
        } catch (IOException e) {
            throw new StackFailure("agent " + agent.name(), "cannot write " + known, "See: " + e, e);
        }
    }
}
