package energy.audit.performance;

import energy.audit.analysis.document.SavingsFigures;
import java.time.LocalDate;
import java.util.List;

/**
 * Savings of a reporting period against the baseline in force.
 *
 * @param last included
 * @param leftOut intervals of the reporting period that could not be compared, and why
 */
public record Savings(
        Baseline baseline, LocalDate first, LocalDate last, SavingsFigures figures, List<String> leftOut) {
    public Savings {
        leftOut = List.copyOf(leftOut);
    }
}
