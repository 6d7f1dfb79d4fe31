package energy.audit.agent.poll;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A Modbus peer that says exactly the bytes a test wants, for what a well-behaved slave never does. */
final class RawDevice implements Closeable {
    /** What to do with one request frame. */
    interface Behaviour {
        void answer(byte[] request, OutputStream out, CountDownLatch closing) throws IOException, InterruptedException;
    }

    static final Behaviour SILENT = (request, out, closing) -> {};

    private final ServerSocket server;
    private final int frameLength;
    private final Thread accepting;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<byte[]> requests = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour;

    /** @param frameLength of a read request: 12 for TCP, 8 for RTU */
    RawDevice(int port, int frameLength, Behaviour behaviour) throws IOException {
        this.server = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
        this.frameLength = frameLength;
        this.behaviour = behaviour;
        accepting = new Thread(this::accept, "raw-device");
        accepting.setDaemon(true);
        accepting.start();
    }

    void behave(Behaviour now) {
        behaviour = now;
    }

    List<byte[]> requests() {
        return requests;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread serving = new Thread(() -> serve(socket), "raw-device-connection");
                serving.setDaemon(true);
                serving.start();
            } catch (IOException e) {
                return; // closed by the test
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                byte[] request = new byte[frameLength];
                in.readFully(request);
                requests.add(request);
                behaviour.answer(request, socket.getOutputStream(), closing);
            }
        } catch (IOException e) {
            return; // the agent or the test closed the connection
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A TCP answer with these registers, for a request. */
    static byte[] tcpAnswer(byte[] request, int... registers) {
        byte[] answer = new byte[9 + 2 * registers.length];
        System.arraycopy(request, 0, answer, 0, 4);
        answer[5] = (byte) (3 + 2 * registers.length);
        answer[6] = request[6];
        answer[7] = request[7];
        answer[8] = (byte) (2 * registers.length);
        for (int i = 0; i < registers.length; i++) {
            answer[9 + 2 * i] = (byte) (registers[i] >> 8);
            answer[10 + 2 * i] = (byte) registers[i];
        }
        return answer;
    }

    /** Waits, unless the test ends before. */
    static void pause(CountDownLatch closing, long ms) throws InterruptedException {
        boolean ended = closing.await(ms, TimeUnit.MILLISECONDS);
        assert !ended || closing.getCount() == 0;
    }

    @Override
    public void close() throws IOException {
        closing.countDown();
        server.close();
        try {
            accepting.join(); // the port is free only when nobody accepts on it any more
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
