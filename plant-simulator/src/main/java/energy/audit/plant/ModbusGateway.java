package energy.audit.plant;

import com.ghgande.j2mod.modbus.Modbus;
import com.ghgande.j2mod.modbus.ModbusIOException;
import com.ghgande.j2mod.modbus.io.AbstractModbusTransport;
import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ModbusResponse;
import com.ghgande.j2mod.modbus.msg.ReadInputRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersRequest;
import com.ghgande.j2mod.modbus.net.AbstractModbusListener;
import com.ghgande.j2mod.modbus.net.TCPSlaveConnection;
import com.ghgande.j2mod.modbus.procimg.ProcessImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A site's Modbus TCP gateway: one port, one unit id a meter, j2mod's frames. A loop of our own instead of j2mod's slave,
 * because a silent meter must stay silent without closing the connection for its neighbours.
 */
final class ModbusGateway extends AbstractModbusListener implements AutoCloseable {
    private static final int GATEWAY_TARGET_DEVICE_FAILED_TO_RESPOND = 0x0B;
    private static final int MOST_REGISTERS_PER_REQUEST = 125;
    private final String site;
    private final Interventions interventions;
    private final Clock clock;
    private final Map<Integer, MeterRegisters> units = new HashMap<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ServerSocket server;

    ModbusGateway(SiteTimeline timeline, InetAddress bind, int port, Interventions interventions, Clock clock) {
        this.site = timeline.identity().id();
        this.interventions = interventions;
        this.clock = clock;
        setAddress(bind);
        setPort(port);
        for (Meter meter : timeline.meters()) {
            units.put(meter.unit(), new MeterRegisters(timeline, meter, clock));
        }
    }

    /** Opens or closes the port as the interventions say. */
    synchronized void followInterventions() throws IOException {
        boolean refuse = interventions.isActive(Fault.REFUSE_CONNECTION, site, "", clock.instant());
        if (refuse) {
            stop();
        } else if (server == null) {
            open();
        }
    }

    private void open() throws IOException {
        ServerSocket opened = new ServerSocket();
        opened.setReuseAddress(true);
        try {
            opened.bind(new InetSocketAddress(getAddress(), getPort()), 64);
        } catch (IOException e) {
            opened.close();
            throw new IOException(
                    "Modbus port " + getPort() + " of site " + site + " cannot be opened: " + e.getMessage()
                            + ". Stop what uses it, or choose another with --port.",
                    e);
        }
        server = opened;
        Thread acceptor = new Thread(() -> accept(opened), "modbus-" + site);
        acceptor.setDaemon(true);
        acceptor.start();
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                connections.add(socket);
                Thread handler = new Thread(() -> serve(socket), "modbus-" + site + "-" + socket.getPort());
                handler.setDaemon(true);
                handler.start();
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    System.err.println(
                            "ERR MODBUS_ACCEPT site=" + site + " port=" + getPort() + " cause=" + e.getMessage());
                }
            }
        }
    }

    private void serve(Socket socket) {
        TCPSlaveConnection connection = new TCPSlaveConnection(socket);
        try {
            connection.setTimeout(0);
            AbstractModbusTransport transport = connection.getModbusTransport();
            while (!socket.isClosed()) {
                answer(transport);
            }
        } catch (ModbusIOException e) {
            if (!e.isEOF() && !socket.isClosed()) {
                System.err.println("MODBUS_CONNECTION_ENDED site=" + site + " cause=" + e.getMessage());
            }
        } finally {
            connection.close();
            connections.remove(socket);
        }
    }

    private void answer(AbstractModbusTransport transport) throws ModbusIOException {
        ModbusRequest request = transport.readRequest(this);
        MeterRegisters unit = units.get(request.getUnitID());
        if (unit == null) {
            transport.writeResponse(request.createExceptionResponse(GATEWAY_TARGET_DEVICE_FAILED_TO_RESPOND));
            return;
        }
        Instant now = clock.instant();
        String meter = unit.meter().id();
        if (interventions.isActive(Fault.SILENT_DEVICE, site, meter, now)) {
            return;
        }
        boolean broken = interventions.isActive(Fault.EXCEPTION, site, meter, now);
        transport.writeResponse(
                broken ? request.createExceptionResponse(Modbus.ILLEGAL_ADDRESS_EXCEPTION) : read(request));
    }

    private ModbusResponse read(ModbusRequest request) {
        int words;
        if (request instanceof ReadMultipleRegistersRequest holding) {
            words = holding.getWordCount();
        } else if (request instanceof ReadInputRegistersRequest input) {
            words = input.getWordCount();
        } else {
            return request.createExceptionResponse(Modbus.ILLEGAL_FUNCTION_EXCEPTION);
        }
        return words < 1 || words > MOST_REGISTERS_PER_REQUEST
                ? request.createExceptionResponse(Modbus.ILLEGAL_VALUE_EXCEPTION)
                : request.createResponse(this);
    }

    @Override
    public @Nullable ProcessImage getProcessImage(int unitId) {
        return units.get(unitId);
    }

    boolean isOpen() {
        return server != null;
    }

    @Override
    public void run() {
        throw new UnsupportedOperationException("The gateway runs its own threads; call followInterventions()");
    }

    @Override
    public synchronized void stop() {
        try {
            ServerSocket open = server;
            server = null;
            if (open != null) {
                open.close();
            }
            for (Socket socket : connections) {
                socket.close();
            }
        } catch (IOException e) {
            System.err.println("ERR MODBUS_CLOSE site=" + site + " port=" + getPort() + " cause=" + e.getMessage());
        }
    }

    @Override
    public void close() {
        stop();
    }
}
