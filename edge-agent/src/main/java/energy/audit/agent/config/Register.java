package energy.audit.agent.config;

import java.util.OptionalLong;

/**
 * One channel's place in a device.
 *
 * @param channel {@code site.meter.quantity}
 * @param address first register or bit, 0-based
 * @param notImplemented raw count with which this device says that it has no such value
 */
public record Register(
        String channel, Area area, int address, RegisterType type, WordOrder wordOrder, OptionalLong notImplemented) {
    public Register {
        if (address < 0 || address + (area.isBits() ? 1 : type.words()) > 65536) {
            throw new IllegalArgumentException("address " + address + " is outside 0..65535 for " + channel);
        }
    }

    /** Addresses that the value takes, 1 to 4. */
    public int width() {
        return area.isBits() ? 1 : type.words();
    }
}
