package energy.audit.analysis.register;

import static org.assertj.core.api.Assertions.assertThat;

import energy.audit.analysis.register.RegisterEvent.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegisterTimelineTest {
    private static final Instant NINE = Instant.parse("2026-01-05T09:00:00Z");
    private static final RegisterProfile PLAIN = RegisterProfile.of(0, 0);

    @Test
    void energyBetweenTheLastReadingOfOneHourAndTheFirstOfTheNextIsNotLost() {
        Consumption hours = RegisterTimeline.of(
                        PLAIN,
                        List.of(
                                reading("09:00", 1_000),
                                reading("09:59", 1_590),
                                reading("10:01", 1_640),
                                reading("11:00", 2_200)),
                        List.of())
                .over(List.of(at("09:00"), at("10:00"), at("11:00")));
        assertThat(hours.total()).hasValue(1_200);
        assertThat(counts(hours, 0) + counts(hours, 1)).isEqualTo(1_200);
        assertThat(hours.intervals().get(0).quality()).isEqualTo(Quality.ESTIMATED);
    }

    @Test
    void aGapIsSplitIntoEstimatedQuarterHoursThatAddUpToTheRegisterDifference() {
        // case gap-prorated: 10 to 18 within an hour are four times 2, all estimated
        Consumption quarters = RegisterTimeline.of(
                        PLAIN, List.of(reading("09:00", 10), reading("10:00", 18)), List.of())
                .over(List.of(at("09:00"), at("09:15"), at("09:30"), at("09:45"), at("10:00")));
        assertThat(quarters.intervals())
                .extracting(i -> i.counts().orElseThrow())
                .containsExactly(2L, 2L, 2L, 2L);
        assertThat(quarters.intervals())
                .extracting(IntervalConsumption::quality)
                .containsOnly(Quality.ESTIMATED);
        assertThat(quarters.intervals())
                .extracting(IntervalConsumption::coverage)
                .containsOnly(0.0);
    }

    @Test
    void aBoundaryInALongGapIsMissingAndNeverZero() {
        Consumption hours = RegisterTimeline.of(PLAIN, List.of(reading("09:00", 10), reading("15:00", 70)), List.of())
                .over(List.of(at("09:00"), at("12:00"), at("15:00")));
        assertThat(hours.intervals()).extracting(IntervalConsumption::quality).containsOnly(Quality.MISSING);
        assertThat(hours.intervals()).allMatch(i -> i.counts().isEmpty());
        assertThat(hours.total())
                .as("the register knows the whole all the same")
                .hasValue(60);
    }

    @ParameterizedTest
    @CsvSource({"4294967296, 4294967290, 4, 10", "1000000, 999998, 1, 3", "65536, 65535, 0, 1"})
    void aRegisterThatRollsOverGoesOnCounting(long modulus, long before, long after, long consumed) {
        Consumption hour = RegisterTimeline.of(
                        RegisterProfile.of(modulus, 0),
                        List.of(reading("09:00", before), reading("10:00", after)),
                        List.of())
                .over(List.of(at("09:00"), at("10:00")));
        assertThat(hour.total()).hasValue(consumed);
        assertThat(hour.events()).extracting(RegisterEvent::kind).contains(Kind.ROLLOVER);
    }

    @Test
    void aSingleZeroBetweenReadingsThatFitIsAGlitchAndBooksNothing() {
        Consumption hour = RegisterTimeline.of(
                        RegisterProfile.of(1_000_000, 3_600),
                        List.of(reading("09:00", 5_000), reading("09:01", 0), reading("09:02", 5_001)),
                        List.of())
                .over(List.of(at("09:00"), at("09:02")));
        assertThat(hour.total()).hasValue(1);
        assertThat(hour.events()).extracting(RegisterEvent::kind).containsExactly(Kind.ZERO_GLITCH);
    }

    @Test
    void whatWasConsumedBeforeAResetIsUnknownAndTheIntervalSaysSo() {
        Consumption minutes = RegisterTimeline.of(
                        RegisterProfile.of(1_000_000, 3_600),
                        List.of(reading("09:00", 5_000), reading("09:01", 0), reading("09:02", 4), reading("09:03", 9)),
                        List.of())
                .over(List.of(at("09:00"), at("09:01"), at("09:02"), at("09:03")));
        assertThat(minutes.intervals())
                .extracting(IntervalConsumption::quality)
                .containsExactly(Quality.PARTIAL, Quality.MEASURED, Quality.MEASURED);
        assertThat(counts(minutes, 1) + counts(minutes, 2)).isEqualTo(9);
        assertThat(minutes.events()).extracting(RegisterEvent::kind).containsExactly(Kind.RESET);
    }

    @Test
    void aMeterExchangeGoesOnFromOldFinalToNewInitial() {
        // case exchange, in tenths: (12350.0 - 12345.6) + (9.0 - 7.0) = 6.4
        Consumption hour = RegisterTimeline.of(
                        PLAIN,
                        List.of(reading("09:00", 123_456), reading("10:00", 90)),
                        List.of(new MeterExchange(at("09:30"), 123_500, 70)))
                .over(List.of(at("09:00"), at("10:00")));
        assertThat(hour.total()).hasValue(64);
        assertThat(hour.events()).extracting(RegisterEvent::kind).contains(Kind.EXCHANGE);
    }

    @Test
    void aRiseThatTheMeterCannotMakeIsNoConsumption() {
        Consumption hour = RegisterTimeline.of(
                        RegisterProfile.of(0, 100),
                        List.of(reading("09:00", 0), reading("09:15", 1_000_000), reading("09:30", 1_000_010)),
                        List.of())
                .over(List.of(at("09:00"), at("09:30")));
        assertThat(hour.total()).isEmpty();
        assertThat(hour.intervals().get(0).quality()).isEqualTo(Quality.MISSING);
    }

    @Test
    void lateAndRepeatedReadingsChangeNothing() {
        List<RegisterReading> sorted =
                List.of(reading("09:00", 1), reading("09:15", 5), reading("09:30", 9), reading("09:45", 20));
        List<RegisterReading> mixed = new ArrayList<>(sorted);
        mixed.addAll(sorted);
        java.util.Collections.shuffle(mixed, new Random(7));
        List<Instant> boundaries = List.of(at("09:00"), at("09:15"), at("09:30"), at("09:45"));
        assertThat(RegisterTimeline.of(PLAIN, mixed, List.of()).over(boundaries))
                .isEqualTo(RegisterTimeline.of(PLAIN, sorted, List.of()).over(boundaries));
    }

    /** Promise: the sum of intervals = register difference plus the classified events, to the last count. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181, 6765, 10946})
    void theSumOfIntervalsIsTheRegisterDifferencePlusItsEvents(long seed) {
        Random random = new Random(seed);
        long modulus = 100_000;
        RegisterProfile profile = RegisterProfile.of(modulus, 20_000);
        List<RegisterReading> readings = new ArrayList<>();
        long truth = random.nextInt(50_000);
        long start = truth;
        Instant now = NINE;
        for (int i = 0; i < 600; i++) {
            readings.add(new RegisterReading(now, truth % modulus));
            Duration step = random.nextInt(40) == 0
                    ? Duration.ofMinutes(15L * (1 + random.nextInt(7)))
                    : Duration.ofMinutes(15);
            now = now.plus(step);
            truth += random.nextInt((int) (step.toMinutes() * 20_000 / 60));
        }
        readings.add(new RegisterReading(now, truth % modulus));
        Instant end = now;
        List<Instant> boundaries = new ArrayList<>();
        for (Instant at = NINE; at.isBefore(end); at = at.plus(Duration.ofMinutes(5))) {
            boundaries.add(at);
        }
        boundaries.add(end);
        Consumption consumption =
                RegisterTimeline.of(profile, readings, List.of()).over(boundaries);
        long sum = consumption.intervals().stream()
                .mapToLong(i -> i.counts().orElseThrow())
                .sum();
        long added = consumption.events().stream()
                .mapToLong(RegisterEvent::countsAdded)
                .sum();
        long first = readings.get(0).count();
        long last = readings.get(readings.size() - 1).count();
        assertThat(sum).as("seed %d", seed).isEqualTo(truth - start);
        assertThat(sum).as("seed %d", seed).isEqualTo(last - first + added);
        assertThat(consumption.total()).hasValue(sum);
    }

    private static long counts(Consumption consumption, int interval) {
        return consumption.intervals().get(interval).counts().orElseThrow();
    }

    private static Instant at(String clock) {
        return Instant.parse("2026-01-05T" + clock + ":00Z");
    }

    private static RegisterReading reading(String clock, long count) {
        return new RegisterReading(at(clock), count);
    }
}
