package energy.audit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.ghgande.j2mod.modbus.procimg.SimpleInputRegister;
import com.ghgande.j2mod.modbus.procimg.SimpleProcessImage;
import com.ghgande.j2mod.modbus.slave.ModbusSlave;
import com.ghgande.j2mod.modbus.slave.ModbusSlaveFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import picocli.CommandLine;

/** The command as a technician types it, against a socket behind which a gateway refuses for devices that are not there. */
@ResourceLock(Resources.SYSTEM_OUT)
class ProbeCommandTest {
    private static final int PORT = FreePorts.of("probed-meter");

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
}
