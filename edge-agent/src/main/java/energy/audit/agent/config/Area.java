package energy.audit.agent.config;

import java.util.Locale;

/** The four address spaces of a Modbus device. Addresses are 0-based, as in the protocol data unit. */
public enum Area {
    HOLDING,
    INPUT,
    COIL,
    DISCRETE;

    /** True where an address holds one bit; such a channel counts 0 or 1. */
    public boolean isBits() {
        return this == COIL || this == DISCRETE;
    }

    /** Most values one request may ask for (Modbus Application Protocol V1.1b3, 6.1 to 6.4). */
    public int maxPerRequest() {
        return isBits() ? 2000 : 125;
    }

    /** @throws IllegalArgumentException for an unknown name; the message lists the known ones */
    public static Area named(String name) {
        for (Area area : values()) {
            if (area.name().equals(name.toUpperCase(Locale.ROOT))) {
                return area;
            }
        }
        throw new IllegalArgumentException("\"" + name + "\" is no area; use holding, input, coil or discrete");
    }
}
