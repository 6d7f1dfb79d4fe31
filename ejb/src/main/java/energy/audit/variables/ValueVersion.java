package energy.audit.variables;

import energy.audit.kernel.Period;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * One of the things that were said about a time.
 *
 * @param value empty: it was taken back
 * @param version from 1, in the order of the log
 */
public record ValueVersion(Period period, Optional<BigDecimal> value, String unit, int version, long logIndex) {}
