package energy.audit.agent.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.ghgande.j2mod.modbus.util.ModbusUtil;
import energy.audit.agent.config.Area;
import energy.audit.agent.config.Bus;
import energy.audit.agent.config.Bus.SerialLine;
import energy.audit.agent.config.Bus.Transport;
import energy.audit.evidence.wire.GapCause;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RTU frames through a real pair of pseudo-terminals: the agent opens one end as its serial port, a meter sits at the other. */
class SerialLineTest {
    private static final Duration TIMEOUT = Duration.ofMillis(400);

    /** Turns a request frame into the bytes that come back; empty: silence. */
    private interface Meter {
        byte[] answer(byte[] request);
    }

    @TempDir
    Path directory;

    private volatile Meter meter = SerialLineTest::honest;
    private Process socat;
    private RandomAccessFile meterEnd;
    private Thread meterThread;
    private Path agentEnd;
    private RandomAccessFile wire;

    @BeforeEach
    void connect() throws IOException, InterruptedException {
        assumeTrue(
                new ProcessBuilder("sh", "-c", "command -v socat").start().waitFor() == 0,
                "SKIPPED: socat is not installed, so there is no pair of pseudo-terminals; apt-get install socat");
        agentEnd = directory.resolve("agent");
        Path other = directory.resolve("meter");
        socat = new ProcessBuilder("socat", "pty,raw,echo=0,link=" + agentEnd, "pty,raw,echo=0,link=" + other)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("socat.log").toFile())
                .start();
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> Files.exists(agentEnd) && Files.exists(other));
        meterEnd = new RandomAccessFile(other.toRealPath().toFile(), "rw");
        // like a cable, the pair outlives a port that is closed and opened again
        wire = new RandomAccessFile(agentEnd.toRealPath().toFile(), "r");
        meterThread = new Thread(this::serve, "meter");
        meterThread.setDaemon(true);
        meterThread.start();
    }

    @AfterEach
    void disconnect() throws IOException, InterruptedException {
        if (socat != null) {
            socat.destroy();
            socat.waitFor();
            meterThread.join();
            meterEnd.close();
            wire.close();
        }
    }

    private void serve() {
        try {
            while (true) {
                byte[] request = new byte[8];
                meterEnd.readFully(request);
                meterEnd.write(meter.answer(request));
            }
        } catch (IOException e) {
            return; // the line was taken away by the test
        }
    }

    @Test
    void everyAreaIsReadOverASerialLine() throws IOException {
        try (ModbusBus bus = bus()) {
            assertThat(values(bus.read(17, Area.HOLDING, 256, 3))).containsExactly(256, 257, 258);
            assertThat(values(bus.read(17, Area.INPUT, 4, 125))).hasSize(125).startsWith(4, 5);
            assertThat(values(bus.read(17, Area.COIL, 0, 9))).containsExactly(1, 0, 1, 0, 1, 0, 1, 0, 1);
            assertThat(values(bus.read(17, Area.DISCRETE, 0, 2))).containsExactly(1, 0);
        }
    }

    @Test
    void aGarbledAnswerIsACrcErrorAndTheNextAnswerIsGoodAgain() throws IOException {
        try (ModbusBus bus = bus()) {
            meter = request -> {
                byte[] answer = honest(request);
                answer[3] ^= 0x10;
                return answer;
            };
            assertThat(cause(bus.read(17, Area.HOLDING, 1, 2))).isEqualTo(GapCause.CRC_ERROR);
            meter = SerialLineTest::honest;
            assertThat(values(bus.read(17, Area.HOLDING, 9, 1))).containsExactly(9);
        }
    }

    @Test
    void silenceIsATimeoutAndARefusalKeepsItsReason() throws IOException {
        try (ModbusBus bus = bus()) {
            meter = request -> new byte[0];
            assertThat(cause(bus.read(17, Area.HOLDING, 1, 2))).isEqualTo(GapCause.REQUEST_TIMEOUT);
            meter = request -> sealed(request[0], (byte) (request[1] | 0x80), (byte) 2);
            assertThat(cause(bus.read(17, Area.HOLDING, 1, 2))).isEqualTo(GapCause.ILLEGAL_ADDRESS);
            meter = SerialLineTest::honest;
            assertThat(values(bus.read(17, Area.HOLDING, 5, 1))).containsExactly(5);
        }
    }

    /** It is read away before the next question, unless it comes even later: then the next one stays without a value too. */
    @Test
    void anAnswerThatComesAfterItsTimeIsNeverTakenForTheNextOne() throws IOException {
        try (ModbusBus bus = bus()) {
            BlockingQueue<byte[]> late = new LinkedBlockingQueue<>();
            meter = request -> {
                late.add(honest(request));
                return new byte[0];
            };
            assertThat(cause(bus.read(17, Area.HOLDING, 1000, 1))).isEqualTo(GapCause.REQUEST_TIMEOUT);
            meterEnd.write(late.remove()); // now it comes: nobody waits for it any more
            meter = SerialLineTest::honest;
            assertThat(bus.read(17, Area.HOLDING, 5, 1))
                    .satisfiesAnyOf(
                            answer -> assertThat(values(answer)).containsExactly(5),
                            answer -> assertThat(cause(answer)).isEqualTo(GapCause.REQUEST_TIMEOUT));
        }
    }

    @Test
    void anAnswerThatComesWhileTheNextOneIsAwaitedIsNotTakenForItAndTheLineRecovers() throws IOException {
        try (ModbusBus bus = bus()) {
            BlockingQueue<byte[]> late = new LinkedBlockingQueue<>();
            meter = request -> {
                late.add(honest(request));
                return new byte[0];
            };
            assertThat(cause(bus.read(17, Area.HOLDING, 1000, 1))).isEqualTo(GapCause.REQUEST_TIMEOUT);
            meter = request -> both(late.remove(), honest(request)); // one time-out late, each of them
            Answer.NoAnswer unsure = (Answer.NoAnswer) bus.read(17, Area.HOLDING, 5, 1);
            assertThat(unsure.cause()).isEqualTo(GapCause.REQUEST_TIMEOUT);
            assertThat(unsure.detail()).contains("later than 400 ms").contains("raise request-timeout");
            meter = SerialLineTest::honest;
            assertThat(values(bus.read(17, Area.HOLDING, 6, 1))).containsExactly(6);
            assertThat(values(bus.read(17, Area.HOLDING, 7, 1))).containsExactly(7);
        }
    }

    private static byte[] both(byte[] first, byte[] second) {
        byte[] frames = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, frames, first.length, second.length);
        return frames;
    }

    /** At the next poll, or the one after: on a loaded machine the system has been seen not to let go of it at once. */
    @Test
    void aClosedPortIsOpenedAgain() throws IOException {
        try (ModbusBus bus = bus()) {
            assertThat(values(bus.read(17, Area.HOLDING, 1, 1))).containsExactly(1);
            bus.close();
            Awaitility.await()
                    .atMost(10, TimeUnit.SECONDS)
                    .untilAsserted(() ->
                            assertThat(values(bus.read(17, Area.HOLDING, 2, 1))).containsExactly(2));
        }
    }

    @Test
    void aPortThatIsNotThereIsAConnectionRefusedThatNamesIt() {
        SerialLine line = new SerialLine("/dev/energy-audit-no-such-port", 9600, 8, "even", 1);
        try (ModbusBus bus = new ModbusBus(new Bus("line", Transport.RTU, "", 0, line, 0, List.of()), TIMEOUT)) {
            Answer.NoAnswer why = (Answer.NoAnswer) bus.read(1, Area.HOLDING, 0, 1);
            assertThat(why.cause()).isEqualTo(GapCause.CONNECTION_REFUSED);
            assertThat(why.detail()).contains("/dev/energy-audit-no-such-port");
        }
    }

    /** Without parity: a pseudo-terminal has none, and glibc's tcsetattr says so with EINVAL. */
    private ModbusBus bus() throws IOException {
        SerialLine line = new SerialLine(agentEnd.toRealPath().toString(), 19_200, 8, "none", 1);
        return new ModbusBus(new Bus("line", Transport.RTU, "", 0, line, 0, List.of()), TIMEOUT);
    }

    /** Register n holds n; bit n is set where n is even. */
    private static byte[] honest(byte[] request) {
        int start = (request[2] & 0xFF) << 8 | request[3] & 0xFF;
        int quantity = (request[4] & 0xFF) << 8 | request[5] & 0xFF;
        boolean bits = request[1] <= 2;
        byte[] data = new byte[bits ? (quantity + 7) / 8 : quantity * 2];
        for (int i = 0; i < quantity; i++) {
            if (!bits) {
                data[2 * i] = (byte) (start + i >> 8);
                data[2 * i + 1] = (byte) (start + i);
            } else if ((start + i) % 2 == 0) {
                data[i / 8] |= (byte) (1 << i % 8);
            }
        }
        byte[] body = new byte[3 + data.length];
        body[0] = request[0];
        body[1] = request[1];
        body[2] = (byte) data.length;
        System.arraycopy(data, 0, body, 3, data.length);
        return sealed(body);
    }

    private static byte[] sealed(byte... body) {
        int[] crc = ModbusUtil.calculateCRC(body, 0, body.length);
        byte[] frame = Arrays.copyOf(body, body.length + 2);
        frame[body.length] = (byte) crc[0];
        frame[body.length + 1] = (byte) crc[1];
        return frame;
    }

    private static int[] values(Answer answer) {
        return answer.fold(Answer.Words::values, why -> {
            throw new AssertionError("no answer: " + why);
        });
    }

    private static GapCause cause(Answer answer) {
        return answer.fold(words -> GapCause.GAP_CAUSE_UNSPECIFIED, Answer.NoAnswer::cause);
    }
}
