package energy.audit.analysis.report;

import energy.audit.analysis.register.RegisterProfile;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * How the counts of a register become a figure's unit, from an instant on until the next one takes over.
 *
 * @param from first instant it holds for; the first scaling of a period also holds for what is before it
 * @param profile what is known of the register
 * @param multiplier channel units for one count, exact
 * @param perUnit figure's unit for one channel unit, exact: 1, or kWh for a cubic metre of gas
 */
public record Scaling(Instant from, RegisterProfile profile, BigDecimal multiplier, BigDecimal perUnit) {

    /**
     * From the texts of a metering configuration.
     *
     * @param multiplier decimal text
     * @param perUnit decimal text; empty: 1
     * @param modulus decimal text; empty, or beyond 2^63 - 1: the register is taken never to start again
     * @param maxCountsPerHour decimal text; empty: unknown
     * @throws NumberFormatException if a text is no decimal number
     */
    public static Scaling of(Instant from, String multiplier, String perUnit, String modulus, String maxCountsPerHour) {
        return new Scaling(
                from,
                RegisterProfile.of(whole(modulus), whole(maxCountsPerHour)),
                new BigDecimal(multiplier),
                perUnit.isEmpty() ? BigDecimal.ONE : new BigDecimal(perUnit));
    }

    private static long whole(String decimal) {
        if (decimal.isEmpty()) {
            return 0;
        }
        BigDecimal value = new BigDecimal(decimal);
        return value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0 ? 0 : value.longValue();
    }

    /** True where a count means the same under both, whenever they hold. */
    boolean sameAs(Scaling other) {
        return profile.equals(other.profile)
                && multiplier.compareTo(other.multiplier) == 0
                && perUnit.compareTo(other.perUnit) == 0;
    }
}
