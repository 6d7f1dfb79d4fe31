package energy.audit.analysis.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundariesTest {
    /** The counts of {@code counter_cases.json}. */
    @ParameterizedTest
    @CsvSource({
        "2025-03-30, Europe/Berlin, 92",
        "2025-10-26, Europe/Berlin, 100",
        "2025-04-06, Australia/Lord_Howe, 98",
        "2025-10-05, Australia/Lord_Howe, 94",
        "2025-06-01, Europe/Berlin, 96"
    })
    void aLocalDayHasAsManyQuarterHoursAsItsClockHad(LocalDate day, String zone, int quarterHours) {
        ZoneId place = ZoneId.of(zone);
        List<Instant> boundaries = Boundaries.of(
                day.atStartOfDay(place).toInstant(),
                day.plusDays(1).atStartOfDay(place).toInstant(),
                Boundaries.Step.QUARTER_HOUR,
                place);
        assertThat(boundaries).hasSize(quarterHours + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "2025-03-30, Europe/Berlin, PT23H",
        "2025-10-26, Europe/Berlin, PT25H",
        "2025-04-06, Australia/Lord_Howe, PT24H30M",
        "2025-10-05, Australia/Lord_Howe, PT23H30M"
    })
    void aLocalDayIsAsLongAsItWas(LocalDate day, String zone, Duration length) {
        ZoneId place = ZoneId.of(zone);
        Instant start = day.atStartOfDay(place).toInstant();
        assertThat(Boundaries.next(start, Boundaries.Step.DAY, place)).isEqualTo(start.plus(length));
    }

    @Test
    void theRepeatedHourIsTwoIntervals() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        List<Instant> hours = Boundaries.of(
                Instant.parse("2025-10-25T22:00:00Z"),
                Instant.parse("2025-10-26T23:00:00Z"),
                Boundaries.Step.HOUR,
                berlin);
        assertThat(hours).hasSize(26);
        assertThat(hours).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void monthsBeginAtLocalMidnight() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        assertThat(Boundaries.of(
                        Instant.parse("2026-03-15T00:00:00Z"),
                        Instant.parse("2026-04-15T00:00:00Z"),
                        Boundaries.Step.MONTH,
                        berlin))
                .containsExactly(
                        Instant.parse("2026-02-28T23:00:00Z"),
                        Instant.parse("2026-03-31T22:00:00Z"),
                        Instant.parse("2026-04-30T22:00:00Z"));
    }
}
