package energy.audit.web.consumption;

import energy.audit.consumption.EnergyAmount;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** An amount on the wire: {@code value} null when there is no figure, never zero for missing data. */
public record Amounts(@Nullable BigDecimal value, String quality, double coverage) {
    static Amounts of(EnergyAmount amount) {
        return new Amounts(amount.value().orElse(null), amount.quality().name(), amount.coverage());
    }
}
