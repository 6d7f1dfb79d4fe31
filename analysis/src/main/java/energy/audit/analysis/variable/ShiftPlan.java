package energy.audit.analysis.variable;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * Which shifts are worked from a day on.
 *
 * @param daysOff on which no shift begins
 * @param withdrawn the plan of that day is taken back; the one before it holds on
 * @param entry of the log that says so
 */
public record ShiftPlan(
        LocalDate effectiveFrom, List<Shift> shifts, Set<LocalDate> daysOff, boolean withdrawn, long entry) {
    public ShiftPlan {
        shifts = List.copyOf(shifts);
        daysOff = Set.copyOf(daysOff);
    }
}
