package energy.audit.plant;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.temporal.TemporalAdjusters;
import java.util.Set;

/** Public holidays and works holidays of a site. */
final class WorkCalendar {
    private static final Set<MonthDay> GERMAN =
            Set.of(MonthDay.of(1, 1), MonthDay.of(5, 1), MonthDay.of(10, 3), MonthDay.of(12, 25), MonthDay.of(12, 26));
    private static final Set<Integer> GERMAN_AFTER_EASTER = Set.of(-2, 1, 39, 50);
    private static final Set<MonthDay> PORTUGUESE = Set.of(MonthDay.of(1, 1), MonthDay.of(12, 25));
    private final Set<MonthDay> fixed;
    private final Set<Integer> daysAfterEaster;
    private final boolean worksHolidays;

    private WorkCalendar(Set<MonthDay> fixed, Set<Integer> daysAfterEaster, boolean worksHolidays) {
        this.fixed = fixed;
        this.daysAfterEaster = daysAfterEaster;
        this.worksHolidays = worksHolidays;
    }

    /** Closed on German public holidays, for three weeks in summer and between Christmas and New Year. */
    static WorkCalendar germanFactory() {
        return new WorkCalendar(GERMAN, GERMAN_AFTER_EASTER, true);
    }

    /** Closed on German public holidays only. */
    static WorkCalendar germanLogistics() {
        return new WorkCalendar(GERMAN, GERMAN_AFTER_EASTER, false);
    }

    /** People want bread every day but two. */
    static WorkCalendar portugueseBakery() {
        return new WorkCalendar(PORTUGUESE, Set.of(), false);
    }

    DayKind kindOf(LocalDate day) {
        if (worksHolidays && isWorksHoliday(day)) {
            return DayKind.SHUTDOWN;
        }
        if (fixed.contains(MonthDay.from(day)) || isEasterHoliday(day)) {
            return DayKind.HOLIDAY;
        }
        if (day.getDayOfWeek() == DayOfWeek.SATURDAY) {
            return DayKind.SATURDAY;
        }
        return day.getDayOfWeek() == DayOfWeek.SUNDAY ? DayKind.SUNDAY : DayKind.WORKDAY;
    }

    private boolean isEasterHoliday(LocalDate day) {
        return daysAfterEaster.contains(
                (int) (day.toEpochDay() - easter(day.getYear()).toEpochDay()));
    }

    private static boolean isWorksHoliday(LocalDate day) {
        LocalDate summer = LocalDate.of(day.getYear(), 7, 31).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        boolean inSummer = !day.isBefore(summer) && day.isBefore(summer.plusDays(21));
        boolean atChristmas = day.getMonthValue() == 12 && day.getDayOfMonth() >= 24;
        return inSummer || atChristmas || (day.getMonthValue() == 1 && day.getDayOfMonth() == 1);
    }

    /** Easter Sunday of the Gregorian calendar, by the anonymous algorithm (Nature, 1876). */
    static LocalDate easter(int year) {
        int a = year % 19;
        int b = year / 100;
        int c = year % 100;
        int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        int m = (a + 11 * h + 22 * l) / 451;
        int n = h + l - 7 * m + 114;
        return LocalDate.of(year, n / 31, n % 31 + 1);
    }
}
