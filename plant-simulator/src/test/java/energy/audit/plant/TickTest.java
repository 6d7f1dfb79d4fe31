package energy.audit.plant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class TickTest {
    private static Tick at(String instant) {
        Tick tick = new Tick(ZoneId.of("Europe/Berlin"), WorkCalendar.germanFactory());
        tick.moveTo(Instant.parse(instant).getEpochSecond() / 60);
        return tick;
    }

    @Test
    void aShiftBeginsAtLocalTimeInSummerAndInWinter() {
        assertThat(at("2026-03-27T05:00:00Z").minuteOfDay()).isEqualTo(360);
        assertThat(at("2026-03-30T04:00:00Z").minuteOfDay()).isEqualTo(360);
    }

    @Test
    void theHourThatIsRepeatedInAutumnIsLivedTwice() {
        Tick tick = at("2026-10-25T00:30:00Z");
        assertThat(tick.minuteOfDay()).isEqualTo(150);
        long minute = tick.epochMinute();
        for (int i = 1; i <= 60; i++) {
            tick.moveTo(minute + i);
        }
        assertThat(tick.minuteOfDay()).isEqualTo(150);
    }

    @Test
    void easterFallsWhereTheChurchPutsIt() {
        assertThat(WorkCalendar.easter(2025)).isEqualTo(LocalDate.of(2025, 4, 20));
        assertThat(WorkCalendar.easter(2026)).isEqualTo(LocalDate.of(2026, 4, 5));
        assertThat(WorkCalendar.easter(2027)).isEqualTo(LocalDate.of(2027, 3, 28));
    }

    @Test
    void holidaysAndWorksHolidaysAreKnown() {
        WorkCalendar factory = WorkCalendar.germanFactory();
        assertThat(factory.kindOf(LocalDate.of(2026, 4, 3))).isEqualTo(DayKind.HOLIDAY);
        assertThat(factory.kindOf(LocalDate.of(2026, 8, 5))).isEqualTo(DayKind.SHUTDOWN);
        assertThat(factory.kindOf(LocalDate.of(2025, 12, 29))).isEqualTo(DayKind.SHUTDOWN);
        assertThat(factory.kindOf(LocalDate.of(2026, 11, 21))).isEqualTo(DayKind.SATURDAY);
        assertThat(WorkCalendar.portugueseBakery().kindOf(LocalDate.of(2026, 1, 1)))
                .isEqualTo(DayKind.HOLIDAY);
    }
}
