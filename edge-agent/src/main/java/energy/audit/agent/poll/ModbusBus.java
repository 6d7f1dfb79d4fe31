package energy.audit.agent.poll;

import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import com.ghgande.j2mod.modbus.Modbus;
import com.ghgande.j2mod.modbus.ModbusException;
import com.ghgande.j2mod.modbus.ModbusIOException;
import com.ghgande.j2mod.modbus.io.AbstractModbusTransport;
import com.ghgande.j2mod.modbus.io.ModbusRTUTCPTransport;
import com.ghgande.j2mod.modbus.io.ModbusTCPTransport;
import com.ghgande.j2mod.modbus.msg.ExceptionResponse;
import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ModbusResponse;
import com.ghgande.j2mod.modbus.msg.ReadCoilsRequest;
import com.ghgande.j2mod.modbus.msg.ReadCoilsResponse;
import com.ghgande.j2mod.modbus.msg.ReadInputDiscretesRequest;
import com.ghgande.j2mod.modbus.msg.ReadInputDiscretesResponse;
import com.ghgande.j2mod.modbus.msg.ReadInputRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReadInputRegistersResponse;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersResponse;
import com.ghgande.j2mod.modbus.net.SerialConnection;
import com.ghgande.j2mod.modbus.procimg.InputRegister;
import com.ghgande.j2mod.modbus.util.BitVector;
import com.ghgande.j2mod.modbus.util.ModbusUtil;
import com.ghgande.j2mod.modbus.util.SerialParameters;
import energy.audit.agent.config.Area;
import energy.audit.agent.config.Bus;
import energy.audit.agent.config.Bus.SerialLine;
import energy.audit.agent.config.Bus.Transport;
import energy.audit.evidence.wire.GapCause;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One bus, and the only class that knows j2mod. A request has one try; after any failure of the connection the connection is
 * closed, so that a late answer can never be taken for the answer to a later question. Every way of failing
 * becomes one {@link GapCause} here and nowhere else. Not safe for several threads: a bus carries one request at a time.
 */
public final class ModbusBus implements Closeable {
    private static final int GATEWAY_PATH_UNAVAILABLE = 10;
    private static final int GATEWAY_TARGET_SILENT = 11;

    private static final long QUIET_NANOS = Bus.QUIET_AFTER_SILENCE.toNanos();

    private final Bus bus;
    private int timeoutMs;
    private @Nullable WatchedSocket socket;
    private @Nullable SerialConnection serial;
    private @Nullable AbstractModbusTransport transport;
    private int transaction;
    private boolean lineIsUnquiet;
    private final OwedAnswers owed = new OwedAnswers();

    /** @param timeout for connecting, and for one whole answer */
    public ModbusBus(Bus bus, Duration timeout) {
        this.bus = bus;
        this.timeoutMs = (int) timeout.toMillis();
    }

    /**
     * Asks one device once. Only if a connection from an earlier poll turns out to have been closed by the peer (gateways
     * close idle ones), the question is put again on a new connection: it was never heard.
     *
     * @param unit Modbus unit id, 0..255
     * @param start first address, 0-based
     * @param quantity addresses, 1..{@link Area#maxPerRequest}
     */
    public Answer read(int unit, Area area, int start, int quantity) {
        boolean used = transport != null;
        Answer answer = ask(unit, area, start, quantity);
        boolean closedMeanwhile = used
                && answer instanceof Answer.NoAnswer why
                && why.cause() == GapCause.CONNECTION_REFUSED
                && socketBytes() == 0;
        return closedMeanwhile ? ask(unit, area, start, quantity) : answer;
    }

    /** From now on a request is given up after this long. */
    void patience(Duration timeout) {
        timeoutMs = (int) timeout.toMillis();
        if (transport != null) {
            transport.setTimeout(timeoutMs);
        }
        if (serial != null) {
            serial.setTimeout(timeoutMs);
        }
    }

