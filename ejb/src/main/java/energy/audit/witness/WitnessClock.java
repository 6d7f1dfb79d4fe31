package energy.audit.witness;

import energy.audit.access.Access;
import energy.audit.log.TenantLog;
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
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks each half minute whether a tenant's round is due. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class WitnessClock {
    private static final long LOOK_EACH_SECONDS = 30;

    @Resource
    private @Nullable ManagedScheduledExecutorService threads;

    @Inject
    private @Nullable Tenancy tenancy;

    @Inject
    private @Nullable Access access;

    @Inject
    private @Nullable TenantLog log;

    @Inject
    private @Nullable Clock clock;

    private @Nullable ScheduledFuture<?> looking;

    @PostConstruct
    void start() {
        WitnessRound round = new WitnessRound(
                Objects.requireNonNull(tenancy),
                Objects.requireNonNull(access),
                Objects.requireNonNull(log),
                Objects.requireNonNull(clock),
                OutsideServices.configured());
        looking = Objects.requireNonNull(threads)
                .scheduleWithFixedDelay(round::run, LOOK_EACH_SECONDS, LOOK_EACH_SECONDS, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        if (looking != null) {
            looking.cancel(false);
        }
    }
}
