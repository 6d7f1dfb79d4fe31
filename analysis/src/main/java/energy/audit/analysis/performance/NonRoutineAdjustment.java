package energy.audit.analysis.performance;

import java.time.LocalDate;
import java.util.List;

/**
 * A change of a static factor that no model knows, as a dated and approved record.
 *
 * @param staticFactor what changed, such as {@code second melting furnace}
 * @param before its value before
 * @param after its value after
 * @param from first day of the effect
 * @param until day after its last
 * @param baselineEnergy added to the adjusted baseline over the reporting period, its unit; negative takes away
 * @param method how it was calculated
 * @param evidence where the calculation and its data are kept
 * @param proposedBy who proposed it
 * @param approvedBy somebody else; blank: not approved, and then it counts for nothing
 */
public record NonRoutineAdjustment(
        String staticFactor,
        String before,
        String after,
        LocalDate from,
        LocalDate until,
        double baselineEnergy,
        String method,
        String evidence,
        String proposedBy,
        String approvedBy) {
    public NonRoutineAdjustment {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException(staticFactor + " ends on " + until + ", not after " + from);
        }
        if (method.isBlank() || evidence.isBlank() || proposedBy.isBlank()) {
            throw new IllegalArgumentException(
                    "the adjustment for " + staticFactor + " needs a method, evidence and who proposed it");
        }
        if (approvedBy.equals(proposedBy)) {
            throw new IllegalArgumentException("the adjustment for " + staticFactor + " was proposed by " + proposedBy
                    + " and must be approved by somebody else");
        }
        if (!Double.isFinite(baselineEnergy)) {
            throw new IllegalArgumentException("the adjustment for " + staticFactor + " has no finite amount");
        }
    }

    public boolean approved() {
        return !approvedBy.isBlank();
    }

    /**
     * Savings after adjustments.
     *
     * @param counted the approved ones
     * @param waiting the others, which count for nothing
     */
    public record Adjusted(
            double adjustedBaseline,
            double savings,
            double improvementPercent,
            List<NonRoutineAdjustment> counted,
            List<NonRoutineAdjustment> waiting) {}

    /** Adds the approved adjustments to the adjusted baseline; improvement is savings over that. */
    public static Adjusted apply(Performance performance, List<NonRoutineAdjustment> adjustments) {
        List<NonRoutineAdjustment> counted =
                adjustments.stream().filter(NonRoutineAdjustment::approved).toList();
        AfterAdjustments after = AfterAdjustments.of(
                performance,
                counted.stream()
                        .mapToDouble(NonRoutineAdjustment::baselineEnergy)
                        .toArray());
        return new Adjusted(
                after.adjustedBaseline(),
                after.savings(),
                after.improvementPercent(),
                counted,
                adjustments.stream().filter(a -> !a.approved()).toList());
    }
}
