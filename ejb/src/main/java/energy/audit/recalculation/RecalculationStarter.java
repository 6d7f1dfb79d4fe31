package energy.audit.recalculation;

import energy.audit.access.Access;
import energy.audit.kernel.LogCode;
import energy.audit.kernel.TenantId;
import energy.audit.tenancy.Tenancy;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.batch.operations.BatchRuntimeException;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Starts the batch job of each recalculation that nobody works on: new ones, resumed ones, and those of a server that has
 * been silent. Where a job stands is in our own table, not in the server's job repository, so that any server can go on.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class RecalculationStarter {
    static final String JOB = "recalculation";
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final long LOOK_EACH_SECONDS = 3;
    private static final Logger LOG = Logger.getLogger(RecalculationStarter.class.getName());

    /** Unlike a node's name, new with each start of the server: an old run cannot be taken for ours. */
    private final String runner = UUID.randomUUID().toString();

    @Resource
    private @Nullable ManagedScheduledExecutorService threads;

    @Inject
    private @Nullable Tenancy tenancy;

    @Inject
    private @Nullable Access access;

    @Inject
    private @Nullable Clock clock;

    private @Nullable ScheduledFuture<?> looking;

    @PostConstruct
    void start() {
        looking = Objects.requireNonNull(threads)
                .scheduleWithFixedDelay(this::look, LOOK_EACH_SECONDS, LOOK_EACH_SECONDS, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        if (looking != null) {
            looking.cancel(false);
        }
    }

    private void look() {
        Tenancy all = Objects.requireNonNull(tenancy);
        RecalculationTable table = new RecalculationTable(all);
        for (TenantId tenant : all.directory()) {
            try {
                Optional<Integer> claimed = Objects.requireNonNull(access)
                        .asSystem(
                                JOB,
                                tenant,
                                () -> table.claim(
                                        runner, Objects.requireNonNull(clock).instant(), SILENCE));
                claimed.ifPresent(number -> begin(tenant, number));
            } catch (RuntimeException e) {
                LOG.log(
                        Level.SEVERE,
                        e,
                        () -> "ERR " + LogCode.RECALCULATION_FAILED + " tenant=" + tenant + " next=tried_again");
            }
        }
    }

    private void begin(TenantId tenant, int number) throws BatchRuntimeException {
        Properties parameters = new Properties();
        parameters.setProperty("tenant", tenant.value());
        parameters.setProperty("number", Integer.toString(number));
        parameters.setProperty("runner", runner);
        long execution = BatchRuntime.getJobOperator().start(JOB, parameters);
        LOG.info(() ->
                LogCode.RECALCULATION_STARTED + " tenant=" + tenant + " number=" + number + " execution=" + execution);
    }
}
