package energy.audit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.evidence.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {
    @TempDir
    Path directory;

    @Test
    void validateSaysGoodOrNamesEveryFaultOfAllThreeFiles() throws IOException {
        AgentHome home = AgentDirectory.write(
                directory, "foundry-north-agent", 1883, SigningKey.generate(new SecureRandom()), "workers=4");
        AgentDirectory.modbus(home, 15020, "10s");
        assertThat(printed(0, "validate", "--config", directory.toString())).contains("are good");

        Files.writeString(home.settingsFile(), Files.readString(home.settingsFile()) + "\nworker=5\n");
        Files.writeString(
                home.deviceMapping(), Files.readString(home.deviceMapping()).replace("kWh", "kwh"));
        Files.writeString(home.modbusYaml(), Files.readString(home.modbusYaml()).replace("type: int32", "type: int23"));
        assertThat(printed(1, "validate", "--config", directory.toString()))
                .contains(
                        "modbus.yaml:16:",
                        "Did you mean int32?",
                        "device_mapping.json:2:",
                        "Energy and power are written kWh")
                .contains("audit-engine.conf:9:1", "Did you mean workers?", "3 problems");
        assertThat(printed(1, "validate", "--json", "--config", directory.toString()))
                .contains("\"good\" : false", "\"line\" : 16");

        Files.setPosixFilePermissions(home.modbusYaml(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(printed(1, "validate", "--config", directory.toString())).contains("chmod 600");
        assertThat(printed(
                        2, "validate", "--config", directory.resolve("nowhere").toString()))
                .isEmpty();
    }

    @Test
    void schemaPrintsTheSchema() {
        assertThat(printed(0, "schema", "device_mapping.json")).contains("https://json-schema.org/draft/2020-12");
        assertThat(printed(2, "schema", "other.yaml")).isEmpty();
    }

    private static String printed(int status, String... arguments) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            assertThat(EdgeAgent.commandLine().execute(arguments)).isEqualTo(status);
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
