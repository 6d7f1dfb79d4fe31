package energy.audit.performance;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An indicator and all that was decided about it.
 *
 * @param definition its newest version
 * @param versions all of them, oldest first
 * @param inForce the approved baseline of this version; empty: there is none, and no expectation
 * @param history all baselines, newest first
 * @param review the decision that opened a review which nobody has closed
 * @param factors static factors of the baseline in force as they are now
 * @param decisions all of them, in log order
 * @param adjustments all of them, by number
 */
public record Standing(
        EnpiDefinition definition,
        List<EnpiDefinition> versions,
        Optional<Baseline> inForce,
        List<Baseline> history,
        Optional<Decision> review,
        List<Baseline.Factor> factors,
        List<Decision> decisions,
        List<Adjustment> adjustments) {
    public Standing {
        versions = List.copyOf(versions);
        history = List.copyOf(history);
        factors = List.copyOf(factors);
        decisions = List.copyOf(decisions);
        adjustments = List.copyOf(adjustments);
    }

    /** Whether an adjustment was proposed for the baseline in force: a later one may know already what changed. */
    public boolean meets(Adjustment adjustment) {
        return inForce.flatMap(Baseline::decision)
                .map(approval -> adjustment.logIndex() > approval.logIndex())
                .orElse(false);
    }

    /** Intervals that are kept out of models that are fitted from now on, by their first day, and who decided so. */
    public Map<LocalDate, Decision> excluded() {
        return Decision.excluded(decisions);
    }
}
