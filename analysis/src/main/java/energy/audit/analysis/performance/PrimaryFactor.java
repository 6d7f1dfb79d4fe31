package energy.audit.analysis.performance;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * Primary energy that a unit of delivered energy stands for, while the factor is in force.
 *
 * @param energySource as the metering names it
 * @param from first day
 * @param until first day it no longer holds for
 * @param factor kWh of primary energy for a kWh delivered; 1 or more for what is delivered as it is
 * @param source who published it
 * @param edition which edition and data year
 */
public record PrimaryFactor(
        String energySource, LocalDate from, LocalDate until, BigDecimal factor, String source, String edition) {
    /** Whether it holds on every day of a period. @param last included */
    public boolean holdsThrough(LocalDate first, LocalDate last) {
        return !first.isBefore(from) && last.isBefore(until);
    }

    /** Whether another one speaks of the same energy on one of its days. */
    public boolean overlaps(PrimaryFactor other) {
        return energySource.equals(other.energySource) && from.isBefore(other.until) && other.from.isBefore(until);
    }
}
