package energy.audit.analysis.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.analysis.register.RegisterEvent.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each kind of surprise does to the count; with known and unknown rated power. */
class UnrollingTest {
    private static final long START = Instant.parse("2026-01-05T09:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;
    private static final RegisterProfile RATED = RegisterProfile.of(1_000_000, 3_600);
    private static final RegisterProfile UNRATED = RegisterProfile.of(1_000_000, 0);

    @Test
    void aMeterThatAnswersZeroForSomePollsLosesNothing() {
        for (RegisterProfile profile : List.of(RATED, UNRATED)) {
            Consumption whole = minutes(profile, 5_000, 0, 0, 0, 5_004);
            assertThat(whole.total()).hasValue(4);
            assertThat(kinds(whole)).containsOnly(Kind.ZERO_GLITCH);
        }
    }

    @Test
    void aSpikeOfARegisterWithoutRatedPowerBooksNothing() {
        Consumption whole = minutes(UNRATED, 5_000, 999_999_999, 5_002, 5_003);
        assertThat(whole.total()).hasValue(3);
        assertThat(kinds(whole)).containsExactly(Kind.SPIKE);
    }

    @Test
    void aFallToTheMiddleOfNowhereIsNeitherResetNorConsumption() {
        Consumption whole = minutes(UNRATED, 500_000, 300_000, 300_001);
        assertThat(whole.total()).isEmpty();
        assertThat(whole.intervals().get(0).quality()).isEqualTo(Quality.MISSING);
        assertThat(whole.intervals().get(1).counts()).hasValue(1);
        assertThat(kinds(whole)).containsExactly(Kind.IMPLAUSIBLE);
    }

    @Test
    void aSmallStepBackWithinTheLimitIsACorrection() {
        RegisterProfile correcting =
                new RegisterProfile(0, 0, Duration.ZERO, Duration.ofHours(2), Duration.ofMinutes(15), 5);
        Consumption whole = minutes(correcting, 100_000, 99_997, 99_998);
        assertThat(whole.total()).hasValue(1);
        assertThat(kinds(whole)).containsExactly(Kind.BACK_STEP);
    }

    @Test
    void aGapInWhichTheRegisterMayHaveGoneRoundUnseenIsALowerBound() {
        RegisterProfile small = RegisterProfile.of(65_536, 60_000);
        List<RegisterReading> readings = List.of(
                new RegisterReading(Instant.ofEpochMilli(START), 60_000),
                new RegisterReading(Instant.ofEpochMilli(START + 120 * MINUTE), 10_000));
        Consumption whole = RegisterTimeline.of(small, readings, List.of())
                .over(List.of(readings.get(0).at(), readings.get(1).at()));
        assertThat(whole.intervals().get(0).quality()).isEqualTo(Quality.PARTIAL);
        assertThat(whole.total()).hasValue(15_536);
        assertThat(kinds(whole)).containsExactlyInAnyOrder(Kind.GAP, Kind.GAP, Kind.ROLLOVER);
    }

    @Test
    void twoDifferentReadingsOfOneInstantAreMarkedAndTheFirstCounts() {
        List<RegisterReading> readings = List.of(
                new RegisterReading(Instant.ofEpochMilli(START), 10),
                new RegisterReading(Instant.ofEpochMilli(START + MINUTE), 12),
                new RegisterReading(Instant.ofEpochMilli(START + MINUTE), 13));
        Consumption whole = RegisterTimeline.of(UNRATED, readings, List.of())
                .over(List.of(readings.get(0).at(), readings.get(1).at()));
        assertThat(whole.total()).hasValue(2);
        assertThat(kinds(whole)).containsExactly(Kind.CONFLICT);
    }

    @Test
    void aRegisterThatStandsStillWhilePowerFlowsIsFrozen() {
        long[] at = {START, START + 5 * MINUTE, START + 10 * MINUTE, START + 15 * MINUTE, START + 20 * MINUTE};
        long[] counts = {70, 71, 71, 71, 72};
        double[] power = {40, 41, 39, 42, 40};
        List<RegisterEvent> frozen = FrozenRegister.against(at, counts, at, power, 5, Duration.ofMinutes(10));
        assertThat(frozen).extracting(RegisterEvent::kind).containsExactly(Kind.FROZEN);
        assertThat(frozen.get(0).at()).isEqualTo(Instant.ofEpochMilli(START + 5 * MINUTE));
        double[] idle = {40, 41, 0, 42, 40};
        assertThat(FrozenRegister.against(at, counts, at, idle, 5, Duration.ofMinutes(10)))
                .isEmpty();
        assertThat(FrozenRegister.against(at, counts, new long[0], new double[0], 5, Duration.ofMinutes(10)))
                .as("no witness, no verdict")
                .isEmpty();
    }

    static java.util.stream.LongStream seeds() {
        return java.util.stream.LongStream.rangeClosed(1, 2000);
    }

    /** Promise: sum of intervals = register difference + events, whatever happens to the register. */
    @ParameterizedTest
    @MethodSource("seeds")
    void theSumOfIntervalsIsTheRegisterDifferencePlusItsEventsWhateverHappens(long seed) {
        History history = new History(new Random(seed));
        RegisterProfile profile = RegisterProfile.of(History.MODULUS, History.RATED);
        Consumption consumption = RegisterTimeline.of(profile, history.shuffled(), history.exchanges)
                .over(history.boundaries());
        long sum = 0;
        for (IntervalConsumption interval : consumption.intervals()) {
            sum += interval.counts().orElseThrow(() -> new AssertionError("seed " + seed + ": " + interval));
        }
        long added = 0;
        for (RegisterEvent event : consumption.events()) {
            added += event.countsAdded();
        }
        assertThat(sum).as("seed %d", seed).isEqualTo(history.last - history.first + added);
        assertThat(sum).as("seed %d: known part of the truth", seed).isEqualTo(history.knowable);
        assertThat(kinds(consumption)).as("seed %d", seed).contains(Kind.ZERO_GLITCH, Kind.EXCHANGE, Kind.RESET);
    }

    /** A register's year in small: polls with duplicates, glitches, rollovers, gaps, exchanges and resets. */
    private static final class History {
        static final long MODULUS = 50_000;
        static final long RATED = 4_000;
        private final Random random;
        private final List<RegisterReading> readings = new ArrayList<>();
        final List<MeterExchange> exchanges = new ArrayList<>();
        private long at = START;
        private long count;
        long first;
        long last;
        long knowable;

        History(Random random) {
            this.random = random;
            count = first = random.nextInt(40_000);
            poll();
            for (int round = 0; round < 12; round++) {
                steps(25);
                glitch();
                steps(25);
                if (round % 4 == 1) {
                    exchange();
                }
                steps(10);
                if (round % 6 == 5) {
                    reset();
                }
                steps(5);
                pass(15 * (1 + random.nextInt(6)));
                poll();
            }
            last = count;
        }

        private void steps(int number) {
            for (int i = 0; i < number; i++) {
                pass(15);
                poll();
                if (random.nextInt(10) == 0) {
                    poll();
                }
            }
        }

        private void pass(int minutes) {
            long used = random.nextInt((int) (RATED * minutes / 60));
            at += minutes * MINUTE;
            knowable += used;
            count = (count + used) % MODULUS;
        }

        private void poll() {
            readings.add(new RegisterReading(Instant.ofEpochMilli(at), count));
        }

        /** Not near the modulus, where a zero may be a rollover. */
        private void glitch() {
            if (count > 10_000 && count < MODULUS - 10_000) {
                pass(15);
                readings.add(new RegisterReading(Instant.ofEpochMilli(at), 0));
            }
            pass(15);
            poll();
        }

        private void exchange() {
            pass(7);
            long initial = random.nextInt(30_000);
            exchanges.add(new MeterExchange(Instant.ofEpochMilli(at), count, initial));
            count = initial;
            pass(8);
            poll();
        }

        /** From the middle, so that it is no rollover; what was used before it and not read nobody knows. */
        private void reset() {
            while (count < 20_000 || count > 30_000) {
                steps(1);
            }
            at += 15 * MINUTE;
            count = random.nextInt(300);
            knowable += count;
            poll();
            steps(2);
        }

        List<RegisterReading> shuffled() {
            List<RegisterReading> mixed = new ArrayList<>(readings);
            java.util.Collections.shuffle(mixed, random);
            return mixed;
        }

        List<Instant> boundaries() {
            List<Instant> boundaries = new ArrayList<>();
            for (long ms = START; ms < at; ms += (3 + random.nextInt(60)) * MINUTE) {
                boundaries.add(Instant.ofEpochMilli(ms));
            }
            boundaries.add(Instant.ofEpochMilli(at));
            return boundaries;
        }
    }

    @Test
    void atAnExchangeTheRegisterIsKnownExactlyAndNeitherMeterIsJudgedByTheOther() {
        long cut = START + 7 * MINUTE;
        List<MeterExchange> exchange = List.of(new MeterExchange(Instant.ofEpochMilli(cut), 1_050, 70));
        RegisterProfile profile = RegisterProfile.of(1_000_000, 6_000);
        RegisterTimeline timeline = RegisterTimeline.of(
                profile,
                new long[] {START, START + 5 * MINUTE, START + 10 * MINUTE, START + 15 * MINUTE},
                new long[] {900, 1_000, 100, 150},
                exchange);
        Consumption parts = timeline.over(List.of(
                Instant.ofEpochMilli(START), Instant.ofEpochMilli(cut), Instant.ofEpochMilli(START + 15 * MINUTE)));
        assertThat(parts.intervals()).extracting(i -> i.counts().orElseThrow()).containsExactly(150L, 80L);
        assertThat(parts.intervals()).extracting(IntervalConsumption::quality).containsOnly(Quality.MEASURED);
        assertThat(kinds(parts)).containsExactly(Kind.EXCHANGE);
        assertThat(parts.events().get(0).at()).isEqualTo(Instant.ofEpochMilli(cut));
    }

    @Test
    void anExchangeThatTheReadingsContradictLeavesNoFigureAcrossIt() {
        List<MeterExchange> exchange = List.of(new MeterExchange(Instant.ofEpochMilli(START + 7 * MINUTE), 990, 70));
        Consumption across = RegisterTimeline.of(
                        RegisterProfile.of(0, 6_000),
                        new long[] {START, START + 5 * MINUTE, START + 10 * MINUTE},
                        new long[] {900, 1_000, 100},
                        exchange)
                .over(List.of(Instant.ofEpochMilli(START), Instant.ofEpochMilli(START + 10 * MINUTE)));
        assertThat(across.total()).isEmpty();
        assertThat(kinds(across)).containsExactly(Kind.IMPLAUSIBLE, Kind.EXCHANGE);
    }

    @Test
    void aReadingAtTheVeryInstantOfAnExchangeYieldsToThePersonWhoReadBothMeters() {
        for (long read : new long[] {1_050, 70, 88}) {
            Consumption across = RegisterTimeline.of(
                            RegisterProfile.of(0, 6_000),
                            new long[] {START, START + 5 * MINUTE, START + 10 * MINUTE},
                            new long[] {1_000, read, 120},
                            List.of(new MeterExchange(Instant.ofEpochMilli(START + 5 * MINUTE), 1_050, 70)))
                    .over(List.of(Instant.ofEpochMilli(START), Instant.ofEpochMilli(START + 10 * MINUTE)));
            assertThat(across.total()).as("%d", read).hasValue(100);
            assertThat(kinds(across).contains(Kind.CONFLICT)).isEqualTo(read == 88);
        }
    }

    @Test
    void twoExchangesInOneGapAndOneBeforeTheFirstReadingAreCountedThrough() {
        List<MeterExchange> exchanges = List.of(
                new MeterExchange(Instant.ofEpochMilli(START + 50 * MINUTE), 30, 500),
                new MeterExchange(Instant.ofEpochMilli(START), 7_000, 10),
                new MeterExchange(Instant.ofEpochMilli(START + 20 * MINUTE), 25, 3));
        Consumption all = RegisterTimeline.of(
                        RegisterProfile.of(0, 0),
                        new long[] {START + 10 * MINUTE, START + 60 * MINUTE},
                        new long[] {15, 540},
                        exchanges)
                .over(List.of(Instant.ofEpochMilli(START), Instant.ofEpochMilli(START + 60 * MINUTE)));
        // 10 to 25, 3 to 30, 500 to 540
        assertThat(all.total()).hasValue(15 + 27 + 40);
        assertThat(kinds(all).stream().filter(Kind.EXCHANGE::equals)).hasSize(3);
        assertThatThrownBy(() -> RegisterTimeline.of(
                        RegisterProfile.of(0, 0),
                        new long[0],
                        new long[0],
                        List.of(exchanges.get(0), exchanges.get(0))))
                .hasMessageContaining("two exchanges of one register");
    }

    private static Consumption minutes(RegisterProfile profile, long... counts) {
        long[] at = new long[counts.length];
        List<Instant> boundaries = new ArrayList<>();
        for (int i = 0; i < at.length; i++) {
            at[i] = START + i * MINUTE;
            boundaries.add(Instant.ofEpochMilli(at[i]));
        }
        return RegisterTimeline.of(profile, at, counts, List.of()).over(boundaries);
    }

    private static List<Kind> kinds(Consumption consumption) {
        return consumption.events().stream().map(RegisterEvent::kind).toList();
    }
}
