package energy.audit.analysis.cost;

import energy.audit.analysis.register.Quality;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;

/**
 * What the energy of a period costs.
 *
 * @param lines each rounded to the currency's smallest coin, half to even
 * @param total sum of the lines as printed
 * @param quality the worst of its intervals; PARTIAL where some have no figure
 * @param missingIntervals intervals without a figure: not counted, not zero
 */
public record Bill(Currency currency, List<Line> lines, BigDecimal total, Quality quality, int missingIntervals) {
    /** @param unit of the quantity: kWh, kW or days */
    public record Line(
            YearMonth month,
            String tariff,
            String name,
            BigDecimal quantity,
            String unit,
            BigDecimal price,
            BigDecimal amount) {}

    public Bill {
        lines = List.copyOf(lines);
    }
}
