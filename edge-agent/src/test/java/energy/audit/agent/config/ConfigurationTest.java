package energy.audit.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    private static final String YAML = """
            version: 1
            tenant: demo-castings
            site: foundry-north
            polling-interval: 10s
            request-timeout: 500ms
            buses:
              - id: plant
                transport: tcp
                host: 127.0.0.1
                port: 26020
                devices:
                  - id: main
                    unit: 1
                    registers:
                      - {channel: foundry-north.main.active-energy-import, area: holding, address: 0, type: uint32, word-order: big}
                      - {channel: foundry-north.main.active-power, area: input, address: 0x10, type: float32, word-order: CDAB}
            """;

    private static final String SETTINGS = """
            tenant=demo-castings
            agent=foundry-north-agent
            site=foundry-north
            installation=test
            mqtt.host=127.0.0.1
            mqtt.user=demo-castings.foundry-north-agent
            """;

    @TempDir
    Path directory;

    @Test
    void aPlanIsReadAsItIsWritten() throws IOException {
        PollPlan plan = ModbusYaml.read(written("modbus.yaml", YAML, "rw-------"));
        assertThat(plan.interval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(plan.requestTimeout()).isEqualTo(Duration.ofMillis(500));
        Register power = plan.buses().get(0).devices().get(0).registers().get(1);
        assertThat(power.area()).isEqualTo(Area.INPUT);
        assertThat(power.address()).isEqualTo(16);
        assertThat(power.wordOrder()).isEqualTo(WordOrder.LITTLE);
    }

    @Test
    void aPlanThatOthersMayReadIsRefusedWithTheCommandThatCuresIt() throws IOException {
        Path file = written("modbus.yaml", YAML, "rw-r-----");
        assertThatThrownBy(() -> ModbusYaml.read(file))
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageContaining("rw-r-----")
                .hasMessageContaining("chmod 600 " + file);
    }

    @Test
    void aTypingErrorInAKeyIsNamedWithItsPlace() {
        assertThatThrownBy(() -> ModbusYaml.parse("modbus.yaml", YAML.replace("word-order: big", "word-ordre: big")))
                .hasMessageContaining("buses[0], devices[0], registers[0]")
                .hasMessageContaining("\"word-ordre\" is not a known key");
    }

    @Test
    void anIntervalThatMissesTheQuarterHoursIsRefused() {
        assertThatThrownBy(() -> ModbusYaml.parse("modbus.yaml", YAML.replace("10s", "7s")))
                .hasMessageContaining("does not divide a quarter hour");
    }

    @Test
    void theSameChannelTwiceIsRefused() {
        assertThatThrownBy(() -> ModbusYaml.parse("modbus.yaml", YAML.replace("active-power", "active-energy-import")))
                .hasMessageContaining("channel foundry-north.main.active-energy-import is there twice");
    }

    @Test
    void anUnknownTypeIsAnsweredWithTheKnownOnes() {
        assertThatThrownBy(() -> ModbusYaml.parse("modbus.yaml", YAML.replace("uint32", "word32")))
                .hasMessageContaining("word32")
                .hasMessageContaining("int16, uint16");
    }

    @Test
    void settingsHaveDefaultsAndRefuseUnknownKeys() throws IOException {
        AgentSettings settings = AgentSettings.read(written("audit-engine.conf", SETTINGS, "rw-r--r--"));
        assertThat(settings.mqtt().port()).isEqualTo(1883);
        assertThat(settings.batchTopic()).isEqualTo("t/demo-castings/foundry-north-agent/batch");
        assertThat(settings.logOrigin()).isEqualTo("energy-audit/test/demo-castings");
        assertThatThrownBy(() -> AgentSettings.read(written("b.conf", SETTINGS + "mqtt.prot=1\n", "rw-r--r--")))
                .hasMessageContaining("mqtt.prot")
                .hasMessageContaining("mqtt.port");
        assertThatThrownBy(() -> AgentSettings.read(written("c.conf", SETTINGS.replace("site=", "#"), "rw-r--r--")))
                .hasMessageContaining("site: this key is missing");
        assertThatThrownBy(() -> AgentSettings.read(written("d.conf", SETTINGS + "workers=none\n", "rw-r--r--")))
                .hasMessageContaining("workers")
                .hasMessageContaining("no whole number");
    }

    @Test
    void aPlanForAnotherSiteThanTheSettingsIsRefused() throws IOException {
        AgentSettings settings = AgentSettings.read(written("audit-engine.conf", SETTINGS, "rw-r--r--"));
        PollPlan other = ModbusYaml.parse("modbus.yaml", YAML.replace("site: foundry-north", "site: cold-store"));
        assertThatThrownBy(() -> settings.requireSamePlace(other)).hasMessageContaining("demo-castings/cold-store");
    }

    @Test
    void aMappingKeepsItsDecimalsExactAndItsBytes() throws IOException {
        String json = """
                {"version":1,"mappings":[{"sensor_id":"foundry-north.main.active-energy-import","multiplier":"0.001","offset":0,\
                "unit":"kWh","valid_from":"2026-01-01T00:00:00Z"}]}""";
        DeviceMapping mapping = DeviceMapping.read(written("device_mapping.json", json, "rw-r--r--"));
        assertThat(mapping.mappings().get(0).multiplier()).isEqualByComparingTo("0.001");
        assertThat(mapping.fileBytes()).isEqualTo(json.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> DeviceMapping.parse(
                        "m", json.replace("2026-01-01T00:00:00Z", "yesterday").getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("mappings[0]")
                .hasMessageContaining("valid_from");
    }

    private Path written(String name, String text, String mode) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }
}
