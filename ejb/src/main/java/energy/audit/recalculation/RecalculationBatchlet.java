package energy.audit.recalculation;

import energy.audit.access.Access;
import energy.audit.consumption.Consumption;
import energy.audit.ingest.Ingest;
import energy.audit.kernel.LogCode;
import energy.audit.kernel.TenantId;
import energy.audit.tenancy.Tenancy;
import jakarta.batch.api.BatchProperty;
import jakarta.batch.api.Batchlet;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The one step of the job {@code recalculation}. Ends with DONE, PAUSED, STOPPED or TAKEN_OVER. */
@Dependent
@Named("recalculationBatchlet")
public class RecalculationBatchlet implements Batchlet {
    private static final long MOMENT_SECONDS = 1;
    private static final Logger LOG = Logger.getLogger(RecalculationBatchlet.class.getName());

    private final CountDownLatch stop = new CountDownLatch(1);
    private final RecalculationRun run;

    @Inject
    @BatchProperty
    private @Nullable String tenant;

    @Inject
    @BatchProperty
    private @Nullable String number;

    @Inject
    @BatchProperty
    private @Nullable String runner;

    @Inject
    RecalculationBatchlet(Tenancy tenancy, Access access, Consumption consumption, Ingest ingest, Clock clock) {
        this.run = new RecalculationRun(tenancy, access, consumption, ingest, clock);
    }

    @Override
    public String process() {
        String of = tenant + "/" + number;
        try {
            RecalculationRun.End end = run.run(
                    TenantId.of(String.valueOf(tenant)),
                    Integer.parseInt(String.valueOf(number)),
                    String.valueOf(runner),
                    this::moment);
            LOG.info(() -> LogCode.RECALCULATION_ENDED + " recalculation=" + of + " end=" + end);
            return end.name();
        } catch (RuntimeException e) {
            LOG.log(
                    Level.SEVERE,
                    e,
                    () -> "ERR " + LogCode.RECALCULATION_FAILED + " recalculation=" + of + " next=resume_it");
            throw e;
        }
    }

    private boolean moment() {
        try {
            return !stop.await(MOMENT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void stop() {
        stop.countDown();
    }
}
