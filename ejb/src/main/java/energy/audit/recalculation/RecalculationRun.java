package energy.audit.recalculation;

import energy.audit.access.Access;
import energy.audit.consumption.Consumption;
import energy.audit.ingest.Ingest;
import energy.audit.kernel.TenantId;
import energy.audit.tenancy.Tenancy;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;

/** Works one recalculation off, unit after unit, each in a transaction of its own. */
final class RecalculationRun {
    /** Touched hours that wait to be derived; above it figures of today are late, and those of the past can wait. */
    static final int BEHIND = 500;

    /** Waits a moment. */
    interface Pause {
        /** @return false when the work is to stop */
        boolean moment();
    }

    /** How a run ended. */
    enum End {
        DONE,
        PAUSED,
        STOPPED,
        TAKEN_OVER
    }

    private enum Step {
        UNIT,
        WAIT,
        DONE,
        PAUSED,
        TAKEN_OVER
    }

    private final Access access;
    private final Consumption consumption;
    private final Ingest ingest;
    private final RecalculationTable table;
    private final Clock clock;

    RecalculationRun(Tenancy tenancy, Access access, Consumption consumption, Ingest ingest, Clock clock) {
        this.access = access;
        this.consumption = consumption;
        this.ingest = ingest;
        this.clock = clock;
        this.table = new RecalculationTable(tenancy);
    }

    /**
     * @param runner who works; another one that took over ends this run
     * @param pause called where it gives way, and between units
     */
    End run(TenantId tenant, int number, String runner, Pause pause) {
        while (true) {
            Step step;
            try {
                step = access.asSystem("recalculation", tenant, () -> step(number, runner));
            } catch (RuntimeException e) {
                access.asSystem("recalculation", tenant, () -> {
                    table.failed(number, String.valueOf(e.getMessage()));
                    return true;
                });
                throw e;
            }
            if (step == Step.DONE) {
                return End.DONE;
            }
            if (step == Step.PAUSED) {
                return End.PAUSED;
            }
            if (step == Step.TAKEN_OVER) {
                return End.TAKEN_OVER;
            }
            if (step == Step.WAIT && !pause.moment() || Thread.currentThread().isInterrupted()) {
                return End.STOPPED;
            }
        }
    }

    private Step step(int number, String runner) {
        if (!table.beat(number, runner, clock.instant())) {
            return table.state(number) == Recalculation.State.RUNNING ? Step.TAKEN_OVER : Step.PAUSED;
        }
        long behind = ingest.touchedCount();
        if (behind > BEHIND) {
            table.waitsFor(number, behind + " hours of newer readings are derived first");
            return Step.WAIT;
        }
        Optional<Unit> unit = table.nextOpen(number);
        if (unit.isEmpty()) {
            table.done(number, clock.instant());
            return Step.DONE;
        }
        OptionalInt revisions =
                consumption.rederive(unit.get().channel(), unit.get().period());
        if (revisions.isEmpty()) {
            table.waitsFor(number, "newer readings are being derived");
            return Step.WAIT;
        }
        table.unitDone(number, unit.get().number(), revisions.getAsInt(), clock.instant());
        return Step.UNIT;
    }
}
