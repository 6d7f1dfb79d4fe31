package energy.audit.ingest;

import static energy.audit.kernel.LogCode.INGEST_STARTED;
import static energy.audit.kernel.LogCode.INGEST_STOPPED;

import energy.audit.tenancy.Tenancy;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Starts the competing consumers of the broker's queue with the application, and stops them with it. Why not one
 * message-driven bean per message: {@code docs/decisions/0003}.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class IngestListener {
    private static final Logger LOG = System.getLogger(IngestListener.class.getName());

    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<Future<?>> consumers = new ArrayList<>();

    @Resource
    private @Nullable ManagedExecutorService threads;

    @Inject
    private @Nullable Ingest ingest;

    @Inject
    private @Nullable Tenancy tenancy;

    @PostConstruct
    void start() {
        ManagedExecutorService executor = injected(threads, "managed executor");
        Tenancy probed = injected(tenancy, "tenancy");
        BrokerAddress address = BrokerAddress.configured();
        ActiveMQConnectionFactory broker = new ActiveMQConnectionFactory(address.url());
        broker.setReconnectAttempts(0);
        int count = Integer.getInteger("energy.audit.ingest.consumers", 2);
        for (int i = 0; i < count; i++) {
            consumers.add(executor.submit(
                    new BatchConsumer(address, broker, injected(ingest, "ingest"), probed::directory, stop)));
        }
        LOG.log(Level.INFO, "{0} consumers={1} broker={2}", INGEST_STARTED, count, address.url());
    }

    @PreDestroy
    void stop() {
        stop.countDown();
        for (Future<?> consumer : consumers) {
            try {
                consumer.get(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                LOG.log(Level.WARNING, "a consumer did not end: its messages will be delivered again", e);
            }
        }
        LOG.log(Level.INFO, "{0}", INGEST_STOPPED);
    }

    private static <T> T injected(@Nullable T value, String what) {
        if (value == null) {
            throw new IllegalStateException("the server has injected no " + what);
        }
        return value;
    }
}
