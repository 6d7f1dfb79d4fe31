package energy.audit.metering;

import energy.audit.kernel.ChannelId;
import energy.audit.kernel.SiteId;
import java.time.Instant;
import java.util.List;

/**
 * A meter exchange as one entry of the log says it.
 *
 * @param logIndex the entry
 * @param at readings before are of the old registers, from here on of the new ones
 * @param registers every whole counter of the meter; empty when withdrawn
 * @param withdrawn true: it says that there was no exchange at that instant
 * @param inForce false: a later entry speaks of the same meter and instant
 */
public record LoggedExchange(
        long logIndex,
        SiteId site,
        String meter,
        Instant at,
        List<Register> registers,
        String oldSerial,
        String newSerial,
        String technician,
        String reason,
        boolean withdrawn,
        boolean inForce) {
    public LoggedExchange {
        registers = List.copyOf(registers);
    }

    /**
     * @param oldFinalCount raw count at which the old register was taken out
     * @param newInitialCount raw count at which the new register was put in
     */
    public record Register(ChannelId channel, long oldFinalCount, long newInitialCount) {}
}