    private Answer ask(int unit, Area area, int start, int quantity) {
        AbstractModbusTransport connected;
        try {
            connected = connected();
        } catch (IOException e) {
            close();
            return new Answer.NoAnswer(
                    GapCause.CONNECTION_REFUSED, "no connection to " + bus.endpoint() + ": " + reason(e), true);
        }
        ModbusRequest request = request(area, start, quantity);
        request.setUnitID(unit);
        transaction = (transaction + 1) & 0xFFFF;
        request.setTransactionID(transaction);
        OwedAnswers.Question question = new OwedAnswers.Question(unit, area, quantity);
        try {
            if (socket != null) {
                socket.begin(timeoutMs);
            }
            discardWhatIsLeft();
            long asked = System.nanoTime();
            connected.writeRequest(request);
            Answer answer = checked(request, connected.readResponse(), quantity);
            return serial == null ? answer : certainlyOf(question, asked, answer);
        } catch (ModbusException | IOException e) {
            Answer.NoAnswer cause = cause(e);
            if (serial != null && cause.cause() == GapCause.REQUEST_TIMEOUT) {
                owed.unanswered(
                        question,
                        System.nanoTime() - Duration.ofMillis(timeoutMs).toNanos());
            }
            abandon();
            return cause;
        }
    }

    /**
     * A frame on a serial line names unit, function and length, not the question. If a question that looks the same has
     * just stayed without an answer, this may be its answer, come late; then the one to the newer question follows as much
     * later. So the line is listened to for that long, and if anything comes, neither is taken: a missing value has a cause, a
     * wrong one has none.
     */
    private Answer certainlyOf(OwedAnswers.Question question, long asked, Answer answer) throws IOException {
        long apart =
                owed.beforeThis(question, asked, Duration.ofMillis(timeoutMs).toNanos());
        if (apart == 0) {
            return answer;
        }
        long until = System.nanoTime() + apart + QUIET_NANOS;
        while (System.nanoTime() - until < 0) {
            if (available() > 0) {
                owed.unanswered(question, asked);
                lineIsUnquiet = true;
                return new Answer.NoAnswer(
                        GapCause.REQUEST_TIMEOUT,
                        "the device answers later than " + timeoutMs
                                + " ms, so it cannot be told which question it answers; raise request-timeout",
                        false);
            }
            LockSupport.parkNanos(QUIET_NANOS / 10);
        }
        owed.settled(question);
        return answer;
    }

    /**
     * After a failure nothing that still comes may be taken for an answer. A socket is closed. A serial port stays open,
     * because opening it again moves its control lines and takes long; what comes late is read away before the next request.
     */
    private void abandon() {
        SerialConnection open = serial;
        if (open == null || open.bytesAvailable() < 0) {
            close();
        } else {
            lineIsUnquiet = true;
        }
    }

    /** On a serial line: everything that came unasked, after a failure until the line has been quiet for a while. */
    private void discardWhatIsLeft() throws IOException {
        SerialConnection open = serial;
        if (open == null) {
            return;
        }
        long giveUp = System.nanoTime() + Duration.ofMillis(timeoutMs).toNanos();
        long quietUntil = System.nanoTime() + (lineIsUnquiet ? QUIET_NANOS : 0);
        while (true) {
            int available = available();
            if (available > 0) {
                open.readBytes(new byte[available], available);
                quietUntil = System.nanoTime() + QUIET_NANOS;
            }
            long now = System.nanoTime();
            if (now - quietUntil >= 0 || now - giveUp >= 0) {
                lineIsUnquiet = false;
                return;
            }
            LockSupport.parkNanos(Math.min(QUIET_NANOS / 10, quietUntil - now));
        }
    }

    private int available() throws IOException {
        int available = serial == null ? -1 : serial.bytesAvailable();
        if (available < 0) {
            throw new IOException("the serial port is gone");
        }
        return available;
    }

