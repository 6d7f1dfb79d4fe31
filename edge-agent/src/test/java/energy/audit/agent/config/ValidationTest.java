package energy.audit.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class ValidationTest {
    private static final String YAML = """
            version: 1
            tenant: demo-castings
            site: foundry-north
            polling-interval: 10s
            buses:
              - id: plant
                transport: tcp
                host: 127.0.0.1
                port: 26020
                devices:
                  - id: main
                    unit: 1
                    registers:
                      - channel: foundry-north.main.active-energy-import
                        area: holding
                        address: 0x10
                        type: uint32
                        word-order: big
                  - id: press
                    unit: 2
                    profile: eastron-sdm630
            """;
    private static final String MAPPING = """
            {"version": 1, "mappings": [
              {"sensor_id": "foundry-north.main.active-energy-import", "multiplier": "0.001", "offset": "0",
               "unit": "kWh", "valid_from": "2026-01-01T00:00:00Z"}
            ]}
            """;
    private static final String CONF = """
            tenant=demo-castings
            agent=foundry-north-agent
            site=foundry-north
            installation=test
            mqtt.host=127.0.0.1
            mqtt.user=demo-castings.foundry-north-agent
            mqtt.tls=true
            buffer.thin-at=0.5
            """;

    @Test
    void goodFilesAreGood() {
        assertThat(modbus(YAML)).isEmpty();
        assertThat(mapping(MAPPING)).isEmpty();
        assertThat(ConfigurationCheck.settings("audit-engine.conf", CONF)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "word-order: big | word-ordre: big | modbus.yaml:18:13 | Did you mean word-order?",
                "type: uint32 | type: unit32 | modbus.yaml:17:19 | Did you mean uint32?",
                "area: holding | area: hodling | modbus.yaml:15:19 | Did you mean holding?",
                "eastron-sdm630 | eastron-sdm360 | modbus.yaml:21: | did you mean eastron-sdm630?",
                "polling-interval: 10s | polling-interval: 7s | modbus.yaml:4: | does not divide a quarter hour",
                "polling-interval: 10s | polling-interval: 10 | modbus.yaml:4: | Write a duration",
                "unit: 2 | unit: 256 | modbus.yaml:20:15 | 256 is out of range",
                "address: 0x10 | address: ten | modbus.yaml:16:22 | decimal or 0x",
                "host: 127.0.0.1 | max-hole: 1 | modbus.yaml:6:5 | host: this key is missing",
                "id: press | id: main | modbus.yaml:19:13 | device main is there twice, first on line 11",
                "unit: 2 | id: other | modbus.yaml:20:9 | first on line 19",
                "site: foundry-north | site: [foundry | modbus.yaml:4: | it is no YAML",
            })
    void aFaultIsNamedWithItsPlaceAndAHint(String good, String bad, String place, String words) {
        assertThat(modbus(YAML.replaceFirst(java.util.regex.Pattern.quote(good), bad)))
                .anySatisfy(complaint ->
                        assertThat(complaint.toString()).startsWith(place).contains(words));
    }

    @Test
    void everyFaultIsNamedNotOnlyTheFirst() {
        String bad = YAML.replace("version: 1", "version: 2")
                .replace("type: uint32", "type: word")
                .replace("unit: 2", "unit: -1")
                .replace("eastron-sdm630", "eastron-sdm360")
                .replace("10s", "7s");
        assertThat(modbus(bad)).extracting(Complaint::line).contains(1, 17, 20, 21);
        assertThat(modbus(YAML.replace("eastron-sdm630", "eastron-sdm360").replace("10s", "7s")))
                .extracting(Complaint::line)
                .containsExactly(4, 21);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"kWh\" | \"kwh\" | device_mapping.json:3:12 | Energy and power are written kWh",
                "\"0.001\" | \"0,001\" | device_mapping.json:2:74 | A decimal number",
                "\"offset\" | \"ofset\" | device_mapping.json:2: | Did you mean offset?",
                "2026-01-01T | 2026-02-31T | device_mapping.json:3: | is no instant",
                "]} | ] | device_mapping.json: | it is no JSON",
            })
    void aFaultInAMappingIsNamedWithItsPlaceAndAHint(String good, String bad, String place, String words) {
        assertThat(mapping(MAPPING.replace(good, bad)))
                .anySatisfy(complaint ->
                        assertThat(complaint.toString()).startsWith(place).contains(words));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mqtt.tls=true | mqtt.tls=yes | audit-engine.conf:7:1 | \"yes\" is no true or false",
                "mqtt.tls=true | mqtt.tsl=true | audit-engine.conf:7:1 | Did you mean mqtt.tls?",
                "buffer.thin-at=0.5 | buffer.thin-at=1.5 | audit-engine.conf:8:1 | 1.5 is out of range",
                "mqtt.tls=true | site=cold-store | audit-engine.conf:7:1 | first on line 3",
            })
    void aFaultInTheSettingsIsNamedWithItsPlaceAndAHint(String good, String bad, String place, String words) {
        assertThat(ConfigurationCheck.settings("audit-engine.conf", CONF.replace(good, bad)))
                .anySatisfy(complaint ->
                        assertThat(complaint.toString()).startsWith(place).contains(words));
    }

    /** Faults that a schema can express: an independent validator and the program's own must both refuse them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "version: 1=>version: 2",
                "type: uint32=>type: word32",
                "unit: 2=>unit: 256",
                "unit: 2=>unit: two",
                "address: 0x10=>address: 70000",
                "address: 0x10=>addres: 16",
                "host: 127.0.0.1=>max-hole: 1",
                "transport: tcp=>transport: rtu",
                "transport: tcp=>transport: udp",
                "port: 26020=>port: 0",
                "word-order: big=>scale-register: 4",
                "profile: eastron-sdm630=>retries: 1",
                "tenant: demo-castings=>tenant: demo castings",
                "channel: foundry-north.main.active-energy-import=>channel: main"
            })
    void anIndependentValidatorRefusesWhatTheProgramRefuses(String change) throws IOException {
        String bad = YAML.replace(change.split("=>")[0], change.split("=>")[1]);
        assertThat(bad).isNotEqualTo(YAML);
        assertThat(modbus(bad)).isNotEmpty();
        assertThat(independent("modbus.yaml", yaml(bad))).isFalse();
    }

    /** A plant counts in its own units; only those of power and energy have one spelling. */
    @ParameterizedTest
    @ValueSource(strings = {"kWh", "Mvar", "VAh", "V", "1", "%", "W/m2", "m3/h", "pallets", "Flaschen 0,5 l", "kg TS"})
    void anyUnitIsTakenAndTheIndependentValidatorAgrees(String unit) throws IOException {
        String own = MAPPING.replace("kWh", unit);
        assertThat(mapping(own)).isEmpty();
        assertThat(independent("device_mapping.json", new ObjectMapper().readTree(own)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kwh", "KWH", "mwh", "Kvar", "kva", "", " ", "kWh "})
    void aMisspeltUnitOfEnergyOrPowerIsRefusedByBoth(String unit) throws IOException {
        String bad = MAPPING.replace("kWh", unit);
        assertThat(mapping(bad)).isNotEmpty();
        assertThat(independent("device_mapping.json", new ObjectMapper().readTree(bad)))
                .isFalse();
    }

    @Test
    void anIndependentValidatorTakesWhatTheProgramTakes() throws IOException {
        assertThat(independent("modbus.yaml", yaml(YAML))).isTrue();
        assertThat(independent("device_mapping.json", new ObjectMapper().readTree(MAPPING)))
                .isTrue();
        for (String bad : List.of(
                MAPPING.replace("kWh", "kwh"), MAPPING.replace("0.001", "x"), MAPPING.replace("unit", "units"))) {
            assertThat(independent("device_mapping.json", new ObjectMapper().readTree(bad)))
                    .isFalse();
            assertThat(mapping(bad)).isNotEmpty();
        }
        ObjectNode settings = new ObjectMapper().createObjectNode();
        CONF.lines().forEach(line -> settings.put(line.split("=")[0], line.split("=")[1]));
        settings.put("mqtt.tls", true).put("buffer.thin-at", 0.5);
        assertThat(independent("audit-engine.conf", settings)).isTrue();
        assertThat(independent("audit-engine.conf", settings.deepCopy().put("mqtt.port", 70_000)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"modbus.yaml", "device_mapping.json", "audit-engine.conf"})
    void theSchemaInTheDocumentationIsTheOneThatTheProgramPrints(String name) throws IOException {
        assertThat(Files.readString(Path.of("../docs/schema/" + name + ".schema.json")))
                .isEqualTo(Schema.of(name).text());
    }

    private static JsonNode yaml(String text) {
        Object tree = new Yaml().load(text);
        return new ObjectMapper().valueToTree(tree);
    }

    private static boolean independent(String name, JsonNode instance) {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Schema.of(name).text());
        return schema.validate(instance).isEmpty();
    }

    private static List<Complaint> modbus(String text) {
        return ConfigurationCheck.modbus("modbus.yaml", text, DeviceProfiles.bundled());
    }

    private static List<Complaint> mapping(String text) {
        return ConfigurationCheck.mapping("device_mapping.json", text.getBytes(StandardCharsets.UTF_8));
    }
}
