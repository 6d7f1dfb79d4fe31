package energy.audit.performance;

import energy.audit.analysis.performance.NonRoutineAdjustment;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A change of a static factor that no model knows, with the energy it makes, as a record that somebody else approves.
 *
 * @param number in the indicator, from 1
 * @param last included
 * @param energyKwh added to the adjusted baseline; negative takes away
 * @param method how it was calculated
 * @param evidence where calculation and data are kept
 * @param decision who decided, when and why; empty while nobody has
 */
public record Adjustment(
        int number,
        String staticFactor,
        String before,
        String after,
        LocalDate first,
        LocalDate last,
        BigDecimal energyKwh,
        String method,
        String evidence,
        String author,
        Instant at,
        long logIndex,
        Optional<Decision> decision) {
    /** What somebody proposes. */
    public record Draft(
            String staticFactor,
            String before,
            String after,
            LocalDate first,
            LocalDate last,
            BigDecimal energyKwh,
            String method,
            String evidence) {}

    /** Where it stands. */
    public enum State {
        PROPOSED,
        APPROVED,
        REJECTED
    }

    /** What it does to the savings of a period. */
    public enum Effect {
        COUNTS(""),
        WAITS(""),
        EARLIER(": was proposed before the baseline in force was approved, and is not counted"),
        PARTLY(": lies only partly in the reporting period, and is not counted"),
        NONE("");

        private final String words;

        Effect(String words) {
            this.words = words;
        }

        /** Why it is left out, after its name; empty: it is not, or has nothing to do with the period. */
        String words() {
            return words;
        }
    }

    public State state() {
        return decision.map(by -> by.what().equals(Decision.ADJUSTMENT_APPROVED) ? State.APPROVED : State.REJECTED)
                .orElse(State.PROPOSED);
    }

    Adjustment decided(Decision by) {
        return new Adjustment(
                number,
                staticFactor,
                before,
                after,
                first,
                last,
                energyKwh,
                method,
                evidence,
                author,
                at,
                logIndex,
                Optional.of(by));
    }

    /** Whether all its days lie in a period. @param to included */
    public boolean within(LocalDate from, LocalDate to) {
        return !first.isBefore(from) && !last.isAfter(to);
    }

    /** @param to included */
    public boolean touches(LocalDate from, LocalDate to) {
        return !last.isBefore(from) && !first.isAfter(to);
    }

    /** As the arithmetic of savings takes it; without approval it counts for nothing there. */
    NonRoutineAdjustment record() {
        return weighed(1);
    }

    /** The same in primary energy. */
    NonRoutineAdjustment weighed(double primaryFactor) {
        return new NonRoutineAdjustment(
                staticFactor,
                before,
                after,
                first,
                last.plusDays(1),
                energyKwh.doubleValue() * primaryFactor,
                method,
                evidence,
                author,
                state() == State.APPROVED ? decision.map(Decision::person).orElse("") : "");
    }

    /** In a list for a reader. */
    String named() {
        return "adjustment " + number + " (" + staticFactor + ", " + first + " to " + last + ", "
                + energyKwh.toPlainString() + " kWh)";
    }
}
