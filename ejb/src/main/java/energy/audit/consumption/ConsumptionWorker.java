package energy.audit.consumption;

import energy.audit.access.Access;
import energy.audit.ingest.Ingest;
import energy.audit.kernel.LogCode;
import energy.audit.kernel.TenantId;
import energy.audit.metering.Metering;
import energy.audit.tenancy.Tenancy;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** Works the marks of touched hours off, tenant after tenant, as long as there are any; then looks again each second. */
@ApplicationScoped
class ConsumptionWorker {
    static final String EXECUTOR = "java:jboss/ee/concurrency/scheduler/default";

    /** Marks of touched hours taken in one transaction: about eleven days of 75 channels; more costs memory, not time. */
    private static final int HOURS_A_PASS = 20_000;

    /** After a pass of at least so many hours there are probably more. */
    private static final int MANY_HOURS = 1_000;

    private static final long LONGEST_PASS_SECONDS = 30;

    private static final Logger LOG = Logger.getLogger(ConsumptionWorker.class.getName());

    private final Tenancy tenancy;
    private final Access access;
    private final Derivation derivation;
    private @Nullable ScheduledFuture<?> running;
    private volatile boolean stopping;
    private final ReentrantLock busy = new ReentrantLock();

    @Inject
    ConsumptionWorker(Tenancy tenancy, Access access, Metering metering, Ingest ingest) {
        this.tenancy = tenancy;
        this.access = access;
        this.derivation = new Derivation(new IntervalTable(tenancy), ingest, metering);
    }

    @SuppressWarnings("BanJNDI") // a fixed name of the server itself
    void start(@Observes Startup event) throws NamingException {
        ManagedScheduledExecutorService executor = InitialContext.doLookup(EXECUTOR);
        running = executor.scheduleWithFixedDelay(this::workOff, 3, 1, TimeUnit.SECONDS);
    }

    /** Ends after the pass that is under way: its doors are still there then. */
    void stop(@Observes Shutdown event) throws InterruptedException {
        stopping = true;
        if (running != null) {
            running.cancel(false);
        }
        if (!busy.tryLock(LONGEST_PASS_SECONDS, TimeUnit.SECONDS)) {
            LOG.warning(() -> LogCode.CONSUMPTION_FAILED + " a pass was cut short by the shutdown; it is repeated");
        }
    }

    /** One round after the other over all tenants, until no tenant has many touched hours left. */
    private void workOff() {
        busy.lock();
        try {
            boolean more = true;
            while (more && !stopping) {
                more = false;
                for (TenantId tenant : tenancy.directory()) {
                    more |= !stopping && pass(tenant) >= MANY_HOURS;
                }
            }
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, e, () -> "ERR " + LogCode.CONSUMPTION_FAILED + " tenant=all next=tried_again");
        } finally {
            busy.unlock();
        }
    }

    private int pass(TenantId tenant) {
        long began = System.nanoTime();
        try {
            Derivation.Pass pass = access.asSystem("consumption", tenant, () -> derivation.run(HOURS_A_PASS));
            if (pass.revisions() > 0) {
                LOG.log(
                        pass.hours() >= MANY_HOURS ? Level.INFO : Level.FINE,
                        () -> LogCode.CONSUMPTION_RECOMPUTED + " tenant=" + tenant + " hours=" + pass.hours()
                                + " revisions=" + pass.revisions() + " ms="
                                + (System.nanoTime() - began) / 1_000_000);
            }
            return pass.hours();
        } catch (RuntimeException e) {
            // the rollback gave the hours back; one tenant's trouble must not hold up the others
            LOG.log(
                    Level.SEVERE,
                    e,
                    () -> "ERR " + LogCode.CONSUMPTION_FAILED + " tenant=" + tenant + " next=tried_again");
            return 0;
        }
    }
}
