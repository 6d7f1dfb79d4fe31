package energy.audit.performance;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A version of an energy baseline and what was decided about it.
 *
 * @param id {@code {enpi}-b{version}}
 * @param last included
 * @param variables ids of those the model uses, in the order of the inputs' values
 * @param leftOut intervals that are no input, and why
 * @param model coefficients and statistics, JSON with the names of {@code enpi fit --json}
 * @param logSize the prefix of the log that the inputs are a function of
 * @param decision who decided, when and why; empty while nobody has
 */
public record Baseline(
        String id,
        String enpi,
        int enpiVersion,
        int version,
        LocalDate first,
        LocalDate last,
        List<Factor> staticFactors,
        List<String> variables,
        List<Input> inputs,
        List<String> leftOut,
        String model,
        long logSize,
        String reason,
        String author,
        Instant at,
        long logIndex,
        State state,
        Optional<Decision> decision) {
    /** Where it stands. */
    public enum State {
        PROPOSED,
        APPROVED,
        REJECTED,
        /** Was approved, until a later one was. */
        REPLACED
    }

    /** Something that routinely stays the same, such as the number of furnaces. */
    public record Factor(String name, String value) {}

    /**
     * An interval that the model was fitted on.
     *
     * @param energy kWh
     * @param origins of each value, the entries of the log that it was taken from; none for readings of a meter
     */
    public record Input(
            Instant from,
            Instant to,
            BigDecimal energy,
            String quality,
            List<BigDecimal> values,
            List<List<Long>> origins) {
        public Input {
            values = List.copyOf(values);
            origins = List.copyOf(origins);
        }
    }

    public Baseline {
        staticFactors = List.copyOf(staticFactors);
        variables = List.copyOf(variables);
        inputs = List.copyOf(inputs);
        leftOut = List.copyOf(leftOut);
    }

    Baseline decided(State newState, Decision newDecision) {
        return new Baseline(
                id,
                enpi,
                enpiVersion,
                version,
                first,
                last,
                staticFactors,
                variables,
                inputs,
                leftOut,
                model,
                logSize,
                reason,
                author,
                at,
                logIndex,
                newState,
                Optional.of(newDecision));
    }

    Baseline replaced() {
        return new Baseline(
                id,
                enpi,
                enpiVersion,
                version,
                first,
                last,
                staticFactors,
                variables,
                inputs,
                leftOut,
                model,
                logSize,
                reason,
                author,
                at,
                logIndex,
                State.REPLACED,
                decision);
    }
}
