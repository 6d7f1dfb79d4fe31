package energy.audit.analysis.cost;

import energy.audit.analysis.cost.Tariff.Block;
import energy.audit.analysis.cost.Tariff.DemandCharge;
import energy.audit.analysis.cost.Tariff.TimeOfUse;
import energy.audit.analysis.cost.Tariff.Window;
import energy.audit.analysis.table.BadTable;
import energy.audit.analysis.table.TableRow;
import energy.audit.analysis.table.TableText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The tariffs of one supply as a table, a line for each price. {@code kind}: {@code energy} a price per kWh in its window (of
 * several that fit, the first counts); {@code block} added per kWh above what {@code name} says a month has used;
 * {@code demand} per kW of a month's highest interval in its window; {@code standing} per day. A window is {@code months}
 * ({@code 11-3}), {@code days} ({@code MON-FRI}) and {@code hours} ({@code 06:00-22:00}); empty: all of them.
 */
public final class TariffText {
    public static final List<String> COLUMNS =
            List.of("tariff", "from", "until", "kind", "name", "months", "days", "hours", "price");
    private static final List<String> DAYS = List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");

    private TariffText() {}

    /** What the lines of one tariff say. */
    private static final class Collected {
        private final TableRow first;
        private final List<TimeOfUse> prices = new ArrayList<>();
        private final List<Block> blocks = new ArrayList<>();
        private final List<DemandCharge> demand = new ArrayList<>();
        private BigDecimal standing = BigDecimal.ZERO;

        private Collected(TableRow first) {
            this.first = first;
        }
    }

    /**
     * @param source contract or price sheet
     * @throws BadTable naming line and column
     */
    public static Tariffs read(String csv, Currency currency, ZoneId zone, String source) throws BadTable {
        Map<String, Collected> collected = new LinkedHashMap<>();
        for (TableRow row : TableText.read(csv, COLUMNS)) {
            Collected of = collected.computeIfAbsent(row.needed("tariff"), name -> new Collected(row));
            if (!row.text("from").equals(of.first.text("from"))
                    || !row.text("until").equals(of.first.text("until"))) {
                throw row.bad("from", "line " + of.first.line() + " gives the same tariff other days");
            }
            add(row, of);
        }
        List<Tariff> tariffs = new ArrayList<>();
        for (Map.Entry<String, Collected> each : collected.entrySet()) {
            tariffs.add(tariff(each.getKey(), each.getValue(), currency, zone, source));
        }
        try {
            return new Tariffs(tariffs);
        } catch (IllegalArgumentException e) {
            throw new BadTable(2, "from", String.valueOf(e.getMessage()));
        }
    }

    private static void add(TableRow row, Collected of) throws BadTable {
        BigDecimal price = row.amount("price");
        switch (row.oneOf("kind", List.of("energy", "block", "demand", "standing"))) {
            case "energy" -> of.prices.add(new TimeOfUse(row.needed("name"), window(row), price));
            case "block" -> of.blocks.add(new Block(row.amount("name"), price));
            case "demand" -> of.demand.add(new DemandCharge(row.needed("name"), window(row), price));
            default -> {
                if (of.standing.signum() != 0) {
                    throw row.bad("kind", "the tariff has a standing charge already");
                }
                of.standing = price;
            }
        }
    }

    private static Tariff tariff(String name, Collected of, Currency currency, ZoneId zone, String source)
            throws BadTable {
        LocalDate from = of.first.day("from");
        LocalDate until = of.first.day("until");
        try {
            return new Tariff(name, currency, zone, from, until, of.prices, of.blocks, of.demand, of.standing, source);
        } catch (IllegalArgumentException e) {
            throw of.first.bad(from.isBefore(until) ? "name" : "until", String.valueOf(e.getMessage()));
        }
    }

    private static Window window(TableRow row) throws BadTable {
        return new Window(months(row), days(row), time(row, 0), time(row, 1));
    }

    private static Set<Month> months(TableRow row) throws BadTable {
        if (row.text("months").isEmpty()) {
            return Window.ALWAYS.months();
        }
        String[] ends = row.text("months").split("-", -1);
        Set<Month> months = EnumSet.noneOf(Month.class);
        for (String end : ends) {
            if (ends.length > 2 || !end.matches("[1-9]|1[0-2]")) {
                throw row.bad("months", "'" + row.text("months") + "' is no month or row of months like 11-3");
            }
        }
        Month last = Month.of(Integer.parseInt(ends[ends.length - 1]));
        Month month = Month.of(Integer.parseInt(ends[0]));
        while (months.add(month) && month != last) {
            month = month.plus(1);
        }
        return months;
    }

    private static Set<DayOfWeek> days(TableRow row) throws BadTable {
        if (row.text("days").isEmpty()) {
            return Window.ALWAYS.days();
        }
        String[] ends = row.text("days").toUpperCase(Locale.ROOT).split("-", -1);
        for (String end : ends) {
            if (ends.length > 2 || !DAYS.contains(end)) {
                throw row.bad("days", "'" + row.text("days") + "' is no day or row of days like MON-FRI");
            }
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        DayOfWeek last = DayOfWeek.of(DAYS.indexOf(ends[ends.length - 1]) + 1);
        DayOfWeek day = DayOfWeek.of(DAYS.indexOf(ends[0]) + 1);
        while (days.add(day) && day != last) {
            day = day.plus(1);
        }
        return days;
    }

    private static LocalTime time(TableRow row, int end) throws BadTable {
        if (row.text("hours").isEmpty()) {
            return LocalTime.MIDNIGHT;
        }
        String[] ends = row.text("hours").split("-", -1);
        try {
            if (ends.length == 2) {
                return ends[end].equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(ends[end]);
            }
        } catch (DateTimeException e) {
            throw row.bad("hours", "'" + ends[end] + "' is no time like 06:00");
        }
        throw row.bad("hours", "'" + row.text("hours") + "' is no stretch like 06:00-22:00");
    }
}
