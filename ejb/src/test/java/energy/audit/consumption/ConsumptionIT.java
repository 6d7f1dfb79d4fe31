package energy.audit.consumption;

import static energy.audit.LoggedPlant.GAS;
import static energy.audit.LoggedPlant.MAIN;
import static energy.audit.LoggedPlant.PRESS;
import static energy.audit.LoggedPlant.SITE;
import static energy.audit.LoggedPlant.ZONE;
import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.House;
import energy.audit.LoggedPlant;
import energy.audit.analysis.register.Quality;
import energy.audit.evidence.wire.GapCause;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.kernel.Promise;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsumptionIT {
    private static final LocalDate FIRST = LocalDate.of(2025, 3, 1);
    private static final LocalDate LAST = LocalDate.of(2025, 4, 1);
    private static final Instant FROM = FIRST.atStartOfDay(ZONE).toInstant();
    private static final Instant TO = LAST.atStartOfDay(ZONE).toInstant();
    private static final Period MARCH = Period.of(FROM, TO);

    private final House house = new House();
    private final LoggedPlant plant = LoggedPlant.in(house, "acme");
    private final Consumption consumption =
            new Consumption(house.tenancy, house.access, house.metering, house.ingest, house.clock);
    private final Derivation derivation =
            new Derivation(new IntervalTable(house.tenancy), house.ingest, house.metering);

    @Test
    @Promise("consumption.R1")
    void quarterHoursHoursDaysAndTheMonthAllAddUpToTheRegisterDifference() {
        plant.logDays(FIRST, LAST);
        derive();

        for (ChannelId channel : List.of(MAIN, PRESS, GAS, LoggedPlant.REACTIVE)) {
            long expected = LoggedPlant.cumulated(channel, TO) - LoggedPlant.cumulated(channel, FROM);
            for (Resolution resolution : Resolution.values()) {
                List<Interval> intervals = intervals(channel, resolution, LogSize.NEWEST);
                assertThat(intervals).allMatch(interval -> interval.quality() == Quality.MEASURED);
                assertThat(intervals.stream().mapToLong(each -> each.counts().orElseThrow()))
                        .as("%s of %s", resolution, channel)
                        .satisfies(counts -> assertThat(counts.stream()
                                        .mapToLong(Long::longValue)
                                        .sum())
                                .isEqualTo(expected));
                assertThat(intervals).allMatch(interval -> interval.revision() <= 1);
            }
        }
        // the clocks go forward on 30 March: 31 days, one of them with 23 hours
        assertThat(intervals(MAIN, Resolution.DAY, LogSize.NEWEST)).hasSize(31);
        assertThat(intervals(MAIN, Resolution.HOUR, LogSize.NEWEST)).hasSize(31 * 24 - 1);
        assertThat(intervals(MAIN, Resolution.QUARTER_HOUR, LogSize.NEWEST)).hasSize(4 * (31 * 24 - 1));
        assertThat(intervals(MAIN, Resolution.MONTH, LogSize.NEWEST)).hasSize(1);
    }

    @Test
    void gasIsCountedInCubicMetresAndBecomesEnergyWithItsCalorificValue() {
        plant.logDays(FIRST, FIRST.plusDays(1));
        derive();

        Interval day = intervals(GAS, Resolution.DAY, LogSize.NEWEST).get(0);
        BigDecimal cubicMetres = new BigDecimal(day.counts().orElseThrow()).multiply(new BigDecimal("0.01"));
        assertThat(day.amount().orElseThrow()).isEqualByComparingTo(cubicMetres);
        assertThat(day.energyKwh().orElseThrow()).isEqualByComparingTo(cubicMetres.multiply(new BigDecimal("10.55")));
    }

    @Test
    @Promise("consumption.R2")
    @Promise("consumption.R3")
    void lateReadingsMakeNewRevisionsOnlyWhereTheyChangeSomethingAndTheOldAnswerStays() {
        Instant hole = Instant.parse("2025-03-02T10:00:00Z");
        plant.logDays(FIRST, LAST, at -> at.isBefore(hole) || !at.isBefore(hole.plusSeconds(3 * 3600)));
        derive();
        LogSize before = house.in(plant.tenant, () -> house.log.size());
        List<Interval> gap = intervals(MAIN, Resolution.QUARTER_HOUR, before);
        assertThat(gap).filteredOn(each -> each.quality() == Quality.MISSING).hasSize(13);
        assertThat(intervals(MAIN, Resolution.MONTH, LogSize.NEWEST))
                .singleElement()
                .satisfies(month -> assertThat(month.quality()).isEqualTo(Quality.MEASURED));

        // what stays open after 11:00 is 2 h long, and so is interpolated
        plant.log(
                List.of(
                        hole,
                        hole.plusSeconds(900),
                        hole.plusSeconds(1800),
                        hole.plusSeconds(2700),
                        hole.plusSeconds(3600)),
                Map.of());
        derive();

        List<Interval> now = intervals(MAIN, Resolution.QUARTER_HOUR, LogSize.NEWEST);
        assertThat(now).filteredOn(each -> each.quality() == Quality.MISSING).isEmpty();
        assertThat(now).filteredOn(each -> each.revision() > 1).hasSize(13);
        assertThat(now)
                .filteredOn(each -> each.start().isBefore(hole.minusSeconds(3600)))
                .allMatch(each -> each.revision() == 1);
        assertThat(intervals(MAIN, Resolution.QUARTER_HOUR, before)).isEqualTo(gap);
    }

    @Test
    @Promise("consumption.R3")
    void whatIsDerivedNowEqualsWhatWasKeptForTheWholeLog() {
        plant.logDays(FIRST, FIRST.plusDays(3));
        derive();
        LogSize all = house.in(plant.tenant, () -> house.log.size());

        for (Resolution resolution : List.of(Resolution.QUARTER_HOUR, Resolution.HOUR, Resolution.DAY)) {
            List<Interval> kept = intervals(MAIN, resolution, LogSize.NEWEST);
            List<Interval> derived = intervals(MAIN, resolution, all);
            assertThat(derived).hasSameSizeAs(kept);
            for (int i = 0; i < kept.size(); i++) {
                assertThat(derived.get(i).saysTheSameAs(kept.get(i)))
                        .as("%s against %s", derived.get(i), kept.get(i))
                        .isTrue();
                assertThat(derived.get(i).knownAtLogSize())
                        .isEqualTo(kept.get(i).knownAtLogSize());
            }
        }
    }

    @Test
    @Promise("consumption.R4")
    void timeWithoutReadingsIsMissingAndItsEnergyStillCountsInTheDay() {
        Instant hole = Instant.parse("2025-03-02T10:00:00Z");
        plant.logDays(FIRST, FIRST.plusDays(2), at -> at.isBefore(hole) || !at.isBefore(hole.plusSeconds(5 * 3600)));
        plant.logGap(hole, hole.plusSeconds(5 * 3600 + 60), GapCause.REQUEST_TIMEOUT);
        derive();

        Interval inside = intervals(MAIN, Resolution.HOUR, LogSize.NEWEST).stream()
                .filter(each -> each.start().equals(hole.plusSeconds(3600)))
                .findFirst()
                .orElseThrow();
        assertThat(inside.quality()).isEqualTo(Quality.MISSING);
        assertThat(inside.energyKwh()).isEmpty();
        Interval day = intervals(MAIN, Resolution.DAY, LogSize.NEWEST).get(1);
        assertThat(day.quality()).isEqualTo(Quality.MEASURED);
        assertThat(day.coverage()).isBetween(0.78, 0.80);
    }

    @Test
    @Promise("consumption.R2")
    void historyThatStreamsInBehindLiveDataIsDerivedOnceAndIsNotMissingMeanwhile() {
        plant.logDays(LAST, LAST);
        derive();
        for (LocalDate day = FIRST; day.isBefore(LAST); day = day.plusDays(4)) {
            LocalDate last = day.plusDays(3).isBefore(LAST) ? day.plusDays(3) : LAST.minusDays(1);
            plant.logDays(day, last);
            derive();
            assertThat(intervals(MAIN, Resolution.HOUR, LogSize.NEWEST))
                    .allMatch(hour -> hour.quality() == Quality.MEASURED);
        }
        for (Resolution resolution : Resolution.values()) {
            assertThat(intervals(MAIN, resolution, LogSize.NEWEST))
                    .isNotEmpty()
                    .allMatch(each -> each.revision() == 1 && each.quality() == Quality.MEASURED);
        }
        assertThat(intervals(MAIN, Resolution.MONTH, LogSize.NEWEST).get(0).counts())
                .hasValue(LoggedPlant.cumulated(MAIN, TO) - LoggedPlant.cumulated(MAIN, FROM));
    }

    @Test
    void readingsThatCameBeforeTheirConfigurationAreDerivedWhenItComes() {
        LoggedPlant early = LoggedPlant.unconfigured(house, "early");
        early.logDays(FIRST, FIRST.plusDays(1));
        assertThat(run(early).revisions()).isZero();

        early.configure(LoggedPlant.configuration("early", Instant.parse("2025-01-01T00:00:00Z"), "10"));

        assertThat(run(early).revisions()).isPositive();
        assertThat(house.in(early.tenant, () -> consumption.intervals(MAIN, Resolution.DAY, MARCH, LogSize.NEWEST)))
                .hasSize(1);
    }

    @Test
    void energyOfAnyPeriodComesFromTheLongestIntervalsAndTheRegistersAtItsEnds() {
        plant.logDays(FIRST, LAST);
        derive();
        Period odd = Period.of(Instant.parse("2025-03-03T07:20:00Z"), Instant.parse("2025-03-28T16:40:00Z"));

        List<SourceEnergy> sources = house.in(plant.tenant, () -> consumption.energyBySource(SITE, odd));

        assertThat(sources).extracting(SourceEnergy::source).containsExactly("electricity", "gas");
        double expectedKwh = (LoggedPlant.cumulated(MAIN, odd.to()) - LoggedPlant.cumulated(MAIN, odd.from())) * 0.1;
        SourceEnergy electricity = sources.get(0);
        assertThat(electricity.energyKwh().value().orElseThrow().doubleValue())
                .isCloseTo(expectedKwh, within(expectedKwh));
        assertThat(electricity.energyKwh().quality()).isEqualTo(Quality.ESTIMATED);
        assertThat(electricity.meters())
                .extracting(SourceEnergy.MeterEnergy::boundary)
                .containsExactly(true, false);
    }

    @Test
    void theLiveViewTellsPowerNowAndEnergySinceMidnightAndLastWeek() {
        LocalDate today = FIRST.plusDays(8);
        Instant midnight = today.atStartOfDay(ZONE).toInstant();
        Instant now = midnight.plusSeconds(10 * 3600 + 60);
        plant.logDays(FIRST, today, at -> !at.isAfter(now));
        derive();
        house.clock.advance(java.time.Duration.between(house.clock.instant(), now));

        SiteLive live = house.in(plant.tenant, () -> consumption.live(SITE));

        Instant newest = midnight.plusSeconds(10 * 3600);
        assertThat(live.newest()).contains(newest);
        long today10 = LoggedPlant.cumulated(MAIN, newest) - LoggedPlant.cumulated(MAIN, midnight);
        assertThat(live.todayKwh().value().orElseThrow()).isEqualByComparingTo(BigDecimal.valueOf(today10, 1));
        Instant weekAgo = newest.minusSeconds(7 * 86_400);
        long week10 =
                LoggedPlant.cumulated(MAIN, weekAgo) - LoggedPlant.cumulated(MAIN, midnight.minusSeconds(7 * 86_400));
        assertThat(live.lastWeekKwh().value().orElseThrow()).isEqualByComparingTo(BigDecimal.valueOf(week10, 1));
        assertThat(live.powerKw().orElseThrow())
                .isEqualByComparingTo(BigDecimal.valueOf(LoggedPlant.count(LoggedPlant.POWER, newest), 1));
        List<ProfilePoint> profile = house.in(plant.tenant, () -> consumption.dayProfile(SITE, today, "electricity"));
        assertThat(profile).hasSize(40);
        Progress progress = house.in(plant.tenant, consumption::progress);
        assertThat(progress.openHours()).isZero();
        assertThat(progress.share()).isEqualTo(1);
        assertThat(house.in(plant.tenant, () -> consumption.coverage(SITE, Period.of(FROM, newest))))
                .hasSize(5)
                .allMatch(each -> each.coverage() > 0.999 && each.missing() == 0);
    }

    @Test
    void aChartGetsTheFinestIntervalsThatFitAndGaugesAreGathered() {
        plant.logDays(FIRST, FIRST.plusDays(9));
        derive();
        Period week = Period.of(FROM, FROM.plusSeconds(7 * 86_400));

        Series series = house.in(plant.tenant, () -> consumption.series(MAIN, week, 200));
        assertThat(series.resolution()).isEqualTo(Resolution.HOUR);
        assertThat(series.intervals()).hasSize(168);
        List<GaugePoint> gauge = house.in(plant.tenant, () -> consumption.gauge(LoggedPlant.POWER, week, 168));
        assertThat(gauge).hasSize(168).allMatch(point -> point.readings() == 4 && point.min() <= point.mean());
    }

    @Test
    @Promise("consumption.R3")
    void aConfigurationThatSpeaksOfThePastIsDerivedAnewAndTheOldAnswerStays() {
        plant.logDays(FIRST, LAST);
        derive();
        LogSize before = house.in(plant.tenant, () -> house.log.size());
        List<Interval> asIssued = intervals(GAS, Resolution.DAY, LogSize.NEWEST);
        Instant from = FIRST.plusDays(14).atStartOfDay(ZONE).toInstant();

        plant.configure(LoggedPlant.configuration("acme", from, "11.25"));
        derive();

        for (Resolution resolution : Resolution.values()) {
            for (Interval interval : intervals(GAS, resolution, LogSize.NEWEST)) {
                boolean changed = interval.end().isAfter(from);
                assertThat(interval.revision())
                        .as("%s %s", resolution, interval)
                        .isEqualTo(changed ? 2 : 1);
                if (!interval.start().isBefore(from)) {
                    assertThat(interval.energyKwh().orElseThrow())
                            .isEqualByComparingTo(
                                    interval.amount().orElseThrow().multiply(new BigDecimal("11.25")));
                }
            }
        }
        assertThat(sumOfEnergy(intervals(GAS, Resolution.DAY, LogSize.NEWEST)))
                .isEqualByComparingTo(sumOfEnergy(intervals(GAS, Resolution.MONTH, LogSize.NEWEST)));
        // electricity was not spoken of
        assertThat(intervals(MAIN, Resolution.HOUR, LogSize.NEWEST)).allMatch(interval -> interval.revision() == 1);
        assertThat(sumOfEnergy(intervals(GAS, Resolution.DAY, before))).isEqualByComparingTo(sumOfEnergy(asIssued));
        // and there is nothing left to do
        assertThat(run(plant).hours()).isZero();
    }

    private static BigDecimal sumOfEnergy(List<Interval> intervals) {
        return intervals.stream()
                .map(interval -> interval.energyKwh().orElseThrow())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static org.assertj.core.data.Offset<Double> within(double expected) {
        return org.assertj.core.data.Offset.offset(expected * 1e-5);
    }

    private List<Interval> intervals(ChannelId channel, Resolution resolution, LogSize size) {
        return house.in(plant.tenant, () -> consumption.intervals(channel, resolution, MARCH, size));
    }

    private void derive() {
        while (run(plant).hours() > 0) {
            // until nothing is left
        }
    }

    private Derivation.Pass run(LoggedPlant of) {
        return house.in(of.tenant, () -> derivation.run(500));
    }
}
