package energy.audit.analysis.register;

import java.time.Instant;

/**
 * A meter was taken out and another put in.
 *
 * @param at readings before belong to the old meter, readings from this instant on to the new one
 * @param oldFinal counts the old register showed when it was taken out
 * @param newInitial counts the new register showed when it was put in
 */
public record MeterExchange(Instant at, long oldFinal, long newInitial) {}