    private AbstractModbusTransport connected() throws IOException {
        if (transport != null) {
            return transport;
        }
        AbstractModbusTransport opened = bus.transport() == Transport.RTU ? openSerial(bus.line()) : openSocket();
        opened.setTimeout(timeoutMs);
        transport = opened;
        return opened;
    }

    private AbstractModbusTransport openSocket() throws IOException {
        WatchedSocket opening = new WatchedSocket();
        socket = opening;
        opening.setTcpNoDelay(true);
        opening.setKeepAlive(true);
        opening.connect(new InetSocketAddress(bus.host(), bus.port()), timeoutMs);
        return bus.transport() == Transport.TCP ? new ModbusTCPTransport(opening) : new ModbusRTUTCPTransport(opening);
    }

    private AbstractModbusTransport openSerial(SerialLine line) throws IOException {
        SerialParameters parameters = new SerialParameters();
        parameters.setPortName(line.device());
        parameters.setBaudRate(line.baud());
        parameters.setDatabits(line.dataBits());
        parameters.setParity(line.parity());
        parameters.setStopbits(line.stopBits());
        parameters.setEncoding(Modbus.SERIAL_ENCODING_RTU);
        parameters.setEcho(false);
        SerialConnection opening = new SerialConnection(parameters);
        opening.setTimeout(timeoutMs);
        serial = opening;
        try {
            opening.open();
        } catch (SerialPortInvalidPortException e) {
            throw new IOException("there is no serial port " + line.device(), e);
        }
        return opening.getModbusTransport();
    }

    private static ModbusRequest request(Area area, int start, int quantity) {
        return switch (area) {
            case COIL -> new ReadCoilsRequest(start, quantity);
            case DISCRETE -> new ReadInputDiscretesRequest(start, quantity);
            case INPUT -> new ReadInputRegistersRequest(start, quantity);
            case HOLDING -> new ReadMultipleRegistersRequest(start, quantity);
        };
    }

    /** The values, after everything was checked that j2mod does not: CRC in TCP, transaction, unit, function, length. */
    private Answer checked(ModbusRequest request, ModbusResponse response, int quantity) {
        boolean tcp = bus.transport() == Transport.TCP;
        if (socket != null && !tcp && !crcHolds(socket.received())) {
            abandon();
            return crcError(socketBytes());
        }
        if (tcp && response.getTransactionID() != request.getTransactionID()) {
            return malformed("the answer belongs to transaction " + response.getTransactionID() + ", not "
                    + request.getTransactionID());
        }
        if ((response.getUnitID() & 0xFF) != request.getUnitID()) {
            return malformed("unit " + (response.getUnitID() & 0xFF) + " answered for unit " + request.getUnitID());
        }
        if (response instanceof ExceptionResponse refusal) {
            return refused(refusal.getExceptionCode());
        }
        if (response instanceof ReadMultipleRegistersResponse holding
                && request instanceof ReadMultipleRegistersRequest) {
            return words(holding.getRegisters(), quantity);
        }
        if (response instanceof ReadInputRegistersResponse input && request instanceof ReadInputRegistersRequest) {
            return words(input.getRegisters(), quantity);
        }
        if (response instanceof ReadCoilsResponse coils && request instanceof ReadCoilsRequest) {
            return bits(coils.getCoils(), quantity);
        }
        if (response instanceof ReadInputDiscretesResponse discretes && request instanceof ReadInputDiscretesRequest) {
            return bits(discretes.getDiscretes(), quantity);
        }
        return malformed(
                "function " + response.getFunctionCode() + " answered for function " + request.getFunctionCode());
    }

    private Answer words(InputRegister[] registers, int quantity) {
        if (registers.length != quantity) {
            return malformed(registers.length + " registers came for " + quantity);
        }
        return values(quantity, i -> registers[i].toUnsignedShort());
    }

