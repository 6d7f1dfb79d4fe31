package energy.audit.analysis.variable;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A variable over a period of somebody else's choosing.
 *
 * @param value empty when too much of the period has none, which is never taken for zero
 * @param coverage share of the period's time that is known, 0 to 1
 * @param split something that crosses the period's end was divided in proportion to time
 * @param entries of the log that it was taken from, ascending
 */
public record Aligned(Optional<BigDecimal> value, double coverage, boolean split, List<Long> entries) {
    public Aligned {
        value = value.map(each -> each.scale() < 0 ? each.setScale(0) : each);
        entries = List.copyOf(new TreeSet<>(entries));
    }

    static Aligned of(
            Optional<BigDecimal> value,
            long coveredMilliseconds,
            long milliseconds,
            boolean split,
            Collection<Long> entries) {
        return new Aligned(value, (double) coveredMilliseconds / milliseconds, split, List.copyOf(entries));
    }
}
