package energy.audit.plant;

import java.math.BigDecimal;

/**
 * The face of a counter: what one count is worth, where it starts again, and where it stood at the anchor.
 *
 * @param multiplier units per count, a multiple of 0.001
 * @param modulus 2^32 or a power of ten
 * @param unitsToRollover units still to run at the anchor before the counter starts again; 0: somewhere in the lower half
 */
record Dial(BigDecimal multiplier, long modulus, long unitsToRollover) {
    static final long BINARY_32 = 1L << 32;
    static final long EIGHT_DIGITS = 100_000_000L;
    static final long SEVEN_DIGITS = 10_000_000L;
    static final long SIX_DIGITS = 1_000_000L;

    static Dial of(String multiplier, long modulus) {
        return new Dial(new BigDecimal(multiplier), modulus, 0);
    }

    Dial rollingOverAfter(long units) {
        return new Dial(multiplier, modulus, units);
    }

    long milliUnitsPerCount() {
        return multiplier.movePointRight(3).longValueExact();
    }

    /** @param chance 0 to 1 */
    long initialCount(double chance) {
        if (unitsToRollover > 0) {
            return modulus
                    - BigDecimal.valueOf(unitsToRollover)
                            .divideToIntegralValue(multiplier)
                            .longValueExact();
        }
        return (long) (modulus * (0.08 + 0.4 * chance));
    }

    long countsPerHour(double unitsPerHour) {
        return Math.max(1, (long) Math.ceil(unitsPerHour * 1000 / milliUnitsPerCount()));
    }
}
