package energy.audit.analysis.register;

import java.util.List;
import java.util.OptionalLong;

/**
 * Consumption over a row of boundaries.
 *
 * @param total counts from the first boundary to the last; empty if either is unknown or the register breaks between
 * @param events everything that happened to the register between the first and the last boundary
 */
public record Consumption(List<IntervalConsumption> intervals, OptionalLong total, List<RegisterEvent> events) {}
