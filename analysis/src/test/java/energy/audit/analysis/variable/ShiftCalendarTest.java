package energy.audit.analysis.variable;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShiftCalendarTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Set<DayOfWeek> WORKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    private static final LocalDate MONDAY = LocalDate.of(2025, 1, 6);
    private static final Shift EARLY = shift("early", WORKDAYS, "06:00", "14:00");
    private static final Shift LATE = shift("late", WORKDAYS, "13:30", "22:00");
    private static final Shift NIGHT = shift("night", EnumSet.allOf(DayOfWeek.class), "22:00", "06:00");

    private static Shift shift(String name, Set<DayOfWeek> days, String start, String end) {
        return new Shift(name, days, LocalTime.parse(start), LocalTime.parse(end));
    }

    private static ShiftPlan plan(LocalDate from, long entry, Shift... shifts) {
        return new ShiftPlan(from, List.of(shifts), Set.of(), false, entry);
    }

    private static Instant at(LocalDate day) {
        return day.atStartOfDay(BERLIN).toInstant();
    }

    private static Aligned hours(ShiftCalendar calendar, LocalDate from, LocalDate to) {
        return calendar.operatingHours(at(from), at(to));
    }

    @Test
    void shiftsThatOverlapAtTheHandoverWorkTheSiteOnce() {
        ShiftCalendar calendar = new ShiftCalendar(List.of(plan(MONDAY, 4, EARLY, LATE)), BERLIN);
        assertThat(hours(calendar, MONDAY, MONDAY.plusDays(1)).value().orElseThrow())
                .isEqualByComparingTo("16");
        assertThat(hours(calendar, MONDAY, MONDAY.plusDays(7)).value().orElseThrow())
                .isEqualByComparingTo("80");
        Aligned late = calendar.shiftHours("late", at(MONDAY), at(MONDAY.plusDays(7)));
        assertThat(late.value().orElseThrow()).isEqualByComparingTo("42.5");
        assertThat(late.entries()).containsExactly(4L);
    }

    @Test
    void aNightBelongsToTheTimeAtWhichItIsWorkedAndToTheDayOnWhichItBegins() {
        ShiftPlan off = new ShiftPlan(MONDAY, List.of(NIGHT), Set.of(MONDAY.plusDays(2)), false, 1);
        ShiftCalendar calendar = new ShiftCalendar(List.of(off), BERLIN);
        // the plan's first day has no night before it
        assertThat(hours(calendar, MONDAY, MONDAY.plusDays(1)).value()).contains(new BigDecimal("2"));
        Aligned tuesday = hours(calendar, MONDAY.plusDays(1), MONDAY.plusDays(2));
        assertThat(tuesday.value()).contains(new BigDecimal("8"));
        assertThat(tuesday.split()).isTrue();
        assertThat(hours(calendar, MONDAY.plusDays(2), MONDAY.plusDays(3)).value())
                .contains(new BigDecimal("6"));
        assertThat(hours(calendar, MONDAY.plusDays(3), MONDAY.plusDays(4)).value())
                .contains(new BigDecimal("2"));
    }

    /** 29 to 30 March 2025 the clocks go forward at 2, 25 to 26 October back at 3. */
    @Test
    void theNightsInWhichClocksChangeAreSevenAndNineHoursLong() {
        ShiftCalendar calendar = new ShiftCalendar(List.of(plan(LocalDate.of(2025, 1, 1), 1, NIGHT)), BERLIN);
        Instant spring = LocalDate.of(2025, 3, 29).atTime(12, 0).atZone(BERLIN).toInstant();
        Instant autumn = LocalDate.of(2025, 10, 25).atTime(12, 0).atZone(BERLIN).toInstant();
        assertThat(calendar.operatingHours(spring, spring.plusSeconds(86_400)).value())
                .contains(new BigDecimal("7"));
        assertThat(calendar.operatingHours(autumn, autumn.plusSeconds(86_400)).value())
                .contains(new BigDecimal("9"));
    }

    @Test
    void aDayWithoutAPlanIsMissingAndADayWithoutAShiftIsZero() {
        ShiftCalendar calendar = new ShiftCalendar(List.of(plan(MONDAY, 1, EARLY)), BERLIN);
        assertThat(hours(calendar, MONDAY.plusDays(5), MONDAY.plusDays(6)).value())
                .hasValueSatisfying(zero -> assertThat(zero).isZero());
        assertThat(hours(calendar, MONDAY.minusDays(1), MONDAY.plusDays(1)).value())
                .isEmpty();
        assertThat(hours(calendar, MONDAY.minusDays(1), MONDAY.plusDays(1)).coverage())
                .isEqualTo(0.5);
    }

    @Test
    void aPlanHoldsUntilTheNextOneAndOfOneDayTheLastEntryCounts() {
        LocalDate next = MONDAY.plusDays(7);
        ShiftCalendar calendar = new ShiftCalendar(
                List.of(plan(MONDAY, 1, EARLY), plan(next, 2, LATE), plan(next, 3, EARLY, LATE)), BERLIN);
        Aligned fortnight = hours(calendar, MONDAY, next.plusDays(7));
        assertThat(fortnight.value().orElseThrow()).isEqualByComparingTo("120");
        assertThat(fortnight.entries()).containsExactly(1L, 3L);
        assertThat(calendar.names()).containsExactly("early", "late");
        ShiftCalendar without = new ShiftCalendar(
                List.of(plan(MONDAY, 1, EARLY), plan(next, 2, LATE), new ShiftPlan(next, List.of(), Set.of(), true, 3)),
                BERLIN);
        assertThat(hours(without, next, next.plusDays(7)).value().orElseThrow()).isEqualByComparingTo("40");
    }
}
