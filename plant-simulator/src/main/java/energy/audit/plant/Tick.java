package energy.audit.plant;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneRules;

/** The minute that is being stepped, in the words a plant thinks in: local time of day, weekday, kind of day. */
final class Tick {
    private static final long MINUTES_PER_DAY = 1440;
    private final ZoneRules rules;
    private final WorkCalendar calendar;
    private long epochMinute = Long.MIN_VALUE;
    private long offsetMinutes;
    private long localDay = Long.MIN_VALUE;
    private int minuteOfDay;
    private LocalDate date = LocalDate.EPOCH;
    private DayKind today = DayKind.WORKDAY;
    private DayKind tomorrow = DayKind.WORKDAY;

    Tick(ZoneId zone, WorkCalendar calendar) {
        this.rules = zone.getRules();
        this.calendar = calendar;
    }

    static long epochMinuteOf(ZonedDateTime time) {
        return Math.floorDiv(time.toEpochSecond(), 60L);
    }

    void moveTo(long newEpochMinute) {
        boolean newQuarter = newEpochMinute != epochMinute + 1 || newEpochMinute % 15 == 0;
        epochMinute = newEpochMinute;
        if (newQuarter) {
            offsetMinutes =
                    rules.getOffset(Instant.ofEpochSecond(newEpochMinute * 60)).getTotalSeconds() / 60;
        }
        long localMinute = newEpochMinute + offsetMinutes;
        minuteOfDay = (int) Math.floorMod(localMinute, MINUTES_PER_DAY);
        long day = Math.floorDiv(localMinute, MINUTES_PER_DAY);
        if (day != localDay) {
            localDay = day;
            date = LocalDate.ofEpochDay(day);
            today = calendar.kindOf(date);
            tomorrow = calendar.kindOf(date.plusDays(1));
        }
    }

    long epochMinute() {
        return epochMinute;
    }

    /** Minutes since local midnight. */
    int minuteOfDay() {
        return minuteOfDay;
    }

    LocalDate date() {
        return date;
    }

    /** 1 Monday … 7 Sunday. */
    int weekday() {
        return date.getDayOfWeek().getValue();
    }

    /** Weeks since 1970, starting on Mondays; a counter for weekly chance. */
    long week() {
        return Math.floorDiv(localDay + 3, 7L);
    }

    DayKind today() {
        return today;
    }

    DayKind tomorrow() {
        return tomorrow;
    }

    /** Whether local time is in [from, to), both as hours, e.g. 6.5 for half past six. */
    boolean between(double fromHour, double toHour) {
        return minuteOfDay >= fromHour * 60 && minuteOfDay < toHour * 60;
    }

    double hour() {
        return minuteOfDay / 60.0;
    }
}
