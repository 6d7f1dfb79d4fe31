package energy.audit.analysis.register;

import java.time.Instant;

/**
 * A meter was taken out and another put in. The two counts are readings like any other, one of each register, at the
 * instant of the exchange; what was consumed goes on from the one to the other.
 *
 * @param at readings before belong to the old meter, readings from this instant on to the new one
 * @param oldFinal counts the old register showed when it was taken out
 * @param newInitial counts the new register showed when it was put in
 */
public record MeterExchange(Instant at, long oldFinal, long newInitial) {
    public MeterExchange {
        if (oldFinal < 0 || newInitial < 0) {
            throw new IllegalArgumentException(
                    "a register shows no negative count: " + oldFinal + " to " + newInitial + " at " + at);
        }
    }
}
