package energy.audit.performance;

import energy.audit.analysis.performance.Method;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Which periods are compared with the baseline in force, and how.
 *
 * @param last included
 * @param middle of chaining, the days that its model is fitted on; empty: all between baseline and reporting period
 */
public record Comparison(Method method, LocalDate first, LocalDate last, Optional<Days> middle) {
    /** @param last included */
    public record Days(LocalDate first, LocalDate last) {}

    public static Comparison of(Method method, LocalDate first, LocalDate last) {
        return new Comparison(method, first, last, Optional.empty());
    }

    /** The days that the model of chaining is fitted on; empty where the method needs none, or there are none. */
    Optional<Days> modelled(Baseline baseline) {
        if (method != Method.CHAINING) {
            return Optional.empty();
        }
        return middle.or(() -> Optional.of(new Days(baseline.last().plusDays(1), first.minusDays(1)))
                .filter(days -> !days.last().isBefore(days.first())));
    }
}
