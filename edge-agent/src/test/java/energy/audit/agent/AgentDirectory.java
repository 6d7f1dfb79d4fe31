package energy.audit.agent;

import energy.audit.agent.backend.TestBackend;
import energy.audit.evidence.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Writes an agent's configuration directory as an operator would. */
final class AgentDirectory {
    static final String TENANT = "demo-castings";
    static final String SITE = "foundry-north";

    private AgentDirectory() {}

    static AgentHome write(Path directory, String agent, int mqttPort, SigningKey logKey, String moreSettings)
            throws IOException {
        Files.createDirectories(directory);
        AgentHome home = new AgentHome(directory);
        home.keyMadeIfAbsent(new SecureRandom());
        Files.writeString(
                home.settingsFile(),
                String.join(
                        "\n",
                        "tenant=" + TENANT,
                        "agent=" + agent,
                        "site=" + SITE,
                        "installation=" + TestBackend.INSTALLATION,
                        "mqtt.host=127.0.0.1",
                        "mqtt.port=" + mqttPort,
                        "mqtt.user=" + TENANT + "." + agent,
                        moreSettings));
        secret(directory.resolve("mqtt.password"), "secret\n");
        Files.writeString(
                directory.resolve("log-key.pub"),
                Base64.getEncoder().encodeToString(logKey.verificationKey().raw()) + "\n");
        Files.writeString(home.deviceMapping(), """
                {"version":1,"mappings":[{"sensor_id":"foundry-north.main.active-energy-import","multiplier":"0.001",
                "offset":"0","unit":"kWh","valid_from":"2026-01-01T00:00:00Z"}]}
                """);
        return home;
    }

    static void modbus(AgentHome home, int port, String interval) throws IOException {
        secret(home.modbusYaml(), """
                version: 1
                tenant: demo-castings
                site: foundry-north
                polling-interval: %s
                request-timeout: 300ms
                buses:
                  - id: plant
                    transport: tcp
                    host: 127.0.0.1
                    port: %d
                    devices:
                      - id: main
                        unit: 1
                        registers:
                          - {channel: foundry-north.main.active-energy-import, address: 0, type: uint32}
                          - {channel: foundry-north.main.active-power, address: 2, type: int32, word-order: little}
                """.formatted(interval, port));
    }

    private static void secret(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }
}
