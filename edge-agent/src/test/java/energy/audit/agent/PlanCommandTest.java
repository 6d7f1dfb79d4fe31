package energy.audit.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import energy.audit.agent.config.ConfigurationRefused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import picocli.CommandLine;

@ResourceLock(Resources.SYSTEM_OUT)
class PlanCommandTest {
    @TempDir
    Path directory;

    private record Outcome(int status, String text) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(text);
        }
    }

    @Test
    void aLinesCycleIsTheSumOfItsFramesSilencesAndThinkingTimes() throws Exception {
        // 8 + 5 + 2 * 2 characters of 11 bits, twice 3.5 characters of silence, at 9,600 baud; 50 ms for the device
        double seconds = (17 + 7) * 11 / 9600.0 + 0.050;
        JsonNode bus =
                plan(line(9600, "even", 3, "10s", "")).json().path("buses").path(0);
        assertThat(bus.path("cycleMs").asInt()).isEqualTo((int) (3 * seconds * 1000));
        JsonNode withoutParity =
                plan(line(9600, "none", 3, "10s", "")).json().path("buses").path(0);
        assertThat(withoutParity.path("cycleMs").asInt())
                .as("ten bits a character")
                .isEqualTo((int) (3 * ((17 + 7) * 10 / 9600.0 + 0.050) * 1000));
        JsonNode fast =
                plan(line(115_200, "even", 3, "10s", "")).json().path("buses").path(0);
        assertThat(fast.path("cycleMs").asInt())
                .as("above 19,200 baud the silence is 1.75 ms")
                .isEqualTo((int) (3 * (17 * 11 / 115_200.0 + 2 * 0.001_75 + 0.050) * 1000));
    }

    @Test
    void aLineThatIsTooSlowIsRefusedWithItsTimesAndWithChangesThatSuffice() throws Exception {
        Outcome refused = plan(line(2400, "even", 20, "2s", "request-timeout: 100ms\n"));
        assertThat(refused.status()).isEqualTo(1);
        JsonNode shortfall = refused.json().path("shortfalls").path(0);
        assertThat(shortfall.path("bus").asText()).isEqualTo("plant");
        assertThat(shortfall.path("neededMs").asLong())
                .isGreaterThan(shortfall.path("availableMs").asLong());
        assertThat(shortfall.path("change").asText())
                .isEqualTo("Set polling-interval to 4s, or set baud to 9600 on the line and in its devices,"
                        + " or spread the devices over more buses");
        assertThat(plan(line(2400, "even", 20, "4s", "request-timeout: 100ms\n"))
                        .status())
                .as("the proposed interval")
                .isZero();
        assertThat(plan(line(9600, "even", 20, "2s", "request-timeout: 100ms\n"))
                        .status())
                .as("the proposed speed")
                .isZero();
        assertThat(plan(line(4800, "even", 20, "2s", "request-timeout: 100ms\n"))
                        .status())
                .as("the next lower speed would not have done")
                .isEqualTo(1);
    }

    @Test
    void connectionsShareTheDevicesOutAndSoMuchIsProposedAsIsNeeded() throws Exception {
        Outcome one = plan(gateway(100, "1s", "", ""));
        assertThat(one.status()).isEqualTo(1);
        assertThat(one.json().path("shortfalls").path(0).path("change").asText())
                .contains("set connections to 2 ");
        Outcome two = plan(gateway(100, "1s", "    connections: 2\n", ""));
        assertThat(two.status()).as(two.text()).isZero();
        JsonNode bus = two.json().path("buses").path(0);
        assertThat(bus.path("connections").asInt()).isEqualTo(2);
        assertThat(bus.path("cycleMs").asInt()).isEqualTo(500);
        assertThat(bus.path("silentDevicesBorne").asInt())
                .as("each of them takes 90 ms more than an answer, and 300 ms are left")
                .isEqualTo(3);
    }

    @Test
    void aDeviceWhoseSilenceCostsItsNeighboursMoreThanATenthIsRefusedAndALonelyOneIsNot() throws Exception {
        String slow = "        request-timeout: 1500ms\n";
        Outcome refused = plan(gateway(2, "10s", "", slow));
        assertThat(refused.status()).isEqualTo(1);
        JsonNode shortfall = refused.json().path("shortfalls").path(0);
        assertThat(shortfall.path("what").asText()).contains("device d1 if it is silent");
        assertThat(shortfall.path("neededMs").asInt()).isEqualTo(1500);
        assertThat(shortfall.path("availableMs").asInt()).isEqualTo(1000);
        assertThat(shortfall.path("change").asText()).contains("1000ms or less").contains("15s or more");
        assertThat(plan(gateway(1, "10s", "", slow)).status()).isZero();
        assertThat(plan(gateway(2, "10s", "    connections: 2\n", slow)).status())
                .as("each on a connection of its own")
                .isZero();
    }

    @Test
    void retriesCountAndSoDoesTheQuietAfterASilenceOnALine() throws Exception {
        JsonNode bus = plan(line(9600, "even", 2, "10s", "request-timeout: 500ms\n"))
                .json()
                .path("buses")
                .path(0);
        int answer = bus.path("cycleMs").asInt() / 2;
        assertThat(bus.path("silentDeviceCostMs").asInt()).isEqualTo(540);
        assertThat(bus.path("oneDeviceSilentMs").asInt())
                .as("once in its turn and once more, which is a line's default")
                .isBetween(2 * 540 + answer - 1, 2 * 540 + answer + 1);
        assertThat(plan(line(9600, "even", 2, "10s", "request-timeout: 1s\n")).status())
                .isEqualTo(1);
        assertThat(plan(line(9600, "even", 2, "10s", "")).status())
                .as("the default leaves room for the quiet")
                .isZero();
    }

    @Test
    void tooFewWorkersForTheConnectionsAreRefused() throws Exception {
        Files.writeString(
                directory.resolve("audit-engine.conf"),
                "tenant=t\nagent=a\nsite=s\ninstallation=i\nmqtt.host=h\nmqtt.user=u\nworkers=2\n");
        Outcome refused = plan(gateway(160, "1s", "    connections: 16\n", ""));
        assertThat(refused.status()).as(refused.text()).isZero();
        refused = plan(gateway(320, "1s", "    connections: 16\n", ""));
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.json().path("shortfalls").path(0).path("change").asText())
                .isEqualTo("Set workers in audit-engine.conf to 4, or poll less often");
    }

    @Test
    void whatPlanRefusesTheAgentRefusesToStartWithTheSameWords() throws Exception {
        AgentHome home = AgentDirectory.write(
                directory, "agent", 1, energy.audit.evidence.SigningKey.generate(new java.security.SecureRandom()), "");
        write(gateway(100, "1s", "", "")
                .replace("tenant: t", "tenant: demo-castings")
                .replace("site: s", "site: foundry-north"));
        LiveRun run = new LiveRun(home, Clock.systemUTC(), System.out, System.err);
        assertThatThrownBy(() -> run.run(new CountDownLatch(1)))
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageContaining("bus plant")
                .hasMessageContaining("set connections to 2");
    }

    private Outcome plan(String yaml) throws IOException {
        write(yaml);
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            int status = new CommandLine(new PlanCommand()).execute("--config", directory.toString(), "--json");
            return new Outcome(status, out.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
        }
    }

    private void write(String yaml) throws IOException {
        Path file = directory.resolve("modbus.yaml");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, yaml);
    }

    private static String line(int baud, String parity, int devices, String interval, String ofPlan) {
        return top(interval, ofPlan) + "  - id: plant\n    transport: rtu\n    device: /dev/ttyUSB0\n    baud: " + baud
                + "\n    parity: " + parity + "\n" + devices(devices, "", "uint32");
    }

    private static String gateway(int devices, String interval, String ofBus, String ofDevice) {
        return top(interval, "") + "  - id: plant\n    host: 127.0.0.1\n" + ofBus
                + devices(devices, ofDevice, "uint16");
    }

    private static String top(String interval, String ofPlan) {
        return "version: 1\ntenant: t\nsite: s\npolling-interval: " + interval + "\n" + ofPlan + "buses:\n";
    }

    private static String devices(int devices, String more, String type) {
        StringBuilder yaml = new StringBuilder("    devices:\n");
        for (int i = 1; i <= devices; i++) {
            yaml.append("      - id: d" + i + "\n        unit: " + i % 247 + "\n" + more
                    + "        registers: [{channel: s.d" + i + ".x, address: 0, type: " + type + "}]\n");
        }
        return yaml.toString();
    }
}
