package energy.audit.cost;

import energy.audit.analysis.cost.Bill;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The cost of one source of energy at the boundary of a site.
 *
 * @param source electricity, gas, …
 * @param bill empty where no tariff holds on any day
 * @param entry log entry of the tariff table
 * @param contract what the table was taken from
 * @param uncovered days on which no tariff holds; their energy is in no line
 * @param missing quarter hours without a figure, of days that have a tariff
 */
public record SupplyCost(
        String source,
        Optional<Bill> bill,
        Optional<Long> entry,
        String contract,
        List<LocalDate> uncovered,
        int missing) {
    public SupplyCost {
        uncovered = List.copyOf(uncovered);
    }
}
