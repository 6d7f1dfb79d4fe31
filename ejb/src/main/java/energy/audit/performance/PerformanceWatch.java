package energy.audit.performance;

import energy.audit.access.Access;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.TenantId;
import energy.audit.tenancy.Tenancy;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** Every hour: may each model in force still be applied to what came after its baseline? */
@ApplicationScoped
class PerformanceWatch {
    private static final Logger LOG = Logger.getLogger(PerformanceWatch.class.getName());

    private final Tenancy tenancy;
    private final Access access;
    private final Performance performance;
    private @Nullable ScheduledFuture<?> running;

    @Inject
    PerformanceWatch(Tenancy tenancy, Access access, Performance performance) {
        this.tenancy = tenancy;
        this.access = access;
        this.performance = performance;
    }

    @SuppressWarnings("BanJNDI") // a fixed name of the server itself
    void start(@Observes Startup event) throws NamingException {
        ManagedScheduledExecutorService executor =
                InitialContext.doLookup("java:jboss/ee/concurrency/scheduler/default");
        running = executor.scheduleWithFixedDelay(this::look, 5, 60, TimeUnit.MINUTES);
    }

    void stop(@Observes Shutdown event) {
        if (running != null) {
            running.cancel(false);
        }
    }

    private void look() {
        for (TenantId tenant : tenancy.directory()) {
            try {
                access.asSystem("performance", tenant, () -> {
                    performance
                            .standings(LogSize.NEWEST)
                            .forEach(each ->
                                    performance.examine(each.definition().id()));
                    return true;
                });
            } catch (RuntimeException e) {
                // one tenant's trouble must not hold up the others
                LOG.log(Level.SEVERE, e, () -> "ERR ENPI_EXAMINATION_FAILED tenant=" + tenant + " next=in_an_hour");
            }
        }
    }
}
