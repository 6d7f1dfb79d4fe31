package energy.audit.consumption;

import energy.audit.analysis.register.Quality;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Energy or another amount over a stretch of time.
 *
 * @param value in the unit that goes with it; empty when there is no figure, never zero for missing data
 * @param quality the worst of its parts; PARTIAL when a part is missing
 * @param coverage share of the time with data, 0 to 1
 */
public record EnergyAmount(Optional<BigDecimal> value, Quality quality, double coverage) {
    static final EnergyAmount NONE = new EnergyAmount(Optional.empty(), Quality.MISSING, 0);
}
