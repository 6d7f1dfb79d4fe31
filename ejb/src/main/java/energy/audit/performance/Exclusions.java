package energy.audit.performance;

import energy.audit.consumption.Resolution;
import energy.audit.kernel.Refusal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Intervals that people keep out of models. Pure. */
final class Exclusions {
    private Exclusions() {}

    /** Rows of which the excluded ones are no inputs, and say who decided so and why. */
    static List<PeriodRow> applied(List<PeriodRow> rows, Map<LocalDate, Decision> excluded) {
        return rows.stream()
                .map(row -> Optional.ofNullable(excluded.get(row.day()))
                        .filter(by -> row.usable())
                        .map(by -> row.without(
                                "excluded by " + by.person() + " (entry " + by.logIndex() + "): " + by.reason()))
                        .orElse(row))
                .toList();
    }

    static void check(Standing standing, LocalDate day, boolean excluded, LocalDate lastWhole) {
        EnpiDefinition enpi = standing.definition();
        if (enpi.step() == Resolution.MONTH && day.getDayOfMonth() != 1) {
            throw Refusal.invalid(
                    "BAD_POINT",
                    "interval " + day + " of " + enpi.id(),
                    "its intervals are months",
                    "Name the month by its first day.");
        }
        if (excluded && day.isAfter(lastWhole)) {
            throw Refusal.invalid(
                    "BAD_POINT", "interval " + day + " of " + enpi.id(), "it is not over yet", "Wait until it is.");
        }
        if (standing.excluded().containsKey(day) == excluded) {
            throw Refusal.conflict(
                    "SAME_VALUE",
                    "interval " + day + " of " + enpi.id(),
                    excluded ? "it is excluded already" : "it is not excluded",
                    "Nothing to do.");
        }
    }
}
