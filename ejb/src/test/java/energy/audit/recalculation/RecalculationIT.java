package energy.audit.recalculation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.House;
import energy.audit.LoggedPlant;
import energy.audit.consumption.Consumption;
import energy.audit.consumption.Interval;
import energy.audit.consumption.Resolution;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.kernel.Promise;
import energy.audit.kernel.Refusal;
import energy.audit.recalculation.RecalculationRun.End;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecalculationIT {
    private static final LocalDate FIRST = LocalDate.of(2025, 3, 30);
    private static final LocalDate LAST = LocalDate.of(2025, 4, 3);
    private static final Period PERIOD = Period.of(
            FIRST.atStartOfDay(LoggedPlant.ZONE).toInstant(),
            LAST.atStartOfDay(LoggedPlant.ZONE).toInstant());
    private static final RecalculationRun.Pause NEVER_WAITS = () -> {
        throw new AssertionError("nothing to wait for");
    };

    private final House house = new House();
    private final LoggedPlant plant = LoggedPlant.in(house, "acme");
    private final Consumption consumption =
            new Consumption(house.tenancy, house.access, house.metering, house.ingest, house.clock);
    private final Recalculations recalculations =
            new Recalculations(house.tenancy, house.access, house.metering, house.clock);
    private final RecalculationTable table = new RecalculationTable(house.tenancy);
    private final RecalculationRun run =
            new RecalculationRun(house.tenancy, house.access, consumption, house.ingest, house.clock);

    private List<Interval> days() {
        return house.in(
                plant.tenant, () -> consumption.intervals(LoggedPlant.MAIN, Resolution.DAY, PERIOD, LogSize.NEWEST));
    }

    private Recalculation state(int number) {
        return house.in(plant.tenant, () -> recalculations.one(number));
    }

    private int requested() {
        return house.in(
                plant.tenant, () -> recalculations.request(PERIOD, "a test").number());
    }

    /** Readings are in the log, and nothing is derived: as after a restored table of intervals. */
    private void logWithoutDeriving() {
        plant.logDays(FIRST, LAST);
        house.in(plant.tenant, () -> house.ingest.takeTouched(Integer.MAX_VALUE));
        assertThat(days()).isEmpty();
    }

    private boolean claimed(int number, String runner) {
        return house.in(plant.tenant, () -> table.claim(runner, house.clock.instant(), Duration.ofSeconds(60)))
                .filter(claim -> claim == number)
                .isPresent();
    }

    @Test
    void everythingIsDerivedFromTheRegistersAndASecondTimeNothingDiffers() {
        logWithoutDeriving();
        int first = requested();
        assertThat(claimed(first, "one")).isTrue();
        assertThat(run.run(plant.tenant, first, "one", NEVER_WAITS)).isEqualTo(End.DONE);
        long counts = LoggedPlant.cumulated(LoggedPlant.MAIN, PERIOD.to())
                - LoggedPlant.cumulated(LoggedPlant.MAIN, PERIOD.from());
        assertThat(days().stream().mapToLong(day -> day.counts().orElseThrow()).sum())
                .isEqualTo(counts);
        Recalculation done = state(first);
        assertThat(done.state()).isEqualTo(Recalculation.State.DONE);
        assertThat(done.unitsDone()).isEqualTo(done.units()).isEqualTo(2 * 5L); // two months of five counters
        assertThat(done.revisions()).isPositive();

        int second = requested();
        assertThat(claimed(second, "one")).isTrue();
        assertThat(run.run(plant.tenant, second, "one", NEVER_WAITS)).isEqualTo(End.DONE);
        assertThat(state(second).revisions()).isZero();
    }

    @Test
    @Promise("recalculation.R1")
    void aCrashInTheMiddleOfAUnitLosesOnlyThatUnitAndResumingGoesOnBehindTheOthers() throws Exception {
        logWithoutDeriving();
        int number = requested();
        assertThat(claimed(number, "one")).isTrue();
        try (var connection = house.database.owner().getConnection();
                PreparedStatement trap = connection.prepareStatement("""
                        create function refuse_third() returns trigger language plpgsql as $$
                        begin
                          if (select count(*) from recalculation_unit where done_at is not null) >= 3 then
                            raise exception 'the disk is full';
                          end if;
                          return new;
                        end $$;
                        create trigger refuse_third before update on recalculation_unit
                          for each row execute function refuse_third()""")) {
            trap.execute();
        }
        assertThatThrownBy(() -> run.run(plant.tenant, number, "one", NEVER_WAITS))
                .hasMessageContaining("the disk is full");
        assertThat(state(number).state()).isEqualTo(Recalculation.State.FAILED);
        assertThat(state(number).failure().orElseThrow()).contains("the disk is full");
        assertThat(state(number).unitsDone()).isEqualTo(3);
        try (var connection = house.database.owner().getConnection();
                PreparedStatement mend =
                        connection.prepareStatement("drop trigger refuse_third on recalculation_unit")) {
            mend.execute();
        }
        house.in(plant.tenant, () -> recalculations.resume(number));
        assertThat(claimed(number, "two")).isTrue();
        assertThat(run.run(plant.tenant, number, "two", NEVER_WAITS)).isEqualTo(End.DONE);
        assertThat(state(number).unitsDone()).isEqualTo(10);
        assertThat(days()).hasSize(4);
    }

    @Test
    @Promise("recalculation.R2")
    void itGivesWayWhileIngestIsBehindAndSaysSo() {
        plant.logDays(FIRST, LAST); // more than 500 touched hours that nobody has derived
        int number = requested();
        assertThat(claimed(number, "one")).isTrue();
        AtomicInteger moments = new AtomicInteger();
        End end = run.run(plant.tenant, number, "one", () -> {
            assertThat(state(number).waitsFor().orElseThrow()).contains("hours of newer readings");
            assertThat(state(number).unitsDone()).isZero();
            if (moments.incrementAndGet() == 3) {
                house.in(plant.tenant, () -> house.ingest.takeTouched(Integer.MAX_VALUE));
            }
            return true;
        });
        assertThat(end).isEqualTo(End.DONE);
        assertThat(moments).hasValue(3);
        assertThat(state(number).waitsFor()).isEmpty();
    }

    @Test
    @Promise("recalculation.R3")
    void whatASilentServerLeftIsTakenOverAndTheOldRunEnds() {
        logWithoutDeriving();
        int number = requested();
        assertThat(claimed(number, "one")).isTrue();
        assertThat(claimed(number, "two")).isFalse();
        house.clock.advance(Duration.ofSeconds(61));
        assertThat(claimed(number, "two")).isTrue();
        assertThat(run.run(plant.tenant, number, "one", NEVER_WAITS)).isEqualTo(End.TAKEN_OVER);
        assertThat(state(number).unitsDone()).isZero();
        assertThat(run.run(plant.tenant, number, "two", NEVER_WAITS)).isEqualTo(End.DONE);
    }

    @Test
    void itIsPausedResumedAndOnlyOneIsOpenAtATime() {
        logWithoutDeriving();
        int number = requested();
        assertThat(claimed(number, "one")).isTrue();
        house.in(plant.tenant, () -> recalculations.pause(number));
        assertThat(run.run(plant.tenant, number, "one", NEVER_WAITS)).isEqualTo(End.PAUSED);
        assertThat(claimed(number, "one")).isFalse();
        assertThatThrownBy(this::requested)
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.code()).isEqualTo("RECALCULATION_OPEN"));
        assertThatThrownBy(() -> house.in(plant.tenant, () -> recalculations.pause(number)))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.code()).isEqualTo("RECALCULATION_PAUSED"));
        house.in(plant.tenant, () -> recalculations.resume(number));
        assertThat(claimed(number, "one")).isTrue();
        assertThat(run.run(plant.tenant, number, "one", NEVER_WAITS)).isEqualTo(End.DONE);
        assertThatThrownBy(() -> house.in(plant.tenant, () -> recalculations.resume(number)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("it is DONE");
    }
}
