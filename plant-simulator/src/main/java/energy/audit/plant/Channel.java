package energy.audit.plant;

import java.math.BigDecimal;

/**
 * One value that a meter shows.
 *
 * @param id {site}.{meter}.{quantity}
 * @param address of the first register, 0-based as in the protocol data unit
 * @param multiplier value = count x multiplier + offset, in the unit
 * @param modulus count at which a counter starts again; 0 for a gauge
 * @param maxCountsPerHour of a counter at rated load; 0 for a gauge
 * @param energyKwhPerUnit of a counter that is energy, decimal text; else empty
 */
record Channel(
        String id,
        String quantity,
        String unit,
        Encoding encoding,
        Area area,
        int address,
        Encoding.WordOrder wordOrder,
        BigDecimal multiplier,
        BigDecimal offset,
        long modulus,
        long maxCountsPerHour,
        String energyKwhPerUnit,
        Source source) {

    /** Where in the meter's map. */
    enum Area {
        HOLDING,
        INPUT
    }

    /** What moves the register. */
    interface Source {
        /** @param epochSecond the register is renewed once a second; a second of the minute that was stepped last */
        long countAt(long epochSecond);
    }

    boolean isCounter() {
        return modulus > 0;
    }

    /** Counters and temperatures are what a data logger keeps. */
    boolean isLogged() {
        return isCounter() || quantity.equals("temperature");
    }

    long countAt(long epochSecond) {
        return source.countAt(epochSecond);
    }
}
