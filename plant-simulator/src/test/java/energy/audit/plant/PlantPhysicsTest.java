package energy.audit.plant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlantPhysicsTest {
    private static final Instant ANCHOR = Instant.parse("2025-09-30T22:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @TempDir
    Path folder;

    private Interventions interventions;

    @BeforeEach
    void startsWithoutFaults() throws IOException {
        interventions = Interventions.in(folder);
    }

    private SiteTimeline foundry() {
        return new SiteTimeline(() -> new Foundry(1), ANCHOR, interventions);
    }

    private SiteTimeline coldStore() {
        return new SiteTimeline(() -> new ColdStore(1), ANCHOR, interventions);
    }

    /** Units between two local times, in the unit of the channel. */
    private static double used(SiteTimeline site, String channel, String from, String to) {
        int position = site.position(channel);
        Channel c = site.places().get(position).channel();
        long first = site.countsAt(LocalDateTime.parse(from).atZone(BERLIN).toInstant())[position];
        long last = site.countsAt(LocalDateTime.parse(to).atZone(BERLIN).toInstant())[position];
        return Math.floorMod(last - first, c.modulus()) * c.multiplier().doubleValue();
    }

    @Test
    void inEveryMinuteTheMainMeterIsTheSumOfItsSubMetersAndTheLosses() {
        for (SiteModel site : List.of(new Foundry(3), new ColdStore(3), new Bakery(3))) {
            long start = ANCHOR.getEpochSecond() / 60;
            for (long minute = start; minute < start + 21 * 1440; minute++) {
                site.step(minute, SiteModel.Disturbances.NONE);
                long watts = 0;
                long vars = 0;
                for (Load load : site.balance().below()) {
                    watts += load.active().milliUnitsPerHour();
                    vars += load.reactive().milliUnitsPerHour();
                }
                long losses = site.balance().infeed().lossWatts(watts, vars);
                assertThat(site.balance().main().active().milliUnitsPerHour()).isEqualTo(watts + losses);
                assertThat(losses).isLessThan(120_000L).isPositive();
                assertThat(site.balance().main().reactive().milliUnitsPerHour()).isNotNegative();
                site.state().endMinute();
            }
        }
    }

    @Test
    void overAMonthTheCountersAddUpToTheLossesOfATransformer() {
        SiteTimeline site = foundry();
        double main = used(site, "foundry-north.main.active-energy-import", "2025-11-01T00:00", "2025-12-01T00:00");
        double below = 0;
        for (Meter meter : site.meters()) {
            if (meter.parent().equals("main")) {
                String channel = "foundry-north." + meter.id() + ".active-energy-import";
                below += used(site, channel, "2025-11-01T00:00", "2025-12-01T00:00");
            }
        }
        assertThat((main - below) / main).isBetween(0.005, 0.03);
    }

    @Test
    void gasSubMetersAddUpToTheGasMain() {
        SiteTimeline site = foundry();
        String from = "2026-01-05T00:00";
        String to = "2026-01-12T00:00";
        double below = used(site, "foundry-north.gas-ladle-heaters.gas-volume", from, to)
                + used(site, "foundry-north.gas-sand-dryer.gas-volume", from, to)
                + used(site, "foundry-north.gas-hall-heating.gas-volume", from, to);
        double main = used(site, "foundry-north.gas-main.gas-volume", from, to);
        assertThat(main).isCloseTo(below, org.assertj.core.data.Offset.offset(0.04));
    }

    @Test
    void theFoundryWorksInShiftsRestsOnSundaysAndShutsDownAtChristmas() {
        SiteTimeline site = foundry();
        String channel = "foundry-north.main.active-energy-import";
        double tuesdayMorning = used(site, channel, "2025-11-11T08:00", "2025-11-11T12:00");
        double tuesdayNight = used(site, channel, "2025-11-11T00:00", "2025-11-11T04:00");
        double sunday = used(site, channel, "2025-11-16T08:00", "2025-11-16T12:00");
        double christmas = used(site, channel, "2025-12-29T08:00", "2025-12-29T12:00");
        assertThat(tuesdayMorning).isGreaterThan(4 * tuesdayNight);
        assertThat(tuesdayNight).isGreaterThan(sunday);
        assertThat(sunday).isGreaterThan(0.03 * tuesdayMorning).isLessThan(0.2 * tuesdayMorning);
        assertThat(christmas).isLessThan(0.2 * tuesdayMorning);
        assertThat(used(site, "foundry-north.castings-output.product-output", "2025-11-16T00:00", "2025-11-17T00:00"))
                .isZero();
    }

    @Test
    void compressorsFeedLeaksEvenOnSundays() {
        double sunday = used(
                foundry(), "foundry-north.compressor-2.active-energy-import", "2025-11-16T00:00", "2025-11-17T00:00");
        assertThat(sunday / 24).as("kW").isBetween(35.0, 90.0);
    }

    @Test
    void meltingATonneTakesWhatAnInductionFurnaceTakes() {
        SiteTimeline site = foundry();
        String from = "2025-11-03T00:00";
        String to = "2025-11-29T00:00";
        double kilowattHours = used(site, "foundry-north.furnace-1.active-energy-import", from, to)
                + used(site, "foundry-north.furnace-2.active-energy-import", from, to);
        double tonnes = used(site, "foundry-north.melt-output.product-output", from, to);
        assertThat(kilowattHours / tonnes).isBetween(500.0, 680.0);
    }

    @Test
    void aColdStoreNeedsMoreInSummerThanInWinter() {
        SiteTimeline site = coldStore();
        String channel = "cold-store.main.active-energy-import";
        double january = used(site, channel, "2026-01-01T00:00", "2026-02-01T00:00");
        double july = used(site, channel, "2026-07-01T00:00", "2026-08-01T00:00");
        assertThat(july).isGreaterThan(1.3 * january);
    }

    @Test
    void frozenGoodsStayFrozenThroughTheYear() {
        SiteTimeline site = coldStore();
        int room = site.position("cold-store.frozen-room-1.temperature");
        for (int hour = 24; hour < 400 * 24; hour += 5) {
            assertThat(site.countsAt(ANCHOR.plus(Duration.ofHours(hour)))[room]).isBetween(-260L, -190L);
        }
    }

    @Test
    void twoSitesOfOneRegionHaveTheSameWeather() {
        SiteTimeline foundry = foundry();
        SiteTimeline coldStore = coldStore();
        int one = foundry.position("foundry-north.outdoor.temperature");
        int other = coldStore.position("cold-store.outdoor.temperature");
        for (int day = 1; day < 200; day++) {
            Instant at = ANCHOR.plus(Duration.ofHours(day * 24L + day % 24));
            assertThat(foundry.countsAt(at)[one] - coldStore.countsAt(at)[other])
                    .isBetween(-30L, 30L);
        }
    }

    @Test
    void aDriftingFurnaceDrawsFifteenPercentMoreForTheSameIron() throws IOException {
        Instant from = Instant.parse("2025-11-03T05:00:00Z");
        interventions.begin(Fault.FURNACE_DRIFT, "foundry-north", "", from, Duration.ZERO);
        SiteTimeline drifting = new SiteTimeline(() -> new Foundry(1), ANCHOR, interventions);
        Interventions none = Interventions.in(folder.resolve("elsewhere"));
        SiteTimeline good = new SiteTimeline(() -> new Foundry(1), ANCHOR, none);
        String start = "2025-11-03T06:01";
        String end = "2025-11-08T00:00";
        String energy = "foundry-north.furnace-1.active-energy-import";
        String iron = "foundry-north.melt-output.product-output";
        assertThat(used(drifting, energy, start, end) / used(good, energy, start, end))
                .isBetween(1.1499, 1.1501);
        assertThat(used(drifting, iron, start, end)).isEqualTo(used(good, iron, start, end));
        assertThat(used(drifting, energy, "2025-10-02T00:00", "2025-11-03T06:00"))
                .isEqualTo(used(good, energy, "2025-10-02T00:00", "2025-11-03T06:00"));
    }

    @Test
    void aLeakIsHeardAtNight() throws IOException {
        SiteTimeline tight = foundry();
        String channel = "foundry-north.compressor-2.active-energy-import";
        double before = used(tight, channel, "2025-11-16T00:00", "2025-11-16T05:00");
        interventions.begin(
                Fault.COMPRESSOR_LEAK, "foundry-north", "", Instant.parse("2025-11-14T05:00:00Z"), Duration.ZERO);
        SiteTimeline leaking = foundry();
        assertThat(used(leaking, channel, "2025-11-16T00:00", "2025-11-16T05:00"))
                .isGreaterThan(1.4 * before);
    }
}
