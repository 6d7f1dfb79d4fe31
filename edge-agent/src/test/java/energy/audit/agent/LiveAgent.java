package energy.audit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A live agent in a thread of its own. */
final class LiveAgent implements AutoCloseable {
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable Throwable failure;

    LiveAgent(AgentHome home) {
        Thread thread = new Thread(() -> {
            try {
                new LiveRun(home, Clock.systemUTC(), System.out, System.err).run(stop);
            } catch (Exception e) {
                failure = e;
            } finally {
                done.countDown();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    void requireAlive() {
        assertThat(done.getCount()).as("the agent goes on: %s", failure).isEqualTo(1);
    }

    /** Ends it as a signal would; fails if it ended with an error. */
    void stop() throws InterruptedException {
        stop.countDown();
        assertThat(done.await(15, TimeUnit.SECONDS)).as("the agent ends").isTrue();
        assertThat(failure).isNull();
    }

    /** Tells it to end, after a test that failed before it could. */
    @Override
    public void close() {
        stop.countDown();
    }
}
