package energy.audit.consumption;

import static energy.audit.LoggedPlant.MAIN;
import static energy.audit.LoggedPlant.SITE;
import static energy.audit.LoggedPlant.ZONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.House;
import energy.audit.LoggedPlant;
import energy.audit.analysis.register.Quality;
import energy.audit.evidence.wire.MeterExchange;
import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.kernel.Promise;
import energy.audit.kernel.Refusal;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Intervals around a meter exchange, and around a date from which a register is described otherwise. */
class ExchangedMeterIT {
    private static final LocalDate FIRST = LocalDate.of(2025, 3, 1);
    private static final LocalDate LAST = LocalDate.of(2025, 3, 20);
    private static final Period WHOLE = Period.of(
            FIRST.atStartOfDay(ZONE).toInstant(), LAST.atStartOfDay(ZONE).toInstant());
    private static final Instant AT = Instant.parse("2025-03-12T09:37:00Z");

    private final House house = new House();
    private final LoggedPlant plant = LoggedPlant.in(house, "acme");
    private final Consumption consumption =
            new Consumption(house.tenancy, house.access, house.metering, house.ingest, house.clock);
    private final Derivation derivation =
            new Derivation(new IntervalTable(house.tenancy), house.ingest, house.metering);

    @Test
    @Promise("consumption.R1")
    @Promise("consumption.R3")
    void anExchangeThatIsEnteredAfterwardsIsDerivedAnewAndWhatWasKnownBeforeStays() {
        MeterExchange exchange = plant.exchangeMain(AT, 4_711);
        plant.logDays(FIRST, LAST);
        derive();
        LogSize before = house.in(plant.tenant, () -> house.log.size());
        List<Interval> unexplained = intervals(Resolution.QUARTER_HOUR, LogSize.NEWEST);
        assertThat(unexplained)
                .filteredOn(each -> each.quality() != Quality.MEASURED)
                .singleElement()
                .satisfies(each -> assertThat(each.start()).isEqualTo(Instant.parse("2025-03-12T09:30:00Z")));
        assertThat(intervals(Resolution.MONTH, LogSize.NEWEST)).isEmpty();

        long entry = enter(exchange);
        derive();

        List<Interval> now = intervals(Resolution.QUARTER_HOUR, LogSize.NEWEST);
        assertThat(now).allMatch(each -> each.quality() == Quality.MEASURED);
        assertEachIsTheTruth(now);
        assertThat(sum(now)).isEqualTo(truth());
        assertThat(sum(intervals(Resolution.HOUR, LogSize.NEWEST))).isEqualTo(truth());
        assertThat(sum(intervals(Resolution.DAY, LogSize.NEWEST))).isEqualTo(truth());
        assertThat(now).filteredOn(each -> each.revision() > 1).hasSize(1);
        assertThat(intervals(Resolution.QUARTER_HOUR, before)).hasSameSizeAs(unexplained);
        assertThat(sameAs(intervals(Resolution.QUARTER_HOUR, before), unexplained))
                .isTrue();
        assertThat(sameAs(intervals(Resolution.QUARTER_HOUR, LogSize.of(entry + 1)), now))
                .isTrue();
        assertThat(run().hours()).as("nothing is left to do").isZero();
    }

    @Test
    @Promise("consumption.R2")
    void aCorrectionAndAWithdrawalAreDerivedAnewToo() {
        MeterExchange exchange = plant.exchangeMain(AT, 4_711);
        plant.logDays(FIRST, LAST);
        MeterExchange wrong = exchange.toBuilder()
                .setRegisters(
                        0,
                        exchange.getRegisters(0).toBuilder()
                                .setOldFinalCount(exchange.getRegisters(0).getOldFinalCount() - 90))
                .build();
        enter(wrong);
        derive();
        assertThat(sum(intervals(Resolution.DAY, LogSize.NEWEST))).isEqualTo(truth() - 90);
        enter(exchange);
        derive();
        assertEachIsTheTruth(intervals(Resolution.QUARTER_HOUR, LogSize.NEWEST));
        assertEachIsTheTruth(intervals(Resolution.DAY, LogSize.NEWEST));
        assertThat(sum(intervals(Resolution.DAY, LogSize.NEWEST))).isEqualTo(truth());
        enter(exchange.toBuilder().clearRegisters().setWithdrawn(true).build());
        derive();
        assertThat(intervals(Resolution.QUARTER_HOUR, LogSize.NEWEST))
                .filteredOn(each -> each.quality() != Quality.MEASURED)
                .hasSize(1);
    }

