package energy.audit.gap;

import static energy.audit.LoggedPlant.MAIN;
import static energy.audit.LoggedPlant.SITE;
import static energy.audit.LoggedPlant.ZONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import energy.audit.House;
import energy.audit.LoggedPlant;
import energy.audit.analysis.register.Quality;
import energy.audit.consumption.Consumption;
import energy.audit.consumption.DerivedHours;
import energy.audit.evidence.wire.GapCause;
import energy.audit.evidence.wire.SignedGap;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.kernel.Promise;
import energy.audit.kernel.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GapsIT {
    private static final LocalDate MARCH = LocalDate.of(2025, 3, 3);
    private static final Instant FROM = MARCH.atTime(8, 0).atZone(ZONE).toInstant();
    private static final Instant TO =
            MARCH.plusDays(2).atTime(14, 0).atZone(ZONE).toInstant();
    private static final Period WEEK = Period.of(
            MARCH.atStartOfDay(ZONE).toInstant(),
            MARCH.plusDays(7).atStartOfDay(ZONE).toInstant());

    private final House house = new House();
    private final LoggedPlant plant = LoggedPlant.in(house, "acme");
    private final Consumption consumption =
            new Consumption(house.tenancy, house.access, house.metering, house.ingest, house.clock);
    private final Gaps gaps =
            new Gaps(house.tenancy, house.access, house.log, house.metering, house.ingest, consumption, house.clock);

    private static SignedGap.Builder gap(Instant from, Instant to) {
        return SignedGap.newBuilder()
                .setTenant("acme")
                .setSite("hall")
                .setMeter("main")
                .setFromMs(from.toEpochMilli())
                .setToMs(to.toEpochMilli())
                .setReason("lightning struck the cabinet; the logger was replaced");
    }

    private long sign(SignedGap.Builder gap) {
        return house.in(plant.tenant, () -> gaps.sign(gap.build()));
    }

    private List<Hole> holes() {
        DerivedHours.derive(house, plant.tenant);
        return house.in(plant.tenant, () -> gaps.holes(SITE, WEEK));
    }

    private Hole ofMain() {
        return holes().stream()
                .filter(hole -> hole.channel().equals(MAIN))
                .findFirst()
                .orElseThrow();
    }

    private void logWithAHole() {
        plant.logDays(MARCH, MARCH.plusDays(7), at -> !at.isAfter(FROM) || !at.isBefore(TO));
    }

    @Test
    @Promise("gap.R3")
    void aHoleIsListedOnceAsARowOfHoursAndNobodyHasExplainedItYet() {
        logWithAHole();
        Hole hole = ofMain();
        assertThat(hole.period()).isEqualTo(Period.of(FROM, TO));
        assertThat(hole.quality()).isEqualTo(Quality.MISSING);
        assertThat(hole.unread()).contains(Period.of(FROM, TO));
        assertThat(hole.explained()).isFalse();
        assertThat(holes()).filteredOn(each -> each.channel().equals(MAIN)).hasSize(1);
    }

    @Test
    @Promise("gap.R2")
    void whatCanBeSignedForIsTheStretchBetweenTheReadingsInsideTheHole() {
        Instant last = FROM.plusSeconds(45 * 60);
        Instant next = TO.minusSeconds(30 * 60);
        plant.logDays(MARCH, MARCH.plusDays(7), at -> !at.isAfter(last) || !at.isBefore(next));
        Hole hole = ofMain();
        assertThat(hole.period()).isEqualTo(Period.of(FROM, TO));
        Period unread = hole.unread().orElseThrow();
        assertThat(unread).isEqualTo(Period.of(last, next));
        sign(gap(unread.from(), unread.to()));
        assertThat(ofMain().explained()).isTrue();
    }

    @Test
    @Promise("gap.R3")
    void whatTheAgentHasSignedIsShownBesideTheHole() {
        plant.logDays(MARCH, MARCH.plusDays(1), at -> !at.isAfter(FROM));
        plant.logGap(FROM, TO, GapCause.AGENT_STOPPED);
        plant.logDays(MARCH.plusDays(3), MARCH.plusDays(7));
        assertThat(ofMain().told().orElseThrow().cause()).isEqualTo(GapCause.AGENT_STOPPED);
        assertThat(ofMain().explained()).isTrue();
    }

    @Test
    @Promise("gap.R1")
    void aPersonsWordIsAnEntryAndTakingItBackIsAnother() {
        logWithAHole();
        long entry = sign(gap(FROM, TO));
        assertThat(sign(gap(FROM, TO))).as("said again").isEqualTo(entry);
        assertThat(ofMain().signed()).singleElement().satisfies(signed -> {
            assertThat(signed.logIndex()).isEqualTo(entry);
            assertThat(signed.by()).isEqualTo("test");
            assertThat(signed.reason()).contains("lightning");
        });

        long back = sign(gap(FROM, TO).setWithdrawn(true).setReason("it was another cabinet"));
        assertThat(back).isEqualTo(entry + 1);
        assertThat(ofMain().explained()).isFalse();
        List<LoggedGap> all = house.in(plant.tenant, () -> gaps.signed(SITE, LogSize.NEWEST));
        assertThat(all).extracting(LoggedGap::inForce).containsExactly(false, true);
        assertThat(house.in(plant.tenant, () -> gaps.signed(SITE, LogSize.of(entry + 1))))
                .as("as known before it was taken back")
                .singleElement()
                .satisfies(signed -> assertThat(signed.inForce()).isTrue());
    }

    @Test
    @Promise("gap.R2")
    void whereThereAreReadingsNobodySignsForAGap() {
        logWithAHole();
        assertThatThrownBy(() -> sign(gap(FROM.minus(Duration.ofMinutes(30)), TO)))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.code()).isEqualTo("READINGS_THERE"))
                .hasMessageContaining("first at 2025-03-03T06:45:00Z");
        assertThatThrownBy(() -> sign(gap(FROM, TO.plusMillis(1)))).hasMessageContaining("was read in it");
        sign(gap(FROM, TO).setMeter(""));
        plant.log(List.of(FROM.plusSeconds(3600)), Map.of());
        assertThat(ofMain().signed())
                .as("data came after all; what was said stays said")
                .hasSize(1);
    }

    @Test
    void whatCannotBeIsRefusedByItsField() {
        logWithAHole();
        assertThatThrownBy(() -> sign(gap(TO, FROM))).hasMessageContaining("field to: it is not after from");
        assertThatThrownBy(() -> sign(gap(FROM, house.clock.instant().plusSeconds(60))))
                .hasMessageContaining("still to come");
        assertThatThrownBy(() -> sign(gap(FROM, TO).setReason(" "))).hasMessageContaining("field reason");
        assertThatThrownBy(() -> sign(gap(FROM, TO).setMeter("attic"))).hasMessageContaining("no such meter");
        assertThatThrownBy(() -> sign(gap(FROM, TO).setWithdrawn(true))).hasMessageContaining("nothing is signed");
    }
}
