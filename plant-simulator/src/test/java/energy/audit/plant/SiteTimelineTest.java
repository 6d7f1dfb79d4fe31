package energy.audit.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTimelineTest {
    private static final Instant ANCHOR = Instant.parse("2025-09-30T22:00:00Z");

    @TempDir
    Path folder;

    private Interventions nothingWrong;

    @BeforeEach
    void startsWithoutFaults() throws IOException {
        nothingWrong = Interventions.in(folder);
    }

    private SiteTimeline site(String name, long seed) {
        Supplier<SiteModel> build = switch (name) {
            case "foundry" -> () -> new Foundry(seed);
            case "cold-store" -> () -> new ColdStore(seed);
            default -> () -> new Bakery(seed);
        };
        return new SiteTimeline(build, ANCHOR, nothingWrong);
    }

    @ParameterizedTest
    @ValueSource(strings = {"foundry", "cold-store", "bakery"})
    void theSameSeedAndInstantShowTheSameCountsWhicheverWayTheyAreReached(String name) {
        Instant first = Instant.parse("2025-11-03T09:17:23Z");
        Instant second = Instant.parse("2025-12-11T16:44:59Z");
        SiteTimeline stepwise = site(name, 7);
        long[] early = stepwise.countsAt(first);
        for (Instant t = first; t.isBefore(second); t = t.plusSeconds(7_001)) {
            stepwise.countsAt(t);
        }
        long[] late = stepwise.countsAt(second);
        SiteTimeline atOnce = site(name, 7);
        assertThat(atOnce.countsAt(second)).isEqualTo(late);
        assertThat(atOnce.countsAt(first)).isEqualTo(early);
        assertThat(atOnce.countsAt(second)).isEqualTo(late);
        assertThat(stepwise.countsAt(first)).isEqualTo(early);
    }

    @Test
    void anExchangedMetersCountersBeginAtZeroAndTheOldOneComesBackWhenItIsCleared() throws IOException {
        Instant exchanged = ANCHOR.plus(Duration.ofDays(3));
        Instant later = exchanged.plus(Duration.ofHours(5));
        SiteTimeline untouched = site("cold-store", 1);
        long[] then = untouched.countsAt(exchanged);
        long[] counted = untouched.countsAt(later);
        SiteTimeline site = site("cold-store", 1);
        String meter = "main";
        nothingWrong.begin(Fault.METER_EXCHANGE, "cold-store", meter, exchanged, Duration.ZERO);
        site.interventionsChanged();

        long[] before = site.countsAt(exchanged.minusSeconds(1));
        long[] shown = site.countsAt(later);
        assertThat(before).isEqualTo(untouched.countsAt(exchanged.minusSeconds(1)));
        int counters = 0;
        for (int i = 0; i < shown.length; i++) {
            SiteTimeline.Place place = site.places().get(i);
            boolean replaced =
                    place.meter().id().equals(meter) && place.channel().isCounter();
            counters += replaced ? 1 : 0;
            assertThat(shown[i])
                    .as(place.channel().id())
                    .isEqualTo(
                            replaced
                                    ? Math.floorMod(
                                            counted[i] - then[i],
                                            place.channel().modulus())
                                    : counted[i]);
        }
        assertThat(counters).isPositive();
        nothingWrong.clear("cold-store", later);
        site.interventionsChanged();
        assertThat(site.countsAt(later)).isEqualTo(counted);
    }

    @Test
    void anotherSeedIsAnotherPlant() {
        Instant at = ANCHOR.plus(Duration.ofDays(20));
        assertThat(site("foundry", 1).countsAt(at))
                .isNotEqualTo(site("foundry", 2).countsAt(at));
    }

    @ParameterizedTest
    @ValueSource(strings = {"foundry", "cold-store", "bakery"})
    void countersRunForwardStartAgainOnlyAtTheirModulusAndNeverFasterThanTheirRating(String name) {
        SiteTimeline site = site(name, 1);
        List<SiteTimeline.Place> places = site.places();
        int rollovers = 0;
        long[] before = site.countsAt(ANCHOR);
        for (int hour = 1; hour <= 418 * 24; hour++) {
            long[] after = site.countsAt(ANCHOR.plus(Duration.ofHours(hour)));
            for (int i = 0; i < after.length; i++) {
                Channel channel = places.get(i).channel();
                if (!channel.isCounter()) {
                    continue;
                }
                long step = after[i] - before[i];
                if (step < 0) {
                    rollovers++;
                    step += channel.modulus();
                }
                assertThat(step).as(channel.id()).isBetween(0L, channel.maxCountsPerHour() * 11 / 10);
                assertThat(after[i]).as(channel.id()).isBetween(0L, channel.modulus() - 1);
            }
            before = after;
        }
        assertThat(rollovers).as("counters of " + name + " that started again").isPositive();
    }

    @Test
    void aCounterMovesWithinTheMinuteAndARegisterIsRenewedOnceASecond() {
        SiteTimeline site = site("foundry", 1);
        int main = site.position("foundry-north.main.active-energy-import");
        int power = site.position("foundry-north.main.active-power");
        Instant minute = Instant.parse("2025-10-07T08:30:00Z");
        long watts = site.countsAt(minute)[power];
        long first = site.countsAt(minute)[main];
        long last = site.countsAt(minute.plusSeconds(59))[main];
        assertThat((last - first) * 10 * 3600 / 59.0).isCloseTo(watts, org.assertj.core.data.Offset.offset(700.0));
        assertThat(site.countsAt(minute.plusMillis(30_999))).isEqualTo(site.countsAt(minute.plusMillis(30_000)));
    }

    @Test
    void beforeTheAnchorThereIsNoPlant() {
        assertThatThrownBy(() -> site("bakery", 1).countsAt(ANCHOR.minusSeconds(1)))
                .hasMessageContaining("harbor-bakery begins at 2025-09-30T22:00:00Z");
    }

    @Test
    void thirteenMonthsOfAllSitesAreReckonedInSeconds() {
        long begun = System.nanoTime();
        for (SiteTimeline site : Plant.timelines(1, ANCHOR, nothingWrong)) {
            site.countsAt(ANCHOR.plus(Duration.ofDays(418)));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }
}