    @Test
    void energySinceMidnightGoesOnThroughAnExchange() {
        MeterExchange exchange = plant.exchangeMain(AT, 4_711);
        Instant now = AT.plusSeconds(7_200);
        plant.logDays(FIRST, AT.atZone(ZONE).toLocalDate(), at -> !at.isAfter(now));
        enter(exchange);
        derive();
        Instant midnight = AT.atZone(ZONE).toLocalDate().atStartOfDay(ZONE).toInstant();
        Instant newest = Instant.parse("2025-03-12T11:30:00Z");

        List<SourceEnergy> today =
                house.in(plant.tenant, () -> consumption.energyBySource(SITE, Period.of(midnight, newest)));

        assertThat(today.get(0).energyKwh().value().orElseThrow())
                .isEqualByComparingTo(BigDecimal.valueOf(
                        LoggedPlant.cumulated(MAIN, newest) - LoggedPlant.cumulated(MAIN, midnight), 1));
    }

    @Test
    void countsThatDoNotFitTheReadingsNextToThemAreDoubtedBeforeTheyAreEntered() {
        MeterExchange exchange = plant.exchangeMain(AT, 4_711);
        plant.logDays(FIRST, LAST);
        ExchangeCheck honest = check(exchange);
        assertThat(honest.doubts()).isEmpty();
        assertThat(honest.lastOld().orElseThrow().at()).isEqualTo(Instant.parse("2025-03-12T09:30:00Z"));
        assertThat(honest.firstNew().orElseThrow().at()).isEqualTo(Instant.parse("2025-03-12T09:45:00Z"));
        house.in(plant.tenant, () -> consumption.requirePlausible(exchange));

        long last = honest.lastOld().orElseThrow().count();
        long first = honest.firstNew().orElseThrow().count();
        assertDoubt(exchange, last - 1, 4_711, ExchangeCheck.Count.OLD_FINAL, ExchangeCheck.Kind.BACKWARDS);
        assertDoubt(exchange, last + 60_000, 4_711, ExchangeCheck.Count.OLD_FINAL, ExchangeCheck.Kind.TOO_MUCH);
        assertDoubt(exchange, last + 1, first + 60_000, ExchangeCheck.Count.NEW_INITIAL, ExchangeCheck.Kind.BACKWARDS);
        assertThat(house.in(plant.tenant, () -> house.metering.exchanges(SITE, LogSize.NEWEST)))
                .as("a check enters nothing")
                .isEmpty();
    }

