package energy.audit.performance;

import energy.audit.analysis.register.Quality;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Energy and relevant variables of a day or month.
 *
 * @param day its first
 * @param energy kWh; empty when a register of the boundary has no whole figure
 * @param variables those that have a value, by id
 * @param origins entries of the log that a variable's value was taken from, by id; none for readings of a meter
 * @param leftOut why it is no input of a model, in words; empty when it is one
 */
public record PeriodRow(
        LocalDate day,
        Instant start,
        Instant end,
        Optional<BigDecimal> energy,
        Quality quality,
        Map<String, BigDecimal> variables,
        Map<String, List<Long>> origins,
        String leftOut) {
    public PeriodRow {
        variables = Map.copyOf(variables);
        origins = Map.copyOf(origins);
    }

    /** The same, as no input of a model. */
    PeriodRow without(String why) {
        return new PeriodRow(day, start, end, energy, quality, variables, origins, why);
    }

    public boolean usable() {
        return leftOut.isEmpty();
    }
}
