package energy.audit.variables;

import energy.audit.kernel.Period;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A variable over a period of somebody else's choosing.
 *
 * @param value empty when a part of the period has none, which is never taken for zero
 * @param coverage share of the period's time that values cover, 0 to 1; of temperatures, nine tenths of each day are enough
 * @param split a value that crosses the period's end was divided in proportion to time
 * @param entries of the log that it was taken from, ascending
 */
public record AlignedValue(
        Period period, Optional<BigDecimal> value, double coverage, boolean split, List<Long> entries) {
    public AlignedValue {
        entries = List.copyOf(entries);
    }
}
