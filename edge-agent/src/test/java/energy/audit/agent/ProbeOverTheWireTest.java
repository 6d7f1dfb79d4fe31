package energy.audit.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.ghgande.j2mod.modbus.util.ModbusUtil;
import energy.audit.agent.commission.CommissioningRecord;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The command {@code probe} against a meter behind a real socket, and behind a real pair of pseudo-terminals. The meter is unit 3 with
 * input registers 60 to 99: 123456.78 as float32 at 72, and 7000.0 × 10 as int32, low word first, at 66.
 */
class ProbeOverTheWireTest {
    private static final int UNIT = 3;

    @TempDir
    Path directory;

    private AgentHome home;

    @BeforeEach
    void makeKey() throws IOException {
        home = new AgentHome(directory.resolve("agent"));
        home.keyMadeIfAbsent(new SecureRandom());
    }

    @Test
    void overTcpWhatTheDisplayShowsIsFoundAndSignedWithWhoWhenAndWhere() throws Exception {
        try (TcpMeter meter = new TcpMeter()) {
            assertThat(meter.probe("--unit", "3", "--address", "72", "--shows", "123456.78", "--by", "M. Weber"))
                    .isZero();
            JsonNode record = record();
            assertThat(record.path("agrees").asBoolean()).isTrue();
            assertThat(record.path("decodedAs").asText()).isEqualTo("float32 big");
            assertThat(record.path("words").get(0).asInt()).isEqualTo(0x47F1);
            assertThat(record.path("by").asText()).isEqualTo("M. Weber");
            assertThat(record.path("reachedAt").asText()).contains(String.valueOf(meter.port()));
            assertThat(record.path("profiles").get(0).asText()).startsWith("eastron-sdm630");
        }
    }

    @Test
    void overTcpAWrongUnitIdIsNamed() throws Exception {
        try (TcpMeter meter = new TcpMeter()) {
            assertThat(meter.probe("--unit", "5", "--address", "72", "--shows", "123456.78"))
                    .isOne();
            assertThat(hints()).containsExactly("unit 5 is silent, unit 3 answers: wrong unit id");
        }
    }

    @Test
    void overTcpAnAddressThatIsOffByOneIsNamed() throws Exception {
        try (TcpMeter meter = new TcpMeter()) {
            assertThat(meter.probe("--unit", "3", "--address", "73", "--shows", "123456.78"))
                    .isOne();
            assertThat(hints()).anySatisfy(hint -> assertThat(hint).contains("at address 72 as float32", "off by one"));
        }
    }

    @Test
    void overTcpSwappedWordsAreNamed() throws Exception {
        try (TcpMeter meter = new TcpMeter()) {
            assertThat(meter.probe("--unit", "3", "--address", "66", "--shows", "7000.0"))
                    .isZero();
            assertThat(hints()).anySatisfy(hint -> assertThat(hint).contains("word-order little", "swapped words"));
        }
    }

    @Test
    void overASerialLineAWrongUnitIdAndAnAddressThatIsOffByOneAndSwappedWordsAreNamed() throws Exception {
        try (SerialMeter meter = new SerialMeter()) {
            meter.probe("none", "--unit", "5", "--address", "72", "--shows", "123456.78");
            assertThat(hints()).containsExactly("unit 5 is silent, unit 3 answers: wrong unit id");
            meter.probe("none", "--unit", "3", "--address", "71", "--shows", "123456.78");
            assertThat(hints()).anySatisfy(hint -> assertThat(hint).contains("at address 72 as float32", "off by one"));
            meter.probe("none", "--unit", "3", "--address", "66", "--shows", "7000.0");
            assertThat(hints()).anySatisfy(hint -> assertThat(hint).contains("word-order little", "swapped words"));
        }
    }

    /**
     * A pseudo-terminal carries no parity bit; some kernels refuse to open one with parity, others ignore it. So the meter is deaf to
     * the first question, as a real one is to characters of another parity, and hears the one that the probe asks with each parity.
     */
    @Test
    void overASerialLineAWrongParityIsNamed() throws Exception {
        try (SerialMeter meter = new SerialMeter()) {
            meter.deafToSeveralRegisters = true;
            assertThat(meter.probe("even", "--unit", "3", "--address", "72", "--shows", "123456.78"))
                    .isOne();
            assertThat(hints()).containsExactly("the device answers with parity none: wrong parity or speed is set");
        }
    }

    private List<String> hints() throws Exception {
        List<String> hints = new ArrayList<>();
        record().path("hints").forEach(hint -> hints.add(hint.asText()));
        return hints;
    }

    /** The one record that waits; it is taken away, so that the next probe's is the one. */
    private JsonNode record() throws Exception {
        try (var files = Files.list(home.commissioning())) {
            List<Path> waiting = files.toList();
            assertThat(waiting).hasSize(1);
            JsonNode record =
                    CommissioningRecord.open(waiting.get(0), home.key().verificationKey());
            Files.delete(waiting.get(0));
            return record;
        }
    }

