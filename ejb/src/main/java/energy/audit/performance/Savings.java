package energy.audit.performance;

import energy.audit.analysis.document.SavingsFigures;
import java.time.LocalDate;
import java.util.List;

/**
 * Savings of a reporting period against the baseline in force.
 *
 * @param last included
 * @param leftOut intervals of the reporting period that could not be compared, and why
 * @param counted approved adjustments that are in the figures
 * @param waiting those that somebody has proposed for the period and nobody has decided; they change nothing
 */
public record Savings(
        Baseline baseline,
        LocalDate first,
        LocalDate last,
        SavingsFigures figures,
        List<String> leftOut,
        List<Adjustment> counted,
        List<Adjustment> waiting) {
    public Savings {
        leftOut = List.copyOf(leftOut);
        counted = List.copyOf(counted);
        waiting = List.copyOf(waiting);
    }
}
