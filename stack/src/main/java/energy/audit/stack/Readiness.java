package energy.audit.stack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for a process to become usable, and gives up at once when it has died. */
final class Readiness {
    private static final long STEP_MILLIS = 100;
    private static final int TAIL_LINES = 25;

    private Readiness() {}

    static void await(String title, Child child, Duration patience, BooleanSupplier ready) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!ready.getAsBoolean()) {
            if (!child.alive()) {
                throw new StackFailure(
                        title,
                        "ended with " + child.exitCode() + " while starting",
                        "The end of " + child.log() + ":\n" + child.logTail(TAIL_LINES));
            }
            if (System.nanoTime() > end) {
                throw new StackFailure(
                        title,
                        "not ready after " + patience.toSeconds() + " s",
                        "The end of " + child.log() + ":\n" + child.logTail(TAIL_LINES));
            }
            Thread.sleep(STEP_MILLIS);
        }
    }

    /** Whether somebody accepts connections there. */
    static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
