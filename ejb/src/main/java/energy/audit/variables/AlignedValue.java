package energy.audit.variables;

import energy.audit.kernel.Period;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A variable over a period of somebody else's choosing.
 *
 * @param value sum of the values inside; empty when a part of the period has none, which is never taken for zero
 * @param coverage share of the period's time that values cover, 0 to 1
 * @param split a value that crosses the period's end was divided in proportion to time
 */
public record AlignedValue(Period period, Optional<BigDecimal> value, double coverage, boolean split) {}
