package energy.audit.agent.poll;

import static org.assertj.core.api.Assertions.assertThat;

import com.ghgande.j2mod.modbus.ModbusException;
import com.ghgande.j2mod.modbus.procimg.SimpleDigitalOut;
import com.ghgande.j2mod.modbus.procimg.SimpleInputRegister;
import com.ghgande.j2mod.modbus.procimg.SimpleProcessImage;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import com.ghgande.j2mod.modbus.slave.ModbusSlave;
import com.ghgande.j2mod.modbus.slave.ModbusSlaveFactory;
import com.ghgande.j2mod.modbus.util.ModbusUtil;
import energy.audit.agent.FreePorts;
import energy.audit.agent.config.Area;
import energy.audit.agent.config.Bus;
import energy.audit.agent.config.Bus.SerialLine;
import energy.audit.agent.config.Bus.Transport;
import energy.audit.evidence.wire.GapCause;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModbusBusTest {
    private static final Duration TIMEOUT = Duration.ofMillis(250);

    @Test
    void aRealSlaveIsReadInEveryArea() throws ModbusException, IOException {
        ModbusSlave slave = ModbusSlaveFactory.createTCPSlave(
                InetAddress.getLoopbackAddress(), FreePorts.of("modbus 26020"), 3, false);
        SimpleProcessImage image = new SimpleProcessImage(200);
        image.addRegister(new SimpleRegister(0xFEDC));
        image.addRegister(new SimpleRegister(0x0001));
        image.addInputRegister(new SimpleInputRegister(4711));
        image.addDigitalOut(new SimpleDigitalOut(true));
        image.addDigitalOut(new SimpleDigitalOut(false));
        slave.addProcessImage(200, image);
        slave.open();
        try (ModbusBus bus = bus(FreePorts.of("modbus 26020"), Transport.TCP)) {
            assertThat(values(bus.read(200, Area.HOLDING, 0, 2))).containsExactly(0xFEDC, 1);
            assertThat(values(bus.read(200, Area.INPUT, 0, 1))).containsExactly(4711);
            assertThat(values(bus.read(200, Area.COIL, 0, 2))).containsExactly(1, 0);
            assertThat(cause(bus.read(200, Area.HOLDING, 77, 1))).isEqualTo(GapCause.ILLEGAL_ADDRESS);
            assertThat(values(bus.read(200, Area.HOLDING, 0, 1))).containsExactly(0xFEDC);
        } finally {
            ModbusSlaveFactory.close(slave);
        }
    }

    @Test
    void aRealSlaveBehindASerialDeviceServerIsReadInEveryArea() throws ModbusException, IOException {
        ModbusSlave slave = ModbusSlaveFactory.createTCPSlave(
                InetAddress.getLoopbackAddress(), FreePorts.of("modbus 26029"), 3, true);
        SimpleProcessImage image = new SimpleProcessImage(17);
        image.addRegister(new SimpleRegister(0xFEDC));
        image.addInputRegister(new SimpleInputRegister(4711));
        image.addDigitalOut(new SimpleDigitalOut(true));
        image.addDigitalIn(new com.ghgande.j2mod.modbus.procimg.SimpleDigitalIn(true));
        slave.addProcessImage(17, image);
        slave.open();
        try (ModbusBus bus = bus(FreePorts.of("modbus 26029"), Transport.RTU_OVER_TCP)) {
            assertThat(values(bus.read(17, Area.HOLDING, 0, 1))).containsExactly(0xFEDC);
            assertThat(values(bus.read(17, Area.INPUT, 0, 1))).containsExactly(4711);
            assertThat(values(bus.read(17, Area.COIL, 0, 1))).containsExactly(1);
            assertThat(values(bus.read(17, Area.DISCRETE, 0, 1))).containsExactly(1);
            assertThat(cause(bus.read(17, Area.HOLDING, 77, 1))).isEqualTo(GapCause.ILLEGAL_ADDRESS);
        } finally {
            ModbusSlaveFactory.close(slave);
        }
    }

    @Test
    void nobodyListeningIsAConnectionRefusedOfTheWholeBus() {
        try (ModbusBus bus = bus(FreePorts.of("modbus 26021"), Transport.TCP)) {
            Answer.NoAnswer why = (Answer.NoAnswer) bus.read(1, Area.HOLDING, 0, 1);
            assertThat(why.cause()).isEqualTo(GapCause.CONNECTION_REFUSED);
            assertThat(why.wholeBus()).isTrue();
            assertThat(why.detail()).contains("127.0.0.1:" + FreePorts.of("modbus 26021") + "");
        }
    }

    @Test
    void silenceIsATimeoutAndTheLateAnswerIsNeverTakenForTheNextOne() throws IOException {
        try (RawDevice device = new RawDevice(FreePorts.of("modbus 26022"), 12, (request, out, closing) -> {
                    RawDevice.pause(closing, 400);
                    out.write(RawDevice.tcpAnswer(request, 666));
                });
                ModbusBus bus = bus(FreePorts.of("modbus 26022"), Transport.TCP)) {
            assertThat(cause(bus.read(1, Area.HOLDING, 0, 1))).isEqualTo(GapCause.REQUEST_TIMEOUT);
            device.behave((request, out, closing) -> out.write(RawDevice.tcpAnswer(request, 42)));
            assertThat(values(bus.read(1, Area.HOLDING, 5, 1))).containsExactly(42);
        }
    }

    @Test
    void aDeviceThatDribblesBytesDoesNotStretchTheTimeout() throws IOException {
        try (RawDevice device = new RawDevice(FreePorts.of("modbus 26023"), 12, (request, out, closing) -> {
                    for (byte b : RawDevice.tcpAnswer(request, 1, 2, 3)) {
                        RawDevice.pause(closing, 100);
                        out.write(b);
                    }
                });
                ModbusBus bus = bus(FreePorts.of("modbus 26023"), Transport.TCP)) {
            long start = System.nanoTime();
            assertThat(cause(bus.read(1, Area.HOLDING, 0, 3))).isEqualTo(GapCause.REQUEST_TIMEOUT);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.multipliedBy(2));
            assertThat(device.requests()).hasSize(1);
        }
    }

    @Test
    void anAnswerOfAnotherUnitTransactionOrLengthIsNoReading() throws IOException {
        try (RawDevice device = new RawDevice(FreePorts.of("modbus 26024"), 12, RawDevice.SILENT);
                ModbusBus bus = bus(FreePorts.of("modbus 26024"), Transport.TCP)) {
            device.behave((request, out, closing) -> {
                byte[] answer = RawDevice.tcpAnswer(request, 7);
                answer[6] = 99;
                out.write(answer);
            });
            assertThat(detail(bus.read(1, Area.HOLDING, 0, 1))).contains("unit 99 answered for unit 1");
            device.behave((request, out, closing) -> {
                byte[] answer = RawDevice.tcpAnswer(request, 7);
                answer[1] ^= 1;
                out.write(answer);
            });
            assertThat(detail(bus.read(1, Area.HOLDING, 0, 1))).contains("transaction");
            device.behave((request, out, closing) -> out.write(RawDevice.tcpAnswer(request, 7)));
            assertThat(detail(bus.read(1, Area.HOLDING, 0, 2))).contains("1 registers came for 2");
            assertThat(cause(bus.read(1, Area.HOLDING, 0, 2))).isEqualTo(GapCause.DEVICE_EXCEPTION);
        }
    }

    @Test
    void aConnectionThatIsClosedMeanwhileIsToldFromASilentDevice() throws IOException {
        try (RawDevice device =
                        new RawDevice(FreePorts.of("modbus 26025"), 12, (request, out, closing) -> out.close());
                ModbusBus bus = bus(FreePorts.of("modbus 26025"), Transport.TCP)) {
            Answer.NoAnswer why = (Answer.NoAnswer) bus.read(1, Area.HOLDING, 0, 1);
            assertThat(why.cause()).isEqualTo(GapCause.CONNECTION_REFUSED);
            assertThat(why.wholeBus()).isFalse();
            assertThat(device.requests()).hasSize(1);
        }
    }

    @Test
    void aConnectionThatTheGatewayClosedWhileIdleCostsNoReading() throws IOException {
        try (RawDevice device = new RawDevice(FreePorts.of("modbus 26028"), 12, (request, out, closing) -> {
                    out.write(RawDevice.tcpAnswer(request, 5));
                    out.close();
                });
                ModbusBus bus = bus(FreePorts.of("modbus 26028"), Transport.TCP)) {
            for (int poll = 0; poll < 3; poll++) {
                assertThat(values(bus.read(1, Area.HOLDING, 0, 1))).containsExactly(5);
            }
            assertThat(device.requests()).hasSize(3);
        }
    }

    @Test
    void gatewayAndDeviceExceptionsAreToldApart() throws IOException {
        try (RawDevice device = new RawDevice(FreePorts.of("modbus 26026"), 12, RawDevice.SILENT);
                ModbusBus bus = bus(FreePorts.of("modbus 26026"), Transport.TCP)) {
            device.behave((request, out, closing) -> out.write(tcpException(request, 0x0B)));
            assertThat(cause(bus.read(1, Area.HOLDING, 0, 1))).isEqualTo(GapCause.REQUEST_TIMEOUT);
            device.behave((request, out, closing) -> out.write(tcpException(request, 4)));
            assertThat(detail(bus.read(1, Area.HOLDING, 0, 1))).contains("exception 04");
            device.behave((request, out, closing) -> out.write(tcpException(request, 2)));
            assertThat(cause(bus.read(1, Area.HOLDING, 0, 1))).isEqualTo(GapCause.ILLEGAL_ADDRESS);
        }
    }

    @Test
    void aWrongCrcInRtuOverTcpIsACrcErrorAndARightOneAReading() throws IOException {
        try (RawDevice device = new RawDevice(FreePorts.of("modbus 26027"), 8, RawDevice.SILENT);
                ModbusBus bus = bus(FreePorts.of("modbus 26027"), Transport.RTU_OVER_TCP)) {
            device.behave((request, out, closing) -> out.write(rtuAnswer(request[0], 0x1234)));
            assertThat(values(bus.read(17, Area.HOLDING, 0, 1))).containsExactly(0x1234);
            device.behave((request, out, closing) -> {
                byte[] answer = rtuAnswer(request[0], 0x1234);
                answer[3] ^= 0x40; // one bit of the value
                out.write(answer);
            });
            assertThat(cause(bus.read(17, Area.HOLDING, 0, 1))).isEqualTo(GapCause.CRC_ERROR);
            device.behave(RawDevice.SILENT);
            assertThat(cause(bus.read(17, Area.HOLDING, 0, 1))).isEqualTo(GapCause.REQUEST_TIMEOUT);
        }
    }

    private static byte[] tcpException(byte[] request, int code) {
        byte[] answer = new byte[9];
        System.arraycopy(request, 0, answer, 0, 4);
        answer[5] = 3;
        answer[6] = request[6];
        answer[7] = (byte) (request[7] | 0x80);
        answer[8] = (byte) code;
        return answer;
    }

    private static byte[] rtuAnswer(byte unit, int register) {
        byte[] answer = {unit, 3, 2, (byte) (register >> 8), (byte) register, 0, 0};
        int[] crc = ModbusUtil.calculateCRC(answer, 0, 5);
        answer[5] = (byte) crc[0];
        answer[6] = (byte) crc[1];
        return answer;
    }

    private static ModbusBus bus(int port, Transport transport) {
        return new ModbusBus(new Bus("test", transport, "127.0.0.1", port, SerialLine.NONE, 0, List.of()), TIMEOUT);
    }

    private static int[] values(Answer answer) {
        return answer.fold(Answer.Words::values, why -> {
            throw new AssertionError("no answer: " + why);
        });
    }

    private static GapCause cause(Answer answer) {
        return answer.fold(words -> GapCause.GAP_CAUSE_UNSPECIFIED, Answer.NoAnswer::cause);
    }

    private static String detail(Answer answer) {
        return answer.fold(words -> "an answer", Answer.NoAnswer::detail);
    }
}
