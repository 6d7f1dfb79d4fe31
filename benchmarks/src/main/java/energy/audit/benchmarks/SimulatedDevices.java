package energy.audit.benchmarks;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;

/**
 * Modbus TCP devices in a process of their own, so that their work is not counted as that of the program that reads them.
 * Arguments: first port, devices, answer time in ms, how many of ten are dead (they take connections and say nothing).
 */
final class SimulatedDevices {
    private SimulatedDevices() {}

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        int devices = Integer.parseInt(arguments[1]);
        long answerNanos = Long.parseLong(arguments[2]) * 1_000_000;
        int deadOfTen = Integer.parseInt(arguments[3]);
        for (int i = 0; i < devices; i++) {
            ServerSocket server = new ServerSocket(port + i, 10, InetAddress.getLoopbackAddress());
            boolean dead = i % 10 < deadOfTen;
            daemon(() -> accept(server, dead, answerNanos));
        }
        System.out.println("Ready");
        int end = System.in.read(); // until the benchmark closes the pipe
        assert end < 0;
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(null, work, "device", 128 * 1024);
        thread.setDaemon(true);
        thread.start();
    }

    private static void accept(ServerSocket server, boolean dead, long answerNanos) {
        while (true) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                daemon(() -> serve(socket, dead, answerNanos));
            } catch (IOException e) {
                throw new IllegalStateException("device on port " + server.getLocalPort() + " stopped", e);
            }
        }
    }

    private static void serve(Socket socket, boolean dead, long answerNanos) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            byte[] request = new byte[12];
            while (true) {
                in.readFully(request);
                if (dead) {
                    continue;
                }
                int quantity = (request[10] & 0xFF) << 8 | request[11] & 0xFF;
                byte[] answer = new byte[9 + 2 * quantity];
                System.arraycopy(request, 0, answer, 0, 4);
                answer[4] = (byte) (3 + 2 * quantity >> 8);
                answer[5] = (byte) (3 + 2 * quantity);
                answer[6] = request[6];
                answer[7] = request[7];
                answer[8] = (byte) (2 * quantity);
                LockSupport.parkNanos(answerNanos);
                out.write(answer);
            }
        } catch (EOFException e) {
            return; // the reader has closed its connection
        } catch (IOException e) {
            return; // the reader broke its connection off, as it does after a time-out
        }
    }
}
