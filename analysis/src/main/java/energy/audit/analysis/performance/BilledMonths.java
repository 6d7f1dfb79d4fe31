package energy.audit.analysis.performance;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Bills of any period as calendar months: each bill's energy is spread evenly over the days after the previous bill's
 * date up to its own; the first bill only opens the period.
 *
 * @see "ORNL-AMO/VERIFI, bill to month"
 */
public final class BilledMonths {
    private BilledMonths() {}

    /** @param readOn the last day of the bill */
    public record Bill(LocalDate readOn, double energy) {}

    /** @param days of the month that a bill covers; fewer than the month has: the figure is partial */
    public record Month(YearMonth month, double energy, int days) {
        public boolean whole() {
            return days == month.lengthOfMonth();
        }
    }

    /** @throws IllegalArgumentException where two bills have one date */
    public static List<Month> of(List<Bill> bills) {
        List<Bill> sorted =
                bills.stream().sorted(Comparator.comparing(Bill::readOn)).toList();
        TreeMap<YearMonth, Month> months = new TreeMap<>();
        for (int i = 1; i < sorted.size(); i++) {
            LocalDate previous = sorted.get(i - 1).readOn();
            Bill bill = sorted.get(i);
            long days = ChronoUnit.DAYS.between(previous, bill.readOn());
            if (days == 0) {
                throw new IllegalArgumentException("two bills were read on " + previous + "; leave one of them out");
            }
            LocalDate from = previous.plusDays(1);
            while (!from.isAfter(bill.readOn())) {
                LocalDate last = YearMonth.from(from).atEndOfMonth();
                LocalDate to = last.isBefore(bill.readOn()) ? last : bill.readOn();
                int inside = (int) ChronoUnit.DAYS.between(from, to) + 1;
                Month part = new Month(YearMonth.from(from), bill.energy() * inside / days, inside);
                months.merge(
                        part.month(),
                        part,
                        (a, b) -> new Month(a.month(), a.energy() + b.energy(), a.days() + b.days()));
                from = to.plusDays(1);
            }
        }
        return List.copyOf(months.values());
    }
}
