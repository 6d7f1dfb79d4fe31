package energy.audit.variables;

import energy.audit.kernel.Period;
import java.math.BigDecimal;

/**
 * The mean temperature of a time, as it is in force.
 *
 * @param degrees degC
 * @param version how many deliveries have said something about that time, this one included
 * @param logIndex of the import's entry
 */
public record Temperature(Period period, BigDecimal degrees, int version, long logIndex) {}
