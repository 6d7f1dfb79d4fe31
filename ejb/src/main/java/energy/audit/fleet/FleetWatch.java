package energy.audit.fleet;

import energy.audit.access.Access;
import energy.audit.kernel.LogCode;
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

/**
 * Looks for silent agents, tenant after tenant. The timer runs on every node; a row of the database lets one of them do the
 * work, and another one when that is gone.
 */
@ApplicationScoped
class FleetWatch {
    private static final String EXECUTOR = "java:jboss/ee/concurrency/scheduler/default";
    private static final long SECONDS = 15;
    private static final Logger LOG = Logger.getLogger(FleetWatch.class.getName());

    private final Tenancy tenancy;
    private final Access access;
    private final Fleet fleet;
    private @Nullable ScheduledFuture<?> running;

    @Inject
    FleetWatch(Tenancy tenancy, Access access, Fleet fleet) {
        this.tenancy = tenancy;
        this.access = access;
        this.fleet = fleet;
    }

    @SuppressWarnings("BanJNDI") // a fixed name of the server itself
    void start(@Observes Startup event) throws NamingException {
        ManagedScheduledExecutorService executor = InitialContext.doLookup(EXECUTOR);
        running = executor.scheduleWithFixedDelay(this::look, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    void stop(@Observes Shutdown event) {
        if (running != null) {
            running.cancel(false);
        }
    }

    private void look() {
        String node = System.getProperty("jboss.node.name", "node");
        try {
            for (TenantId tenant : tenancy.directory()) {
                look(tenant, node);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, e, () -> "ERR " + LogCode.FLEET_WATCH_FAILED + " tenant=all next=tried_again");
        }
    }

    private void look(TenantId tenant, String node) {
        try {
            access.asSystem("fleet", tenant, () -> fleet.look(node));
        } catch (RuntimeException e) {
            // one tenant's trouble must not make the others' agents unwatched
            LOG.log(
                    Level.SEVERE,
                    e,
                    () -> "ERR " + LogCode.FLEET_WATCH_FAILED + " tenant=" + tenant + " next=tried_again");
        }
    }
}
