package energy.audit.cost;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.analysis.cost.Bill;
import energy.audit.analysis.cost.Tariffs;
import energy.audit.analysis.derived.Amount;
import energy.audit.consumption.Consumption;
import energy.audit.factor.Factors;
import energy.audit.factor.SupplyTariffs;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.metering.Metering;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Bills a site's energy by quarter hours. */
@ApplicationScoped
public class Costs {
    private static final Duration LONGEST = Duration.ofDays(1100);
    private static final long QUARTER_MS = Duration.ofMinutes(15).toMillis();
    /** Readings of the quarter hour that has just ended may still be on their way. */
    private static final long LATE_MS = Duration.ofMinutes(5).toMillis();

    private final Access access;
    private final Metering metering;
    private final Consumption consumption;
    private final Factors factors;
    private final Clock clock;

    @Inject
    public Costs(Access access, Metering metering, Consumption consumption, Factors factors, Clock clock) {
        this.access = access;
        this.metering = metering;
        this.consumption = consumption;
        this.factors = factors;
        this.clock = clock;
    }

    /**
     * The cost of each source that is measured at a site's boundary.
     *
     * @param last included; what is still to come is left out
     * @throws Refusal PERIOD_TOO_LONG above three years; TARIFF_LACKS_PRICE where a tariff has no price for some time of a day
     */
    public List<SupplyCost> of(SiteId site, LocalDate first, LocalDate last) {
        access.require(Permission.SEE);
        ZoneId zone = metering.site(site).zone();
        Instant from = first.atStartOfDay(zone).toInstant();
        Instant end = last.plusDays(1).atStartOfDay(zone).toInstant();
        Instant now = Instant.ofEpochMilli((clock.millis() - LATE_MS) / QUARTER_MS * QUARTER_MS);
        Instant to = end.isBefore(now) ? end : now;
        if (!from.isBefore(to)) {
            return List.of();
        }
        Period period = Period.of(from, to);
        if (period.duration().compareTo(LONGEST) > 0) {
            throw Refusal.invalid(
                    "PERIOD_TOO_LONG",
                    "costs of " + site + " from " + first + " to " + last,
                    "it is longer than " + LONGEST.toDays() + " days",
                    "Ask for parts of it.");
        }
        return consumption.boundarySources(site).stream()
                .filter(source -> !source.equals("none"))
                .map(source -> supply(site, source, period, zone))
                .toList();
    }

    private SupplyCost supply(SiteId site, String source, Period period, ZoneId zone) {
        Optional<SupplyTariffs> table = factors.tariffs(site, source, LogSize.NEWEST);
        TreeSet<LocalDate> uncovered = new TreeSet<>();
        List<Amount> billed = new ArrayList<>();
        for (Amount amount : consumption.quarterHours(site, source, period)) {
            LocalDate day = amount.start().atZone(zone).toLocalDate();
            if (table.isPresent() && table.get().tariffs().on(day).isPresent()) {
                billed.add(amount);
            } else {
                uncovered.add(day);
            }
        }
        Optional<Bill> bill = table.isEmpty() || billed.isEmpty()
                ? Optional.empty()
                : Optional.of(bill(site, source, table.get().tariffs(), billed));
        return new SupplyCost(
                source,
                bill,
                table.map(SupplyTariffs::entry),
                table.map(SupplyTariffs::source).orElse(""),
                List.copyOf(uncovered),
                bill.map(Bill::missingIntervals).orElse(0));
    }

    private static Bill bill(SiteId site, String source, Tariffs tariffs, List<Amount> billed) {
        try {
            return tariffs.bill(billed);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(
                    "TARIFF_LACKS_PRICE",
                    "costs of " + source + " at " + site,
                    String.valueOf(e.getMessage()),
                    "Enter a new version of the tariff with a line for the rest of the time.");
        }
    }
}