    private void assertDoubt(
            MeterExchange honest, long oldFinal, long newInitial, ExchangeCheck.Count count, ExchangeCheck.Kind kind) {
        MeterExchange other = honest.toBuilder()
                .setRegisters(
                        0,
                        honest.getRegisters(0).toBuilder()
                                .setOldFinalCount(oldFinal)
                                .setNewInitialCount(newInitial))
                .build();
        assertThat(check(other).doubts()).singleElement().satisfies(doubt -> {
            assertThat(doubt.count()).isEqualTo(count);
            assertThat(doubt.kind()).isEqualTo(kind);
        });
        assertThatThrownBy(() -> house.in(plant.tenant, () -> consumption.requirePlausible(other)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("field registers[0]." + count.field());
    }

    private ExchangeCheck check(MeterExchange exchange) {
        return house.in(plant.tenant, () -> consumption.check(exchange)).get(0);
    }

    /** The rule is the report's: each stretch by the profile in force, so a later modulus does not judge the past. */
    @Test
    void aModulusThatChangesAtADateHoldsFromThatDateOnlyAndOldRolloversStay() {
        ChannelId press = LoggedPlant.PRESS;
        long oldModulus = 1_000_000;
        Instant change = LocalDate.of(2025, 3, 10).atStartOfDay(ZONE).toInstant();
        plant.configure(pressModulus(Instant.parse("2024-12-31T23:00:00Z"), oldModulus));
        logPress(
                FIRST,
                LAST,
                at -> LoggedPlant.cumulated(press, at) % (at.isBefore(change) ? oldModulus : 4_294_967_296L));
        derive();
        // the register's own step at the change is no consumption: an exchange of meters would say what it is
        plant.configure(pressModulus(change, 4_294_967_296L));
        derive();

        List<Interval> hours =
                house.in(plant.tenant, () -> consumption.intervals(press, Resolution.HOUR, WHOLE, LogSize.NEWEST));

        for (Interval hour : hours) {
            boolean across = hour.end().equals(change)
                    || hour.start().isBefore(change) && hour.end().isAfter(change);
            if (!across) {
                assertThat(hour.quality()).as("%s", hour).isEqualTo(Quality.MEASURED);
                assertThat(hour.counts().orElseThrow())
                        .as("%s", hour)
                        .isEqualTo(
                                LoggedPlant.cumulated(press, hour.end()) - LoggedPlant.cumulated(press, hour.start()));
            }
        }
        assertThat(hours.stream().filter(hour -> hour.end().isBefore(change))).hasSizeGreaterThan(200);
        LogSize all = house.in(plant.tenant, () -> house.log.size());
        List<Interval> asKnown =
                house.in(plant.tenant, () -> consumption.intervals(press, Resolution.HOUR, WHOLE, all));
        assertThat(sameAs(asKnown, hours)).isTrue();
    }

    private static MeteringConfiguration pressModulus(Instant from, long modulus) {
        MeteringConfiguration.Builder configuration = LoggedPlant.configuration("acme", from, "10.55").toBuilder();
        configuration.getMetersBuilder(1).getChannelsBuilder(0).setModulus(Long.toString(modulus));
        return configuration.build();
    }

    private void logPress(LocalDate first, LocalDate last, java.util.function.ToLongFunction<Instant> count) {
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            Instant end = day.plusDays(1).atStartOfDay(ZONE).toInstant();
            List<Instant> instants = Stream.iterate(
                            day.atStartOfDay(ZONE).toInstant(), at -> at.isBefore(end), at -> at.plusSeconds(900))
                    .toList();
            Map<Instant, Long> counts = new HashMap<>();
            instants.forEach(at -> counts.put(at, count.applyAsLong(at)));
            plant.log(instants, Map.of(LoggedPlant.PRESS, counts));
        }
    }

    private static long truth() {
        return LoggedPlant.cumulated(MAIN, WHOLE.to()) - LoggedPlant.cumulated(MAIN, WHOLE.from());
    }

    private static void assertEachIsTheTruth(List<Interval> intervals) {
        for (Interval each : intervals) {
            assertThat(each.counts().orElseThrow())
                    .as("%s", each)
                    .isEqualTo(LoggedPlant.cumulated(MAIN, each.end()) - LoggedPlant.cumulated(MAIN, each.start()));
        }
    }

    private static long sum(List<Interval> intervals) {
        return intervals.stream().mapToLong(each -> each.counts().orElse(0)).sum();
    }

    private static boolean sameAs(List<Interval> some, List<Interval> others) {
        boolean same = some.size() == others.size();
        for (int i = 0; same && i < some.size(); i++) {
            same = some.get(i).start().equals(others.get(i).start())
                    && some.get(i).saysTheSameAs(others.get(i));
        }
        return same;
    }

    private long enter(MeterExchange exchange) {
        return house.in(plant.tenant, () -> house.metering.exchange(exchange, Optional.empty()));
    }

    private List<Interval> intervals(Resolution resolution, LogSize size) {
        return house.in(plant.tenant, () -> consumption.intervals(MAIN, resolution, WHOLE, size));
    }

    private void derive() {
        while (run().hours() > 0) {
            // until nothing is left
        }
    }

    private Derivation.Pass run() {
        return house.in(plant.tenant, () -> derivation.run(500));
    }
}
