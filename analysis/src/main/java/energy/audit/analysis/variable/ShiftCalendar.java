package energy.audit.analysis.variable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The hours that a site's shift plans have for any period: planned hours, not clocked ones. A shift is as long as it lasts on
 * the clock's hands in UTC, so the night in which the clocks go back has an hour more. Shifts belong to the day on which they
 * begin, their hours to the time at which they are worked.
 */
public final class ShiftCalendar {
    /** Of hours; a shift of 20 minutes has no end of them. */
    private static final int DECIMALS = 6;

    private static final BigDecimal HOUR = BigDecimal.valueOf(3_600_000);

    private final NavigableMap<LocalDate, ShiftPlan> plans = new TreeMap<>();
    private final ZoneId zone;

    /** @param plans in the order of the log; of one day the last counts */
    public ShiftCalendar(List<ShiftPlan> plans, ZoneId zone) {
        for (ShiftPlan plan : plans) {
            if (plan.withdrawn()) {
                this.plans.remove(plan.effectiveFrom());
            } else {
                this.plans.put(plan.effectiveFrom(), plan);
            }
        }
        this.zone = zone;
    }

    private record Stretch(Instant from, Instant to) {}

    /** The plan in force on a day. */
    public Optional<ShiftPlan> on(LocalDate day) {
        return Optional.ofNullable(plans.floorEntry(day)).map(Map.Entry::getValue);
    }

    /** Plans in force, by their first day. */
    public List<ShiftPlan> inForce() {
        return List.copyOf(plans.values());
    }

    /** Names of all shifts in the plans in force. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        plans.values().forEach(plan -> plan.shifts().forEach(shift -> names.add(shift.name())));
        return names;
    }

    /** Hours in which at least one shift is worked. A period with a day without a plan has none. */
    public Aligned operatingHours(Instant from, Instant to) {
        return hours(Optional.empty(), from, to);
    }

    /** Hours of the shift of a name. A period with a day without a plan has none. */
    public Aligned shiftHours(String shift, Instant from, Instant to) {
        return hours(Optional.of(shift), from, to);
    }

    private Aligned hours(Optional<String> shift, Instant from, Instant to) {
        List<Stretch> worked = new ArrayList<>();
        Set<Long> entries = new TreeSet<>();
        long covered = 0;
        boolean split = false;
        LocalDate last = to.minusMillis(1).atZone(zone).toLocalDate();
        LocalDate first = from.atZone(zone).toLocalDate();
        for (LocalDate day = first.minusDays(1); !day.isAfter(last); day = day.plusDays(1)) {
            Optional<ShiftPlan> plan = on(day);
            if (plan.isEmpty()) {
                continue;
            }
            if (!day.isBefore(first)) {
                covered += inside(new Stretch(start(day), start(day.plusDays(1))), from, to);
                entries.add(plan.get().entry());
            }
            for (Stretch stretch : stretches(plan.get(), day, shift)) {
                long inside = inside(stretch, from, to);
                if (inside > 0) {
                    entries.add(plan.get().entry());
                    worked.add(clipped(stretch, from, to));
                    split |= inside < millis(stretch);
                }
            }
        }
        long length = Duration.between(from, to).toMillis();
        return Aligned.of(
                covered == length
                        ? Optional.of(BigDecimal.valueOf(union(worked))
                                .divide(HOUR, DECIMALS, RoundingMode.HALF_EVEN)
                                .stripTrailingZeros())
                        : Optional.empty(),
                covered,
                length,
                split,
                entries);
    }

    private List<Stretch> stretches(ShiftPlan plan, LocalDate day, Optional<String> name) {
        if (plan.daysOff().contains(day)) {
            return List.of();
        }
        return plan.shifts().stream()
                .filter(shift -> name.isEmpty() || shift.name().equals(name.get()))
                .filter(shift -> shift.days().contains(day.getDayOfWeek()))
                .map(shift -> new Stretch(
                        day.atTime(shift.start()).atZone(zone).toInstant(),
                        (shift.overnight() ? day.plusDays(1) : day)
                                .atTime(shift.end())
                                .atZone(zone)
                                .toInstant()))
                .toList();
    }

    /** Shifts may overlap at a handover; the site works once. */
    private static long union(List<Stretch> worked) {
        List<Stretch> sorted = new ArrayList<>(worked);
        sorted.sort(Comparator.comparing(Stretch::from));
        long sum = 0;
        Instant until = Instant.MIN;
        for (Stretch stretch : sorted) {
            Instant from = stretch.from().isBefore(until) ? until : stretch.from();
            if (from.isBefore(stretch.to())) {
                sum += Duration.between(from, stretch.to()).toMillis();
                until = stretch.to();
            }
        }
        return sum;
    }

    private static Stretch clipped(Stretch stretch, Instant from, Instant to) {
        return new Stretch(
                stretch.from().isBefore(from) ? from : stretch.from(),
                stretch.to().isAfter(to) ? to : stretch.to());
    }

    private static long inside(Stretch stretch, Instant from, Instant to) {
        return Math.max(0, millis(clipped(stretch, from, to)));
    }

    private static long millis(Stretch stretch) {
        return Duration.between(stretch.from(), stretch.to()).toMillis();
    }

    private Instant start(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }
}
