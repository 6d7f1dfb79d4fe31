package energy.audit.performance;

import java.util.OptionalDouble;

/**
 * A day or month beside what the baseline in force expects.
 *
 * @param expected kWh; empty without a baseline, or where the row is left out
 * @param value of the indicator: energy, energy for each unit of the variable, or energy over expected energy
 * @param unit of the value
 */
public record ExpectedRow(PeriodRow row, OptionalDouble expected, OptionalDouble value, String unit) {}
