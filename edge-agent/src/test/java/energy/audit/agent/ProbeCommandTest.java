package energy.audit.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.ghgande.j2mod.modbus.procimg.SimpleInputRegister;
import com.ghgande.j2mod.modbus.procimg.SimpleProcessImage;
import com.ghgande.j2mod.modbus.slave.ModbusSlave;
import com.ghgande.j2mod.modbus.slave.ModbusSlaveFactory;
import com.ghgande.j2mod.modbus.util.ModbusUtil;
import energy.audit.agent.commission.CommissioningRecord;
import energy.audit.evidence.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import picocli.CommandLine;

/** The command as a technician types it, against a real Modbus socket and a real pseudo-terminal line. */
@ResourceLock(Resources.SYSTEM_OUT)
class ProbeCommandTest {
    private static final int PORT = FreePorts.of("probed-meter");

    @TempDir
    Path directory;

    private ModbusSlave slave;

    /** Unit 3: 123456.78 as float32 at input registers 72 and 73, 7000.0 × 10 as low-word-first int32 at 66. */
    @BeforeEach
    void open() throws Exception {
        SimpleProcessImage image = new SimpleProcessImage(3);
        int[] words = words();
        for (int word : words) {
            image.addInputRegister(new SimpleInputRegister(word));
        }
        slave = ModbusSlaveFactory.createTCPSlave(InetAddress.getLoopbackAddress(), PORT, 3, false);
        slave.addProcessImage(3, image);
        slave.open();
    }

    private static int[] words() {
        int[] words = new int[100];
        words[72] = 0x47F1;
        words[73] = 0x2064;
        words[66] = 0x1170;
        words[67] = 0x0001;
        return words;
    }

    @AfterEach
    void close() {
        ModbusSlaveFactory.close(slave);
    }

    private record Said(int exit, JsonNode json) {
        List<String> hints() {
            List<String> hints = new ArrayList<>();
            json.path("hints").forEach(hint -> hints.add(hint.asText()));
            return hints;
        }
    }

    private static Said probe(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("probe", "--json", "--area", "input", "--timeout-ms", "250"));
        all.addAll(List.of(arguments));
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            int exit = new CommandLine(new EdgeAgent()).execute(all.toArray(String[]::new));
            return new Said(exit, new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8)));
        } finally {
            System.setOut(before);
        }
    }

    private static Said tcp(String unit, String address, String shows) throws IOException {
        return probe(
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(PORT),
                "--unit",
                unit,
                "--address",
                address,
                "--shows",
                shows);
    }

    @Test
    void overASocketTheRightSettingsAgreeAndTheProfileIsProposed() throws Exception {
        Said said = tcp("3", "72", "123456.78");
        assertThat(said.exit()).isZero();
        assertThat(said.hints()).isEmpty();
        assertThat(said.json().path("profiles").toString()).contains("eastron-sdm630");
    }

    @Test
    void overASocketEachWrongSettingLeadsToAHintThatNamesIt() throws Exception {
        Said unit = tcp("5", "72", "123456.78");
        assertThat(unit.exit()).isEqualTo(1);
        assertThat(unit.hints()).anySatisfy(hint -> assertThat(hint).contains("unit 3 answers: wrong unit id"));
        assertThat(tcp("3", "73", "123456.78").hints())
                .anySatisfy(hint -> assertThat(hint).contains("at address 72", "off by one"));
        assertThat(tcp("3", "71", "123456.78").hints())
                .anySatisfy(hint -> assertThat(hint).contains("at address 72", "off by one"));
        assertThat(tcp("3", "66", "7000.0").hints())
                .anySatisfy(hint -> assertThat(hint).contains("word-order little", "swapped words"));
    }

    @Test
    void theOutcomeIsSignedByTheAgentsKey() throws Exception {
        AgentHome home = AgentDirectory.write(
                directory.resolve("agent"), "foundry-north-agent", 1883, SigningKey.generate(new SecureRandom()), "");
        probe(
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(PORT),
                "--unit",
                "3",
                "--address",
                "72",
                "--shows",
                "123456.78",
                "--config",
                home.directory().toString());
        try (var files = Files.list(home.directory().resolve("commissioning"))) {
            Path record = files.findFirst().orElseThrow();
            JsonNode content = CommissioningRecord.open(record, home.key().verificationKey());
            assertThat(content.path("unit").asInt()).isEqualTo(3);
            assertThat(content.path("reachedAt").asText()).contains(Integer.toString(PORT));
            assertThat(content.path("shows").asText()).isEqualTo("123456.78");
        }
    }

    /**
     * A pseudo-terminal has no parity, so the meter behind it does what a line with a wrong one does: its answers are garbled
     * until the port is opened otherwise, which the probe does when it asks for a single register.
     */
    @Test
    void overASerialLineAWrongParityIsNamedWithTheOneThatIsAnswered() throws Exception {
        assumeTrue(
                new ProcessBuilder("sh", "-c", "command -v socat").start().waitFor() == 0,
                "SKIPPED: socat is not installed, so there is no pair of pseudo-terminals; apt-get install socat");
        Path agentEnd = directory.resolve("agent-end");
        Path meterEnd = directory.resolve("meter-end");
        Process socat = new ProcessBuilder(
                        "socat", "pty,raw,echo=0,link=" + agentEnd, "pty,raw,echo=0,link=" + meterEnd)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("socat.log").toFile())
                .start();
        try {
            Awaitility.await()
                    .atMost(10, TimeUnit.SECONDS)
                    .until(() -> Files.exists(agentEnd) && Files.exists(meterEnd));
            try (RandomAccessFile meter =
                            new RandomAccessFile(meterEnd.toRealPath().toFile(), "rw");
                    RandomAccessFile wire =
                            new RandomAccessFile(agentEnd.toRealPath().toFile(), "r")) {
                assertThat(wire.getFD().valid())
                        .as("held open, as a cable outlives a port")
                        .isTrue();
                Thread serving = new Thread(() -> serve(meter), "meter");
                serving.setDaemon(true);
                serving.start();
                Said said = probe(
                        "--device",
                        agentEnd.toRealPath().toString(),
                        "--parity",
                        "even",
                        "--unit",
                        "3",
                        "--address",
                        "72",
                        "--shows",
                        "123456.78");
                assertThat(said.exit()).isEqualTo(1);
                assertThat(said.hints())
                        .containsExactly("the device answers with parity none: wrong parity or speed is set");
            }
        } finally {
            socat.destroy();
            socat.waitFor();
        }
    }

    private static void serve(RandomAccessFile meter) {
        try {
            byte[] request = new byte[8];
            while (true) {
                meter.readFully(request);
                int start = (request[2] & 0xFF) << 8 | request[3] & 0xFF;
                int quantity = (request[4] & 0xFF) << 8 | request[5] & 0xFF;
                byte[] answer = new byte[3 + 2 * quantity + 2];
                answer[0] = request[0];
                answer[1] = request[1];
                answer[2] = (byte) (2 * quantity);
                int[] words = Arrays.copyOfRange(words(), start, start + quantity);
                for (int i = 0; i < quantity; i++) {
                    answer[3 + 2 * i] = (byte) (words[i] >> 8);
                    answer[4 + 2 * i] = (byte) words[i];
                }
                int[] crc = ModbusUtil.calculateCRC(answer, 0, answer.length - 2);
                answer[answer.length - 2] = (byte) crc[0];
                answer[answer.length - 1] = (byte) crc[1];
                if (quantity > 1) {
                    answer[answer.length - 1] ^= 0x41;
                }
                meter.write(answer);
            }
        } catch (IOException e) {
            return; // the line was taken away by the test
        }
    }
}
