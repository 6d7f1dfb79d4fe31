package energy.audit.variables;

import energy.audit.kernel.Period;

/**
 * What there is of a weather station.
 *
 * @param source who has measured, as the newest import says
 * @param values times that have a temperature
 * @param corrected times that were delivered more than once
 * @param period from the first to the last
 */
public record StationSummary(String station, String source, long values, long corrected, Period period) {}
