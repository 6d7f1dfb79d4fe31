package energy.audit.agent.enrol;

import energy.audit.agent.journal.Journal;
import energy.audit.agent.journal.LogCode;
import java.io.Closeable;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks after key and certificate of a running agent, in a thread of its own: it may have to wait for the network. */
public final class IdentityUpkeep implements Closeable {
    private static final long SECONDS = 2;

    private final KeyRotation rotation;
    private final Optional<CertificateRenewal> renewal;
    private final Journal.Log journal;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "identity");
        made.setDaemon(true);
        return made;
    });

    /** @param renewal empty for an agent without a certificate, or without a backend to ask */
    public IdentityUpkeep(KeyRotation rotation, Optional<CertificateRenewal> renewal, Journal.Log journal) {
        this.rotation = rotation;
        this.renewal = renewal;
        this.journal = journal;
    }

    /** Begins. */
    public void start() {
        var unused = thread.scheduleWithFixedDelay(this::tend, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    private void tend() {
        try {
            rotation.tend();
            // a certificate is asked for with the newest key, which the backend must know
            if (renewal.isPresent() && !rotation.announcing()) {
                renewal.get().tend();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // The schedule must survive; the same work is tried again at the next tick.
            journal.error(LogCode.UNEXPECTED_FAILURE, "in=identity detail=" + Journal.quoted(e.toString()));
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
