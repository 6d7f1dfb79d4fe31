package energy.audit.ingest;

import static energy.audit.kernel.LogCode.BROKER_UNREACHABLE;
import static energy.audit.kernel.LogCode.INGEST_CONNECTED;
import static energy.audit.kernel.LogCode.INGEST_FAILED;

import energy.audit.ingest.Admission.Answer;
import energy.audit.kernel.Fault;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One of the competing consumers: takes a group of messages, has it admitted in one database transaction, then answers
 * and acknowledges in one transaction of the broker. A crash between the two means redelivery, and redelivery means
 * duplicates, which are answered again. Runs until it is stopped.
 */
final class BatchConsumer implements Runnable {
    private static final Logger LOG = System.getLogger(BatchConsumer.class.getName());

    /** Largest group: enough to share one commit among many, small enough to be admitted in well under a second. */
    private static final int GROUP = 64;
    /** How long a group waits for more, once it has one message. */
    private static final Duration GATHER = Duration.ofMillis(20);

    private static final Duration LISTEN = Duration.ofSeconds(1);
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

    private final BrokerAddress address;
    private final ConnectionFactory broker;
    private final Ingest ingest;
    private final Runnable databaseProbe;
    private final CountDownLatch stop;

    /** After a failure, so many messages are taken singly: a poisonous one must not take others into the DLQ. */
    private int singly;

    /** @param databaseProbe throws while the database cannot be used */
    BatchConsumer(
            BrokerAddress address,
            ConnectionFactory broker,
            Ingest ingest,
            Runnable databaseProbe,
            CountDownLatch stop) {
        this.address = address;
        this.broker = broker;
        this.ingest = ingest;
        this.databaseProbe = databaseProbe;
        this.stop = stop;
    }

    @Override
    public void run() {
        Duration backoff = FIRST_BACKOFF;
        while (!stopped()) {
            try (Connection connection = broker.createConnection(address.user(), address.password())) {
                AtomicBoolean lost = new AtomicBoolean();
                connection.setExceptionListener(e -> lost.set(true));
                connection.start();
                LOG.log(Level.INFO, "{0} broker={1} queue={2}", INGEST_CONNECTED, address.url(), BrokerAddress.QUEUE);
                backoff = FIRST_BACKOFF;
                consume(connection, lost);
            } catch (JMSException | Fault e) {
                LOG.log(
                        Level.ERROR,
                        "ERR {0} broker={1} cause={2} retry_in={3} next={4}",
                        BROKER_UNREACHABLE,
                        address.url(),
                        e.getMessage(),
                        backoff,
                        BROKER_UNREACHABLE.whatToDo());
                pause(backoff);
                backoff = longer(backoff);
            }
        }
    }

    private void consume(Connection connection, AtomicBoolean lost) throws JMSException {
        try (Session session = connection.createSession(Session.SESSION_TRANSACTED);
                MessageConsumer consumer = session.createConsumer(session.createQueue(BrokerAddress.QUEUE));
                MessageProducer producer = session.createProducer(null)) {
            while (!stopped() && !lost.get()) {
                List<Message> group = gather(consumer);
                if (!group.isEmpty()) {
                    admit(session, producer, group);
                }
            }
        }
        if (lost.get()) {
            throw new JMSException("the connection was lost");
        }
    }

    private List<Message> gather(MessageConsumer consumer) throws JMSException {
        List<Message> group = new ArrayList<>();
        Message message = consumer.receive(LISTEN.toMillis());
        if (message == null) {
            return group;
        }
        group.add(message);
        if (singly > 0) {
            singly--;
            return group;
        }
        long end = System.nanoTime() + GATHER.toNanos();
        while (group.size() < GROUP) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            Message next = left > 0 ? consumer.receive(left) : consumer.receiveNoWait();
            if (next == null) {
                break;
            }
            group.add(next);
        }
        return group;
    }

    private void admit(Session session, MessageProducer producer, List<Message> group) throws JMSException {
        List<Envelope> envelopes = new ArrayList<>();
        for (Message message : group) {
            envelopes.add(Delivery.envelope(message));
        }
        List<Admission> admissions;
        try {
            admissions = ingest.admit(envelopes);
        } catch (RuntimeException e) {
            LOG.log(
                    Level.ERROR,
                    "ERR " + INGEST_FAILED + " messages=" + group.size() + " first_topic="
                            + envelopes.get(0).topic() + " next=" + INGEST_FAILED.whatToDo(),
                    e);
            // a database that is away for a while must not use up the messages' delivery attempts
            awaitDatabase();
            singly = GROUP;
            session.rollback();
            return;
        }
        for (Admission admission : admissions) {
            if (admission.answer().isPresent()) {
                answer(session, producer, admission.answer().get());
            }
        }
        session.commit();
    }

    private static void answer(Session session, MessageProducer producer, Answer answer) throws JMSException {
        BytesMessage receipt = session.createBytesMessage();
        receipt.writeBytes(answer.signedReceipt());
        try {
            producer.send(session.createTopic(answer.address()), receipt);
        } catch (InvalidDestinationException e) {
            // nobody has ever listened there; the agent asks again by sending its batch again
            LOG.log(
                    Level.WARNING,
                    "receipt for {0} has no address at the broker: {1}",
                    answer.address(),
                    e.getMessage());
        }
    }

    private void awaitDatabase() {
        Duration backoff = FIRST_BACKOFF;
        while (!stopped()) {
            try {
                databaseProbe.run();
                return;
            } catch (RuntimeException e) {
                LOG.log(
                        Level.WARNING,
                        "{0} the database is away, retry_in={1}: {2}",
                        INGEST_FAILED,
                        backoff,
                        e.getMessage());
                pause(backoff);
                backoff = longer(backoff);
            }
        }
    }

    private void pause(Duration duration) {
        try {
            if (stop.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(Level.DEBUG, "stopped while waiting");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.countDown();
        }
    }

    private static Duration longer(Duration backoff) {
        Duration doubled = backoff.multipliedBy(2);
        return doubled.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : doubled;
    }

    private boolean stopped() {
        return stop.getCount() == 0;
    }
}
