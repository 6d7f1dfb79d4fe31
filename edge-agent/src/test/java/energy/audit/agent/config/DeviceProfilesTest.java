package energy.audit.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceProfilesTest {
    private static final Path MAPS = Path.of("../../shared/data/meters/register_maps.csv");
    private static final Path SUNSPEC = Path.of("../../shared/data/meters/sunspec_offsets.csv");
    private static final Map<String, String> PROFILES = Map.ofEntries(
            Map.entry("Eastron SDM630", "eastron-sdm630"),
            Map.entry("Schneider iEM3000", "schneider-iem3000"),
            Map.entry("ABB A/B series (B23)", "abb-b23"),
            Map.entry("Carlo Gavazzi EM24 (RS-485)", "carlo-gavazzi-em24-rs485"),
            Map.entry("Carlo Gavazzi EM24_E1 (Ethernet)", "carlo-gavazzi-em24-ethernet"),
            Map.entry("Janitza B23 (B-series)", "janitza-b23"),
            Map.entry("Siemens PAC2200", "siemens-pac2200"),
            Map.entry("Chint DTSU666", "chint-dtsu666"),
            Map.entry("Janitza UMG604/UMG104", "janitza-umg604"),
            Map.entry("Janitza UMG96RM-E", "janitza-umg96rm-e"),
            Map.entry("Schneider PM/acti9 block 3000 (manual address; PDU = manual - 1)", "schneider-acti9"));

    @TempDir
    Path directory;

    @Test
    void everyBundledProfileCanBeReadAndStatesItsSource() {
        DeviceProfiles bundled = DeviceProfiles.bundled();
        assertThat(bundled.names()).hasSizeGreaterThanOrEqualTo(17).containsAll(PROFILES.values());
        for (String name : bundled.names()) {
            DeviceProfile profile = bundled.named(name);
            assertThat(profile.source()).contains("@");
            assertThat(profile.value("active-energy-import")).isPresent();
            assertThat(profile.value("active-power").orElseThrow().unit()).isEqualTo("kW");
        }
    }

    @Test
    void everyRegisterOfThePublishedMapsIsInItsProfileWithAddressTypeOrderAndScale() throws IOException {
        assumeTrue(Files.exists(MAPS), "published register maps are not on this machine: " + MAPS);
        int rows = 0;
        Map<String, Integer> counted = new HashMap<>();
        for (String line :
                Files.readAllLines(MAPS).subList(1, (int) Files.lines(MAPS).count())) {
            String[] cell = line.split(",", -1);
            DeviceProfile profile =
                    DeviceProfiles.bundled().named(java.util.Objects.requireNonNull(PROFILES.get(cell[0])));
            int address = Integer.parseInt(cell[4]) - (profile.name().equals("schneider-acti9") ? 1 : 0);
            DeviceProfile.Value value = profile.values().stream()
                    .filter(v -> v.register().address() == address)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(line));
            Register register = value.register();
            assertThat(register.type()).as(line).isEqualTo(RegisterType.named(cell[6]));
            assertThat(register.area()).as(line).isEqualTo(cell[2].equals("4") ? Area.INPUT : Area.HOLDING);
            boolean low = cell[7].startsWith("low") && register.type().words() > 1;
            assertThat(register.wordOrder()).as(line).isEqualTo(low ? WordOrder.LITTLE : WordOrder.BIG);
            BigDecimal published = BigDecimal.ONE.divide(new BigDecimal(cell[8]), java.math.MathContext.DECIMAL64);
            BigDecimal kilo =
                    value.unit().startsWith("k") && !cell[9].startsWith("k") ? new BigDecimal("0.001") : BigDecimal.ONE;
            int exponent = register.fixedPoint().map(FixedPoint::exponent).orElse(0);
            assertThat(value.multiplier())
                    .as(line)
                    .isEqualByComparingTo(published.multiply(kilo).scaleByPowerOfTen(exponent));
            counted.merge(profile.name(), 1, Integer::sum);
            rows++;
        }
        assertThat(rows).isGreaterThan(250);
        counted.forEach(
                (name, count) -> assertThat(DeviceProfiles.bundled().named(name).values())
                        .as(name)
                        .hasSize(count));
    }

    @Test
    void sunSpecModelsAreReadWithTheirScaleRegistersRelativeToTheModel() throws IOException {
        assumeTrue(Files.exists(SUNSPEC), "published SunSpec offsets are not on this machine: " + SUNSPEC);
        DeviceProfile wye = DeviceProfiles.bundled().named("sunspec-203");
        Map<String, String> points = Map.of("W", "active-power", "TotWhImp", "active-energy-import", "Hz", "frequency");
        int found = 0;
        List<String> lines = Files.readAllLines(SUNSPEC);
        for (String line : lines) {
            String[] cell = line.split(",", -1);
            if (cell[0].equals("203") && points.containsKey(cell[3])) {
                Register register = wye.value(points.get(cell[3])).orElseThrow().register();
                assertThat(register.address()).isEqualTo(Integer.parseInt(cell[2]));
                assertThat(register.type()).isEqualTo(RegisterType.named(cell[4]));
                int scale = lines.stream()
                        .map(other -> other.split(",", -1))
                        .filter(other -> other[0].equals("203") && other[3].equals(cell[6]))
                        .mapToInt(other -> Integer.parseInt(other[2]))
                        .findFirst()
                        .orElseThrow();
                assertThat(register.fixedPoint().orElseThrow().factorRegister()).hasValue(scale);
                found++;
            }
        }
        assertThat(found).isEqualTo(3);
        Register moved = wye.registers("s.m", 50_000, List.of("active-power")).get(0);
        assertThat(moved.address()).isEqualTo(50_018);
        assertThat(moved.fixedPoint().orElseThrow().factorRegister()).hasValue(50_022);
    }

    @Test
    void aDeviceNamesItsProfileAndTheQuantitiesThatAreWanted() {
        PollPlan plan = ModbusYaml.parse("modbus.yaml", yaml("""
                      profile: eastron-sdm630
                      quantities: [active-energy-import, voltage-l1]
                """));
        assertThat(plan.channels()).containsExactly("works.main.active-energy-import", "works.main.voltage-l1");
        Register energy = plan.buses().get(0).devices().get(0).registers().get(0);
        assertThat(energy.area()).isEqualTo(Area.INPUT);
        assertThat(energy.address()).isEqualTo(72);
    }

    @Test
    void aProfileAndOwnRegistersGoTogetherUnderTheMeterThatIsNamed() {
        PollPlan plan = ModbusYaml.parse("modbus.yaml", yaml("""
                      profile: abb-b23
                      meter: works.feeder-2
                      quantities: [frequency]
                      registers:
                        - {channel: works.feeder-2.alarm, address: 7, type: uint16, bits: 3}
                """));
        assertThat(plan.channels()).containsExactly("works.feeder-2.frequency", "works.feeder-2.alarm");
    }

    @Test
    void anUnknownProfileOrQuantityIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> ModbusYaml.parse("modbus.yaml", yaml("      profile: eastron-sdm360\n")))
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageContaining("buses[0], devices[0], profile")
                .hasMessageContaining("eastron-sdm630");
        assertThatThrownBy(() -> ModbusYaml.parse("modbus.yaml", yaml("""
                      profile: eastron-sdm630
                      quantities: [gas-volume]
                """)))
                .hasMessageContaining("has no gas-volume")
                .hasMessageContaining("active-power");
    }

    @Test
    void aFileBesideTheConfigurationAddsAProfileWithoutCodeAndWinsOverABundledOne() throws IOException {
        Files.createDirectories(directory.resolve("profiles"));
        String own = """
                version: 1
                name: %s
                title: "our own meter"
                source: "manual of the maker, edition 3, page 12"
                values:
                  - {quantity: active-energy-import, address: 0x10, type: uint32, word-order: CDAB, unit: kWh, multiplier: "0.1"}
                """;
        Files.writeString(directory.resolve("profiles/acme-1.yaml"), own.formatted("acme-1"));
        Files.writeString(directory.resolve("profiles/abb-b23.yaml"), own.formatted("abb-b23"));
        Path file = Files.createFile(
                directory.resolve("modbus.yaml"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, yaml("      profile: acme-1\n"));
        assertThat(ModbusYaml.read(file).channels()).containsExactly("works.main.active-energy-import");
        DeviceProfiles profiles = DeviceProfiles.besides(file);
        assertThat(profiles.names()).contains("acme-1", "siemens-pac2200");
        assertThat(profiles.named("abb-b23").title()).isEqualTo("our own meter");
    }

    @Test
    void aProfileWithATypingErrorIsRefusedWithTheLineAndNotReadInPart() throws IOException {
        Files.createDirectories(directory.resolve("profiles"));
        Files.writeString(directory.resolve("profiles/acme-1.yaml"), """
                version: 1
                name: acme-1
                title: t
                source: s
                values:
                  - {quantity: active-power, adress: 1, type: int16, unit: kW, multiplier: "1"}
                """);
        assertThatThrownBy(() ->
                        DeviceProfiles.besides(directory.resolve("modbus.yaml")).named("acme-1"))
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageContaining("acme-1.yaml, values[0]")
                .hasMessageContaining("address");
    }

    private static String yaml(String device) {
        return """
                version: 1
                tenant: t
                site: works
                buses:
                  - id: plant
                    host: 127.0.0.1
                    devices:
                    - id: main
                      unit: 1
                """ + device.indent(0);
    }
}
