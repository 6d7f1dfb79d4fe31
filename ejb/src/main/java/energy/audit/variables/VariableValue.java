package energy.audit.variables;

import energy.audit.kernel.Period;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What was delivered for one period.
 *
 * @param variable such as {@code castings} or {@code operating-hours}
 * @param value empty: the delivery takes an earlier value back
 * @param logIndex of the import's entry
 */
public record VariableValue(String variable, Period period, Optional<BigDecimal> value, String unit, long logIndex) {}
