package energy.audit.variables;

import energy.audit.kernel.Period;

/**
 * What there is of a variable.
 *
 * @param values periods that have a value
 * @param corrected of them, those that were delivered more than once
 * @param period from the first to the last
 */
public record VariableSummary(String variable, String unit, long values, long corrected, Period period) {}
