package energy.audit.agent.forward;

import energy.audit.agent.config.AgentSettings;
import energy.audit.agent.journal.Journal;
import energy.audit.agent.journal.LogCode;
import energy.audit.agent.keep.SegmentLog;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Step 5, Forward: sends what the segment log holds, at most a window of it at a time, in the order of sequence; sends again
 * what stays without a receipt.
 */
public final class Forwarder implements Closeable {
    private static final Duration LONGEST_RESEND = Duration.ofMinutes(15);
    private static final long TICK_MS = 1000;

    /** A batch on its way. */
    private static final class Sent {
        private int tries;
        /** The broker has it, or refused it: the client will not repeat it by itself. */
        private boolean settled;

        private long dueNanos;
    }

    /**
     * What the forwarder has done since this start.
     *
     * @param publishes messages sent, repetitions included
     * @param receipts messages received on the receipt topic
     */
    public record Counts(
            long publishes, long receipts, Optional<Instant> lastReceiptAt, boolean connected, long quarantined) {}

    private final AgentSettings settings;
    private final SegmentLog log;
    private final ReceiptDesk desk;
    private final Clock clock;
    private final Journal.Log journal;
    private final int window;
    private final MqttLink link;
    private final ScheduledExecutorService sending;
    private final ExecutorService receiving;

    private final TreeMap<Long, Sent> onTheirWay = new TreeMap<>(); // touched by the sending thread only
    private long lastFirstSent;
    private volatile boolean connected;
    private final AtomicLong receipts = new AtomicLong();
    private volatile @Nullable Instant lastReceiptAt;
    private volatile long heldFrom = Long.MAX_VALUE;

    /** @param window batches that may be on their way without a receipt */
    public Forwarder(
            AgentSettings settings,
            BrokerSignIn signIn,
            String bootId,
            int window,
            SegmentLog log,
            ReceiptDesk desk,
            Clock clock,
            Journal journal) {
        this.settings = settings;
        this.log = log;
        this.desk = desk;
        this.clock = clock;
        this.journal = journal.ingest();
        this.window = window;
        this.sending = Executors.newSingleThreadScheduledExecutor(named("forward"));
        this.receiving = Executors.newSingleThreadExecutor(named("receipts"));
        this.link = new MqttLink(settings, signIn, bootId, journal.service(), receiving);
    }

