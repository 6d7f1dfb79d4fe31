package energy.audit.agent;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A line between an agent and its broker that passes few bytes a second, stalls, and is cut in the middle of a packet. */
final class SlowLink implements Closeable {
    private final ServerSocket server;
    private final int to;
    private final int bytesPerSecond;
    private final int cutAfterBytes;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile int connections;
    private volatile boolean closed;

    /** @param cutAfterBytes of the agent's: then both ends of the connection are closed */
    SlowLink(int port, int to, int bytesPerSecond, int cutAfterBytes) throws IOException {
        this.server = new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
        this.to = to;
        this.bytesPerSecond = bytesPerSecond;
        this.cutAfterBytes = cutAfterBytes;
        start(this::accept);
    }

    int connections() {
        return connections;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "slow-link");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket agent = server.accept();
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), to);
                connections++;
                open.add(agent);
                open.add(broker);
                start(() -> pump(agent, broker, cutAfterBytes));
                start(() -> pump(broker, agent, Integer.MAX_VALUE));
            } catch (IOException e) {
                // closed, or the broker is away: the agent's connection attempt fails, as it would
                if (closed) {
                    return;
                }
            }
        }
    }

    private void pump(Socket from, Socket into, int most) {
        byte[] some = new byte[Math.max(1, bytesPerSecond / 20)];
        int passed = 0;
        try (from;
                into) {
            InputStream in = from.getInputStream();
            OutputStream out = into.getOutputStream();
            int read = in.read(some);
            while (read >= 0 && passed < most) {
                out.write(some, 0, Math.min(read, most - passed));
                out.flush();
                passed += read;
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                read = in.read(some);
            }
        } catch (IOException e) {
            // one end is gone; try-with-resources takes the other along
            passed = most;
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