    private Answer bits(BitVector bits, int quantity) {
        if (bits.size() < quantity || bits.size() > (quantity + 7) / 8 * 8) {
            return malformed(bits.size() + " bits came for " + quantity);
        }
        return values(quantity, i -> bits.getBit(i) ? 1 : 0);
    }

    private static Answer values(int quantity, IntUnaryOperator value) {
        int[] values = new int[quantity];
        Arrays.setAll(values, value);
        return new Answer.Words(values);
    }

    /** Exception codes of the Modbus Application Protocol V1.1b3, section 7. */
    private static Answer.NoAnswer refused(int code) {
        String exception = String.format(Locale.ROOT, "exception %02X", code);
        return switch (code) {
            case Modbus.ILLEGAL_ADDRESS_EXCEPTION ->
                new Answer.NoAnswer(
                        GapCause.ILLEGAL_ADDRESS, "the device has no such address (" + exception + ")", false);
            case GATEWAY_PATH_UNAVAILABLE, GATEWAY_TARGET_SILENT ->
                new Answer.NoAnswer(
                        GapCause.REQUEST_TIMEOUT,
                        "the gateway got no answer from the device (" + exception + ")",
                        false);
            default -> new Answer.NoAnswer(GapCause.DEVICE_EXCEPTION, "the device refused with " + exception, false);
        };
    }

    private Answer.NoAnswer malformed(String what) {
        abandon();
        return new Answer.NoAnswer(GapCause.DEVICE_EXCEPTION, "malformed answer: " + what, false);
    }

    private static Answer.NoAnswer crcError(int bytes) {
        return new Answer.NoAnswer(
                GapCause.CRC_ERROR,
                "the CRC of an answer is wrong" + (bytes > 0 ? ", " + bytes + " bytes came" : ""),
                false);
    }

    private Answer.NoAnswer cause(Exception e) {
        String text = reason(e);
        if (bus.transport() == Transport.RTU) {
            return text.contains("CRC")
                    ? crcError(0)
                    : new Answer.NoAnswer(GapCause.REQUEST_TIMEOUT, "no answer in " + timeoutMs + " ms", false);
        }
        IOException failure = socket == null ? null : socket.failure();
        int bytes = socketBytes();
        if (failure instanceof SocketTimeoutException && bytes == 0) {
            return new Answer.NoAnswer(GapCause.REQUEST_TIMEOUT, "no answer in " + timeoutMs + " ms", false);
        }
        if (bytes > 0 && bus.transport() == Transport.RTU_OVER_TCP) {
            return crcError(bytes);
        }
        if (failure instanceof SocketTimeoutException) {
            return new Answer.NoAnswer(
                    GapCause.REQUEST_TIMEOUT, "only " + bytes + " bytes of an answer in " + timeoutMs + " ms", false);
        }
        if (failure != null || !(e instanceof ModbusIOException) || text.contains("failed to write")) {
            return new Answer.NoAnswer(
                    GapCause.CONNECTION_REFUSED,
                    bus.endpoint() + " closed the connection" + (failure == null ? "" : ": " + reason(failure)),
                    false);
        }
        return new Answer.NoAnswer(GapCause.DEVICE_EXCEPTION, "malformed answer: " + text, false);
    }

    private int socketBytes() {
        return socket == null ? 0 : socket.received().length;
    }

    static boolean crcHolds(byte[] frame) {
        if (frame.length < 4) {
            return false;
        }
        int[] crc = ModbusUtil.calculateCRC(frame, 0, frame.length - 2);
        return (frame[frame.length - 2] & 0xFF) == crc[0] && (frame[frame.length - 1] & 0xFF) == crc[1];
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    /** Closes the connection; the next {@link #read} opens it again. */
    @Override
    public void close() {
        transport = null;
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // Nothing is lost: the descriptor is gone either way, and the next read opens a new connection.
            }
        }
        if (serial != null) {
            serial.close();
            serial = null;
        }
    }
}
