package energy.audit.performance;

import energy.audit.analysis.performance.NonRoutineAdjustment;
import energy.audit.analysis.report.EnpiAdjustments;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A non-routine adjustment of an indicator's baseline and what was decided about it.
 *
 * @param number within the indicator, from 1
 * @param proposal the entry that proposed it; its reason says how the kWh were calculated
 * @param decision the first one after it; empty while nobody has decided
 */
public record Adjustment(int number, Terms terms, Decision proposal, State state, Optional<Decision> decision) {
    /** Where it stands. */
    public enum State {
        PROPOSED,
        APPROVED,
        REJECTED
    }

    /**
     * What is proposed.
     *
     * @param baseline version of the baseline that it adjusts; with another one in force it counts for nothing
     * @param kwh added to the adjusted baseline over all its days; negative takes away
     * @param from begin of its first day
     * @param to end of its last day
     * @param what happened
     */
    public record Terms(int baseline, BigDecimal kwh, Instant from, Instant to, String what) {}

    /** Those that decisions about one indicator speak of, by number. */
    static List<Adjustment> of(List<Decision> decisions) {
        Map<Integer, Adjustment> adjustments = new LinkedHashMap<>();
        for (Decision decision : decisions) {
            Adjustment known = adjustments.get(decision.adjustment());
            if (decision.terms().isPresent() && known == null) {
                adjustments.put(
                        decision.adjustment(),
                        new Adjustment(
                                decision.adjustment(),
                                decision.terms().get(),
                                decision,
                                State.PROPOSED,
                                Optional.empty()));
            } else if (known != null && known.state() == State.PROPOSED) {
                if (decision.what().equals(Decision.ADJUSTMENT_APPROVED)) {
                    adjustments.put(known.number(), known.decided(State.APPROVED, decision));
                } else if (decision.what().equals(Decision.ADJUSTMENT_REJECTED)) {
                    adjustments.put(known.number(), known.decided(State.REJECTED, decision));
                }
            }
        }
        return List.copyOf(adjustments.values());
    }

    private Adjustment decided(State newState, Decision by) {
        return new Adjustment(number, terms, proposal, newState, Optional.of(by));
    }

    public LocalDate firstDay(ZoneId zone) {
        return terms.from().atZone(zone).toLocalDate();
    }

    /** Included. */
    public LocalDate lastDay(ZoneId zone) {
        return terms.to().minusMillis(1).atZone(zone).toLocalDate();
    }

    /** Whether some of its time lies in a period. */
    public boolean touches(Instant from, Instant to) {
        return terms.from().isBefore(to) && terms.to().isAfter(from);
    }

    /** As it enters the arithmetic of a period. */
    public EnpiAdjustments.Approved counting() {
        return new EnpiAdjustments.Approved(
                number, terms.kwh(), terms.from().toEpochMilli(), terms.to().toEpochMilli());
    }

    /** As the command has it: its evidence is its entry of the log. */
    NonRoutineAdjustment record(ZoneId zone) {
        return new NonRoutineAdjustment(
                terms.what(),
                "",
                "",
                firstDay(zone),
                lastDay(zone).plusDays(1),
                terms.kwh().doubleValue(),
                proposal.reason(),
                "log entry " + proposal.logIndex(),
                proposal.person(),
                state == State.APPROVED ? decision.map(Decision::person).orElse("") : "");
    }
}
