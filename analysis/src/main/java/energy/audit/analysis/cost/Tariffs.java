package energy.audit.analysis.cost;

import energy.audit.analysis.derived.Amount;
import energy.audit.analysis.register.Quality;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tariffs of one supply, one after the other. */
public final class Tariffs {
    private final List<Tariff> tariffs;

    /** @throws IllegalArgumentException where two hold on one day, or currencies or zones differ */
    public Tariffs(List<Tariff> tariffs) {
        if (tariffs.isEmpty()) {
            throw new IllegalArgumentException("a supply needs a tariff");
        }
        this.tariffs = List.copyOf(tariffs);
        for (int i = 0; i < tariffs.size(); i++) {
            for (int j = i + 1; j < tariffs.size(); j++) {
                Tariff a = tariffs.get(i);
                Tariff b = tariffs.get(j);
                if (a.from().isBefore(b.until()) && b.from().isBefore(a.until())) {
                    throw new IllegalArgumentException("tariffs " + a.name() + " and " + b.name()
                            + " hold on the same days. End one before the other begins.");
                }
                if (!a.currency().equals(b.currency()) || !a.zone().equals(b.zone())) {
                    throw new IllegalArgumentException(
                            "tariffs " + a.name() + " and " + b.name() + " differ in currency or zone");
                }
            }
        }
    }

    /** What one tariff charges in one month. */
    private static final class Month {
        private final Map<String, BigDecimal> kwhByPrice = new LinkedHashMap<>();
        private final Map<String, BigDecimal> peakKw = new LinkedHashMap<>();
        private final TreeSet<LocalDate> days = new TreeSet<>();
        private BigDecimal kwh = BigDecimal.ZERO;
    }

    /**
     * The cost of a row of intervals. An interval has the price of its start, so intervals are no longer than the tariff's
     * windows: 15 or 30 minutes. Blocks and demand begin anew with each month and tariff.
     *
     * @param energy kWh, ascending, without overlap
     * @throws IllegalArgumentException where no tariff, or no price of the tariff, holds
     */
    public Bill bill(List<Amount> energy) {
        TreeMap<YearMonth, Map<Tariff, Month>> months = new TreeMap<>();
        Quality worst = Quality.MEASURED;
        int missing = 0;
        for (Amount amount : energy) {
            ZonedDateTime at = amount.start().atZone(tariffs.get(0).zone());
            Tariff tariff = tariffAt(at);
            Month month = months.computeIfAbsent(YearMonth.from(at), m -> new LinkedHashMap<>())
                    .computeIfAbsent(tariff, t -> new Month());
            month.days.add(at.toLocalDate());
            if (amount.value().isEmpty()) {
                missing++;
                continue;
            }
            worst = worst.worse(amount.quality());
            charge(amount, amount.value().get(), at, tariff, month);
        }
        Currency currency = tariffs.get(0).currency();
        List<Bill.Line> lines = new ArrayList<>();
        months.forEach((when, byTariff) -> byTariff.forEach((tariff, month) -> lines(when, tariff, month, lines)));
        BigDecimal total = lines.stream().map(Bill.Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Bill(currency, lines, total, missing > 0 ? Quality.PARTIAL.worse(worst) : worst, missing);
    }

    /** The tariff that holds on a day, if one does. */
    public Optional<Tariff> on(LocalDate day) {
        return tariffs.stream().filter(tariff -> tariff.holdsOn(day)).findFirst();
    }

    private Tariff tariffAt(ZonedDateTime at) {
        return on(at.toLocalDate())
                .orElseThrow(() -> new IllegalArgumentException(
                        "no tariff holds on " + at.toLocalDate() + ". Enter the one that does."));
    }

    private static void charge(Amount amount, BigDecimal kwh, ZonedDateTime at, Tariff tariff, Month month) {
        Tariff.TimeOfUse price = tariff.priceAt(at)
                .orElseThrow(() -> new IllegalArgumentException("tariff " + tariff.name() + " has no price at " + at
                        + ". Give it one for the rest of the time."));
        month.kwhByPrice.merge(price.name(), kwh, BigDecimal::add);
        month.kwh = month.kwh.add(kwh);
        BigDecimal seconds = BigDecimal.valueOf(
                Duration.between(amount.start(), amount.end()).toSeconds());
        BigDecimal kw = kwh.multiply(BigDecimal.valueOf(3600)).divide(seconds, MathContext.DECIMAL64);
        for (Tariff.DemandCharge charge : tariff.demandCharges()) {
            if (charge.window().has(at)) {
                month.peakKw.merge(charge.name(), kw, BigDecimal::max);
            }
        }
    }

    private static void lines(YearMonth when, Tariff tariff, Month month, List<Bill.Line> lines) {
        for (Tariff.TimeOfUse price : tariff.prices()) {
            BigDecimal kwh = month.kwhByPrice.get(price.name());
            if (kwh != null) {
                lines.add(line(when, tariff, price.name(), kwh, "kWh", price.perKwh()));
            }
        }
        for (int i = 0; i < tariff.blocks().size(); i++) {
            Tariff.Block block = tariff.blocks().get(i);
            BigDecimal top = i + 1 < tariff.blocks().size()
                    ? month.kwh.min(tariff.blocks().get(i + 1).fromKwh())
                    : month.kwh;
            if (top.compareTo(block.fromKwh()) > 0) {
                lines.add(line(
                        when,
                        tariff,
                        "block from " + block.fromKwh().toPlainString() + " kWh",
                        top.subtract(block.fromKwh()),
                        "kWh",
                        block.perKwh()));
            }
        }
        for (Tariff.DemandCharge charge : tariff.demandCharges()) {
            if (month.peakKw.containsKey(charge.name())) {
                BigDecimal peak = Objects.requireNonNull(month.peakKw.get(charge.name()));
                lines.add(line(when, tariff, charge.name(), peak, "kW", charge.perKw()));
            }
        }
        if (tariff.standingPerDay().signum() != 0) {
            BigDecimal days = BigDecimal.valueOf(month.days.size());
            lines.add(line(when, tariff, "standing charge", days, "days", tariff.standingPerDay()));
        }
    }

    private static Bill.Line line(
            YearMonth when, Tariff tariff, String name, BigDecimal quantity, String unit, BigDecimal price) {
        int decimals = Math.max(0, tariff.currency().getDefaultFractionDigits());
        BigDecimal amount = quantity.multiply(price).setScale(decimals, RoundingMode.HALF_EVEN);
        return new Bill.Line(when, tariff.name(), name, quantity, unit, price, amount);
    }
}
