package energy.audit.performance;

import energy.audit.analysis.document.SavingsFigures;
import java.time.LocalDate;
import java.util.List;

/**
 * Savings of a reporting period against the baseline in force.
 *
 * @param last included
 * @param leftOut intervals of the reporting period that could not be compared, and why
 * @param adjustments of the period with persons and entries: approved ones are in the figures, proposed ones change nothing
 */
public record Savings(
        Baseline baseline,
        LocalDate first,
        LocalDate last,
        SavingsFigures figures,
        List<String> leftOut,
        List<Adjustment> adjustments) {
    public Savings {
        leftOut = List.copyOf(leftOut);
        adjustments = List.copyOf(adjustments);
    }
}
