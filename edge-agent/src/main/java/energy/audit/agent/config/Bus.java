package energy.audit.agent.config;

import java.time.Duration;
import java.util.List;

/**
 * A line or a TCP endpoint. At most one request is under way on each of its connections at a time.
 *
 * @param host name or address; empty for {@link Transport#RTU}
 * @param port TCP port; 0 for {@link Transport#RTU}
 * @param maxHole registers between two values that may be read along to save a request; 0: read only what is asked
 * @param connections over which the devices of a TCP gateway are shared out; a serial line has one
 */
public record Bus(
        String id,
        Transport transport,
        String host,
        int port,
        SerialLine line,
        int maxHole,
        List<Device> devices,
        int connections) {
    /**
     * For how long a serial line must be quiet after a failure before the next request: longer than the 3.5 characters
     * between frames at 1,200 baud (Modbus over Serial Line V1.02, 2.5.1.1).
     */
    public static final Duration QUIET_AFTER_SILENCE = Duration.ofMillis(40);

    /** A bus with one connection. */
    public Bus(
            String id, Transport transport, String host, int port, SerialLine line, int maxHole, List<Device> devices) {
        this(id, transport, host, port, line, maxHole, devices, 1);
    }

    /** How requests travel. */
    public enum Transport {
        /** Modbus TCP with its own header. */
        TCP,
        /** RTU frames with CRC on a serial line. */
        RTU,
        /** RTU frames with CRC through a TCP socket (serial device servers). */
        RTU_OVER_TCP
    }

    /**
     * A serial line's settings; unused for {@link Transport#TCP}, and for RTU over TCP the far line's speed.
     *
     * @param device e.g. /dev/ttyUSB0
     * @param parity none, even or odd
     */
    public record SerialLine(String device, int baud, int dataBits, String parity, int stopBits) {
        /** The Modbus default: 19,200 baud, 8 data bits, even parity, 1 stop bit. */
        public static final SerialLine NONE = new SerialLine("", 19_200, 8, "even", 1);
    }

    public Bus {
        if (connections < 1 || connections > 16 || connections > 1 && transport != Transport.TCP) {
            throw new IllegalArgumentException("connections " + connections + " of bus " + id
                    + ": 1 to 16 over Modbus TCP, else 1, because a line carries one request at a time");
        }
        devices = List.copyOf(devices);
    }

    /** Where it is, for log lines. */
    public String endpoint() {
        return transport == Transport.RTU ? line.device() : host + ":" + port;
    }
}
