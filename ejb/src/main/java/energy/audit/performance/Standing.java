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

    /** What an adjustment does to the savings of a period. @param last included */
    public Adjustment.Effect effect(Adjustment adjustment, LocalDate first, LocalDate last) {
        if (adjustment.state() == Adjustment.State.REJECTED || !adjustment.touches(first, last)) {
            return Adjustment.Effect.NONE;
        }
        // a baseline approved later may know already what changed
        boolean meets = inForce.flatMap(Baseline::decision)
                .map(approval -> adjustment.logIndex() > approval.logIndex())
                .orElse(false);
        if (!meets) {
            return Adjustment.Effect.EARLIER;
        }
        if (!adjustment.within(first, last)) {
            return Adjustment.Effect.PARTLY;
        }
        return adjustment.state() == Adjustment.State.PROPOSED ? Adjustment.Effect.WAITS : Adjustment.Effect.COUNTS;
    }

    /** Those that count, or would if somebody approved them. @param last included */
    List<Adjustment> meeting(LocalDate first, LocalDate last) {
        return adjustments.stream()
                .filter(each -> effect(each, first, last) == Adjustment.Effect.COUNTS
                        || effect(each, first, last) == Adjustment.Effect.WAITS)
                .toList();
    }

    /** Those that touch a period and cannot count there, each with its reason. @param last included */
    List<String> leftOut(LocalDate first, LocalDate last) {
        return adjustments.stream()
                .filter(each -> !effect(each, first, last).words().isEmpty())
                .map(each -> each.named() + effect(each, first, last).words())
                .toList();
    }

    /** Intervals that are kept out of models that are fitted from now on, by their first day, and who decided so. */
    public Map<LocalDate, Decision> excluded() {
        return Decision.excluded(decisions);
    }
}
