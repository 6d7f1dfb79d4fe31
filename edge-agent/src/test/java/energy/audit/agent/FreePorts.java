package energy.audit.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Ports that nobody listens on: two builds on one machine must not talk to each other's brokers and devices. */
public final class FreePorts {
    private static final Map<String, Integer> BY_NAME = new ConcurrentHashMap<>();

    private FreePorts() {}

    /** The same port for the same name, for as long as this program runs. */
    public static int of(String name) {
        return BY_NAME.computeIfAbsent(name, each -> free());
    }

    private static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no port is free", e);
        }
    }
}