    private int run(List<String> line, String... arguments) {
        List<String> all = new ArrayList<>(line);
        all.addAll(List.of(
                "--area",
                "input",
                "--timeout-ms",
                "250",
                "--config",
                home.directory().toString()));
        all.addAll(List.of(arguments));
        return new CommandLine(new ProbeCommand()).execute(all.toArray(String[]::new));
    }

    /** Function and data of the answer; empty: silence. */
    private static byte[] answer(int unit, byte function, int address, int quantity) {
        if (unit != UNIT) {
            return new byte[0];
        }
        if (function != 4 || address < 60 || address + quantity > 100) {
            return new byte[] {(byte) (function | 0x80), 2};
        }
        int[] image = new int[100];
        image[72] = 0x47F1;
        image[73] = 0x2064;
        image[66] = 0x1170;
        image[67] = 0x0001;
        byte[] pdu = new byte[2 + 2 * quantity];
        pdu[0] = function;
        pdu[1] = (byte) (2 * quantity);
        for (int i = 0; i < quantity; i++) {
            pdu[2 + 2 * i] = (byte) (image[address + i] >> 8);
            pdu[3 + 2 * i] = (byte) image[address + i];
        }
        return pdu;
    }

    private final class TcpMeter implements Closeable {
        private final ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final Thread thread = new Thread(this::serve, "tcp meter");

        TcpMeter() throws IOException {
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return door.getLocalPort();
        }

        int probe(String... arguments) {
            return run(List.of("--host", "127.0.0.1", "--port", String.valueOf(port())), arguments);
        }

        private void serve() {
            while (!door.isClosed()) {
                try (Socket socket = door.accept()) {
                    DataInputStream in = new DataInputStream(socket.getInputStream());
                    while (true) {
                        byte[] request = new byte[12];
                        in.readFully(request);
                        byte[] pdu = answer(request[6] & 0xFF, request[7], word(request, 8), word(request, 10));
                        if (pdu.length > 0) {
                            byte[] frame = Arrays.copyOf(request, 7 + pdu.length);
                            frame[4] = 0;
                            frame[5] = (byte) (1 + pdu.length);
                            System.arraycopy(pdu, 0, frame, 7, pdu.length);
                            socket.getOutputStream().write(frame);
                        }
                    }
                } catch (IOException e) {
                    continue; // the other side hung up, or the test is over
                }
            }
        }

        @Override
        public void close() throws IOException {
            door.close();
        }
    }

    private final class SerialMeter implements Closeable {
        private final Path agentEnd = directory.resolve("line");
        private final Process socat;
        private final RandomAccessFile meterEnd;
        /** Like a cable, the pair outlives a port that is closed and opened again. */
        private final RandomAccessFile wire;

        private volatile boolean deafToSeveralRegisters;

        SerialMeter() throws IOException, InterruptedException {
            assumeTrue(
                    new ProcessBuilder("sh", "-c", "command -v socat").start().waitFor() == 0,
                    "SKIPPED: socat is not installed, so there is no pair of pseudo-terminals; apt-get install socat");
            Path other = directory.resolve("meter");
            socat = new ProcessBuilder("socat", "pty,raw,echo=0,link=" + agentEnd, "pty,raw,echo=0,link=" + other)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("socat.log").toFile())
                    .start();
            Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> Files.exists(agentEnd) && Files.exists(other));
            meterEnd = new RandomAccessFile(other.toRealPath().toFile(), "rw");
            wire = new RandomAccessFile(agentEnd.toRealPath().toFile(), "r");
            Thread thread = new Thread(this::serve, "serial meter");
            thread.setDaemon(true);
            thread.start();
        }

        int probe(String parity, String... arguments) throws IOException {
            return run(List.of("--device", agentEnd.toRealPath().toString(), "--parity", parity), arguments);
        }

        private void serve() {
            try {
                while (true) {
                    byte[] request = new byte[8];
                    meterEnd.readFully(request);
                    byte[] pdu = answer(request[0] & 0xFF, request[1], word(request, 2), word(request, 4));
                    boolean deaf = deafToSeveralRegisters && word(request, 4) > 1;
                    if (pdu.length > 0 && !deaf) {
                        byte[] frame = new byte[pdu.length + 3];
                        frame[0] = request[0];
                        System.arraycopy(pdu, 0, frame, 1, pdu.length);
                        int[] crc = ModbusUtil.calculateCRC(frame, 0, pdu.length + 1);
                        frame[pdu.length + 1] = (byte) crc[0];
                        frame[pdu.length + 2] = (byte) crc[1];
                        meterEnd.write(frame);
                    }
                }
            } catch (IOException e) {
                return; // the line was taken away by the test
            }
        }

        @Override
        public void close() throws IOException {
            socat.destroy();
            meterEnd.close();
            wire.close();
        }
    }

    private static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }
}
