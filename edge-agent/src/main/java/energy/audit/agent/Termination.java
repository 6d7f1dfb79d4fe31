package energy.audit.agent;

import java.io.Closeable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Turns SIGTERM and SIGINT into a clean end: asks for it, and holds the process until the work is closed. */
final class Termination implements Closeable {
    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::onSignal, "termination");

    Termination() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Released when the process is to end. */
    CountDownLatch asked() {
        return asked;
    }

    private void onSignal() {
        asked.countDown();
        try {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("ERR AGENT_STOPPED not everything could be closed in " + PATIENCE_SECONDS
                        + " s; what was kept is on the disk");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The work is done; the process may end. */
    @Override
    public void close() {
        done.countDown();
        if (asked.getCount() > 0) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