    private static ThreadFactory named(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Starts connecting and sending. */
    public void start() {
        link.open(new MqttLink.Listener() {
            @Override
            public void connected(boolean sessionPresent) {
                inTurn(() -> cameBack(sessionPresent));
            }

            @Override
            public void disconnected() {
                connected = false;
            }

            @Override
            public void receipt(byte[] payload) throws IOException {
                desk.take(payload);
                receipts.incrementAndGet();
                lastReceiptAt = clock.instant();
                wake();
            }
        });
        var unused = sending.scheduleWithFixedDelay(this::sendWhatIsDueSafely, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    /** Says that there may be something to send. */
    public void wake() {
        inTurn(this::sendWhatIsDueSafely);
    }

    private void inTurn(Runnable work) {
        try {
            sending.execute(work);
        } catch (RejectedExecutionException e) {
            journal.info(LogCode.AGENT_STOPPED, "detail=\"a message came while stopping; it will come again\"");
        }
    }

    private void cameBack(boolean sessionPresent) {
        connected = true;
        long soon = System.nanoTime() + settings.receiptTimeout().toNanos();
        for (Sent sent : onTheirWay.values()) {
            // A broker that has forgotten the session has lost the receipts; one that kept it will deliver them.
            sent.dueNanos = sessionPresent ? Math.min(sent.dueNanos, soon) : System.nanoTime();
        }
        sendWhatIsDueSafely();
    }

    private void sendWhatIsDueSafely() {
        try {
            sendWhatIsDue();
        } catch (RuntimeException | IOException e) {
            // The schedule must survive; the same work is tried again at the next tick.
            journal.error(LogCode.UNEXPECTED_FAILURE, "in=forwarder detail=" + Journal.quoted(e.toString()));
        }
    }

    /**
     * From which sequence on nothing is sent for now: the backend has yet to hear of the key that signed it.
     * {@link Long#MAX_VALUE}: everything may be sent.
     */
    public void holdFrom(long sequence) {
        heldFrom = sequence;
        wake();
    }

    private void sendWhatIsDue() throws IOException {
        if (desk.cloned()) {
            return; // what this agent sends now would be taken for the other one's, and the other way round
        }
        List<Long> answered = new ArrayList<>();
        for (Map.Entry<Long, Sent> entry : onTheirWay.entrySet()) {
            if (!log.isWaiting(entry.getKey())) {
                answered.add(entry.getKey());
            } else if (connected && entry.getValue().settled && System.nanoTime() - entry.getValue().dueNanos >= 0) {
                noteOverdue(entry.getKey(), entry.getValue());
                send(entry.getKey(), entry.getValue());
            }
        }
        answered.forEach(onTheirWay::remove);
        while (connected && onTheirWay.size() < window) {
            List<Long> next = log.waitingAfter(lastFirstSent, 1);
            if (next.isEmpty() || next.get(0) >= heldFrom) {
                return;
            }
            Sent sent = new Sent();
            onTheirWay.put(next.get(0), sent);
            lastFirstSent = next.get(0);
            send(lastFirstSent, sent);
        }
    }

    private void send(long sequence, Sent sent) throws IOException {
        sent.tries++;
        sent.settled = false;
        sent.dueNanos = due(sent.tries);
        Optional<byte[]> bytes;
        try {
            bytes = log.bytes(sequence);
        } catch (IOException e) {
            sent.settled = true;
            journal.error(
                    LogCode.SEGMENT_DAMAGED,
                    "sequence=" + sequence + " detail=" + Journal.quoted(e.getMessage()) + " next=check_the_disk");
            return;
        }
        if (bytes.isEmpty()) {
            sent.settled = true;
            return;
        }
        var unused = link.publish(bytes.get())
                .whenComplete((ack, failure) -> inTurn(() -> settled(sequence, sent, failure)));
    }

    private void settled(long sequence, Sent sent, @Nullable Throwable failure) {
        sent.settled = true;
        sent.dueNanos = due(sent.tries);
        if (failure != null && Integer.bitCount(sent.tries) == 1) {
            journal.error(
                    LogCode.PUBLISH_REFUSED,
                    "sequence=" + sequence + " attempt=" + sent.tries + " detail="
                            + Journal.quoted(failure.getMessage())
                            + " next=check_the_broker's_permissions_of_this_agent");
        }
    }

    private long due(int tries) {
        long wait = settings.receiptTimeout().toNanos() << Math.min(tries - 1, 10);
        return System.nanoTime()
                + Math.min(
                        wait,
                        Math.max(
                                LONGEST_RESEND.toNanos(),
                                settings.receiptTimeout().toNanos()));
    }

    private void noteOverdue(long sequence, Sent sent) {
        if (Integer.bitCount(sent.tries) == 1) {
            journal.warn(
                    LogCode.RECEIPT_OVERDUE,
                    "sequence=" + sequence + " sent=" + sent.tries + " waiting_batches=" + log.waitingBatches()
                            + " next=check_the_backend's_ingest");
        }
    }

    /** What was done since this start. */
    public Counts counts() {
        return new Counts(
                link.publishes(), receipts.get(), Optional.ofNullable(lastReceiptAt), connected, desk.quarantined());
    }

    @Override
    public void close() {
        connected = false;
        sending.shutdown();
        link.close();
        receiving.shutdown();
        try {
            if (!receiving.awaitTermination(2, TimeUnit.SECONDS)) {
                receiving.shutdownNow();
            }
        } catch (InterruptedException e) {
            receiving.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
