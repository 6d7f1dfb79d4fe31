package energy.audit.analysis.cost;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Prices of one supply while they are in force.
 *
 * @param zone the local time that windows and months are in
 * @param from first day it holds for
 * @param until first day it no longer holds for
 * @param prices by time of use; of several that fit an interval the first one counts
 * @param blocks added by how much a month has already used, ascending; empty: none
 * @param demandCharges on the highest demand of a month
 * @param standingPerDay for each day, used or not
 * @param source contract or price sheet
 */
public record Tariff(
        String name,
        Currency currency,
        ZoneId zone,
        LocalDate from,
        LocalDate until,
        List<TimeOfUse> prices,
        List<Block> blocks,
        List<DemandCharge> demandCharges,
        BigDecimal standingPerDay,
        String source) {
    /**
     * When a price holds, in local time. A window that ends at or before its start goes over midnight; from 00:00 to
     * 00:00 is the whole day.
     */
    public record Window(Set<Month> months, Set<DayOfWeek> days, LocalTime from, LocalTime to) {
        /** Every day, all day. */
        public static final Window ALWAYS =
                new Window(Set.of(Month.values()), Set.of(DayOfWeek.values()), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);

        public Window {
            months = Set.copyOf(months);
            days = Set.copyOf(days);
        }

        /** After midnight a window over midnight belongs to the day on which it began. */
        public boolean has(ZonedDateTime at) {
            LocalTime time = at.toLocalTime();
            if (from.isBefore(to)) {
                return onDay(at) && !time.isBefore(from) && time.isBefore(to);
            }
            return !time.isBefore(from) ? onDay(at) : time.isBefore(to) && onDay(at.minusDays(1));
        }

        private boolean onDay(ZonedDateTime at) {
            return months.contains(at.getMonth()) && days.contains(at.getDayOfWeek());
        }
    }

    /** @param perKwh in the tariff's currency */
    public record TimeOfUse(String name, Window window, BigDecimal perKwh) {}

    /**
     * @param fromKwh what a month has used before this block begins; the first begins at 0
     * @param perKwh added to the price by time of use
     */
    public record Block(BigDecimal fromKwh, BigDecimal perKwh) {}

    /** @param perKw for the highest interval demand of a month inside the window */
    public record DemandCharge(String name, Window window, BigDecimal perKw) {}

    public Tariff {
        prices = List.copyOf(prices);
        blocks = List.copyOf(blocks);
        demandCharges = List.copyOf(demandCharges);
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("tariff " + name + " ends on " + until + ", not after " + from);
        }
        for (int i = 0; i < blocks.size(); i++) {
            BigDecimal begins = blocks.get(i).fromKwh();
            if (i == 0
                    ? begins.signum() != 0
                    : begins.compareTo(blocks.get(i - 1).fromKwh()) <= 0) {
                throw new IllegalArgumentException("tariff " + name + ": block " + (i + 1) + " begins at " + begins
                        + " kWh; the first begins at 0 and each later one above the one before");
            }
        }
    }

    /** The price that counts at an instant; empty where the tariff states none. */
    public Optional<TimeOfUse> priceAt(ZonedDateTime at) {
        return prices.stream().filter(p -> p.window().has(at)).findFirst();
    }

    boolean holdsOn(LocalDate day) {
        return !day.isBefore(from) && day.isBefore(until);
    }
}
