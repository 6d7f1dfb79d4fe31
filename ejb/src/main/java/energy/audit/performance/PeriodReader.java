package energy.audit.performance;

import energy.audit.analysis.register.Quality;
import energy.audit.consumption.Consumption;
import energy.audit.consumption.GaugePoint;
import energy.audit.consumption.Interval;
import energy.audit.consumption.Resolution;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.variables.AlignedValue;
import energy.audit.variables.VariableSource;
import energy.audit.variables.Variables;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Days or months with energy and relevant variables, from the registers of an indicator's boundary. */
final class PeriodReader {
    /** Hours of a day's temperature that must be there. */
    private static final double MOST_HOURS = 0.9;

    private static final MathContext DIGITS = new MathContext(12);

    private final Consumption consumption;
    private final Variables imports;
    private final EnpiDefinition enpi;
    private final ZoneId zone;
    private final LogSize asKnownAt;

    /** A variable of an interval. @param value empty: missing, for the reason given */
    private record Known(Optional<BigDecimal> value, List<Long> origins, String missing) {
        static Known of(BigDecimal value) {
            return new Known(Optional.of(value), List.of(), "");
        }
    }

    PeriodReader(Consumption consumption, Variables imports, EnpiDefinition enpi, ZoneId zone, LogSize asKnownAt) {
        this.consumption = consumption;
        this.imports = imports;
        this.enpi = enpi;
        this.zone = zone;
        this.asKnownAt = asKnownAt;
    }

    /** @param last included; of a month any day of it */
    List<PeriodRow> rows(LocalDate first, LocalDate last) {
        List<LocalDate> starts = starts(first, last);
        if (starts.isEmpty()) {
            return List.of();
        }
        Period all = Period.of(at(starts.get(0)), at(next(starts.get(starts.size() - 1))));
        List<Map<Instant, Interval>> energies = new ArrayList<>();
        enpi.channels().forEach(channel -> energies.add(amounts(channel, all)));
        Map<String, Map<LocalDate, Known>> variables = new HashMap<>();
        enpi.variables().forEach(variable -> variables.put(variable.id(), values(variable, starts, all)));
        List<PeriodRow> rows = new ArrayList<>();
        for (LocalDate start : starts) {
            rows.add(row(start, energies, variables));
        }
        return rows;
    }

    private PeriodRow row(
            LocalDate day, List<Map<Instant, Interval>> energies, Map<String, Map<LocalDate, Known>> variables) {
        BigDecimal energy = BigDecimal.ZERO;
        Quality worst = Quality.MEASURED;
        List<String> without = new ArrayList<>();
        for (int i = 0; i < energies.size(); i++) {
            Optional<Interval> interval = Optional.ofNullable(energies.get(i).get(at(day)));
            Optional<BigDecimal> kwh = interval.filter(PeriodReader::whole).flatMap(Interval::energyKwh);
            if (kwh.isEmpty()) {
                without.add("energy of " + enpi.channels().get(i).meter());
                worst = Quality.MISSING;
            } else {
                energy = energy.add(kwh.get());
                Quality quality = interval.map(Interval::quality).orElse(Quality.MISSING);
                worst = quality.compareTo(worst) > 0 ? quality : worst;
            }
        }
        boolean measured = without.isEmpty();
        Map<String, BigDecimal> values = new HashMap<>();
        Map<String, List<Long>> origins = new HashMap<>();
        for (RelevantVariable variable : enpi.variables()) {
            Known known = variables
                    .getOrDefault(variable.id(), Map.of())
                    .getOrDefault(day, new Known(Optional.empty(), List.of(), "value of " + variable.id()));
            if (known.value().isPresent()) {
                values.put(variable.id(), known.value().get());
                origins.put(variable.id(), known.origins());
            } else {
                without.add(known.missing());
            }
        }
        return new PeriodRow(
                day,
                at(day),
                at(next(day)),
                measured ? Optional.of(energy.stripTrailingZeros()) : Optional.empty(),
                worst,
                values,
                origins,
                without.isEmpty() ? "" : "no " + String.join(", no ", without));
    }

    private Map<LocalDate, Known> values(RelevantVariable variable, List<LocalDate> starts, Period all) {
        if (variable.origin() instanceof VariableOrigin.OfImports of) {
            return imported(variable.id(), of.source(), starts);
        }
        VariableOrigin.OfChannel of = (VariableOrigin.OfChannel) variable.origin();
        return of.how() == VariableOrigin.How.AMOUNT ? counted(of.channel(), starts, all) : gauged(of, starts, all);
    }

    /** A figure that crosses the boundary of an interval says nothing exact about either side, and is left out. */
    private Map<LocalDate, Known> imported(String id, VariableSource source, List<LocalDate> starts) {
        List<Instant> boundaries = new ArrayList<>(starts.stream().map(this::at).toList());
        boundaries.add(at(next(starts.get(starts.size() - 1))));
        List<AlignedValue> aligned = imports.aligned(enpi.site(), source, boundaries, asKnownAt);
        Map<LocalDate, Known> values = new HashMap<>();
        for (int i = 0; i < starts.size(); i++) {
            AlignedValue each = aligned.get(i);
            boolean divided = each.split() && source instanceof VariableSource.Production;
            values.put(
                    starts.get(i),
                    new Known(
                            divided ? Optional.empty() : each.value().map(BigDecimal::stripTrailingZeros),
                            each.entries(),
                            divided
                                    ? "exact value of " + id + " (a figure of it crosses the interval's boundary)"
                                    : "value of " + id));
        }
        return values;
    }

    private Map<LocalDate, Known> counted(ChannelId channel, List<LocalDate> starts, Period all) {
        Map<LocalDate, Known> values = new HashMap<>();
        Map<Instant, Interval> amounts = amounts(channel, all);
        for (LocalDate start : starts) {
            Optional.ofNullable(amounts.get(at(start)))
                    .filter(PeriodReader::whole)
                    .flatMap(Interval::amount)
                    .ifPresent(amount -> values.put(start, Known.of(amount.stripTrailingZeros())));
        }
        return values;
    }

    private Map<LocalDate, Known> gauged(VariableOrigin.OfChannel of, List<LocalDate> starts, Period all) {
        Map<LocalDate, Known> values = new HashMap<>();
        Map<LocalDate, Double> days = dailyMeans(of.channel(), all);
        double base = of.base().orElse(BigDecimal.ZERO).doubleValue();
        ToDoubleFunction<Double> ofDay = switch (of.how()) {
            case HEATING_DEGREES -> mean -> Math.max(0, base - mean);
            case COOLING_DEGREES -> mean -> Math.max(0, mean - base);
            case MEAN, AMOUNT -> mean -> mean;
        };
        for (LocalDate start : starts) {
            double sum = 0;
            int count = 0;
            int wanted = 0;
            for (LocalDate day = start; day.isBefore(next(start)); day = day.plusDays(1)) {
                wanted++;
                Double mean = days.get(day);
                if (mean != null) {
                    sum += ofDay.applyAsDouble(mean);
                    count++;
                }
            }
            if (count == wanted) {
                double value = of.how() == VariableOrigin.How.MEAN ? sum / count : sum;
                values.put(
                        start,
                        Known.of(new BigDecimal(value)
                                .round(DIGITS)
                                .setScale(6, java.math.RoundingMode.HALF_EVEN)
                                .stripTrailingZeros()));
            }
        }
        return values;
    }

    /** Means of the hours that begin on each day, of days with nearly all hours. */
    private Map<LocalDate, Double> dailyMeans(ChannelId channel, Period all) {
        int hours = (int) all.duration().toHours();
        Map<LocalDate, List<Double>> byDay = new HashMap<>();
        for (GaugePoint point : consumption.gauge(channel, all, hours, asKnownAt)) {
            byDay.computeIfAbsent(point.start().atZone(zone).toLocalDate(), day -> new ArrayList<>())
                    .add(point.mean());
        }
        Map<LocalDate, Double> means = new HashMap<>();
        byDay.forEach((day, values) -> {
            double ofDay =
                    java.time.Duration.between(at(day), at(day.plusDays(1))).toHours();
            if (values.size() >= MOST_HOURS * ofDay) {
                means.put(
                        day,
                        values.stream()
                                .mapToDouble(Double::doubleValue)
                                .average()
                                .orElse(0));
            }
        });
        return means;
    }

    private Map<Instant, Interval> amounts(ChannelId channel, Period all) {
        Map<Instant, Interval> byStart = new HashMap<>();
        consumption
                .intervals(channel, enpi.step(), all, asKnownAt)
                .forEach(interval -> byStart.put(interval.start(), interval));
        return byStart;
    }

    /** A partial interval knows only a part of its energy. */
    private static boolean whole(Interval interval) {
        return interval.quality() == Quality.MEASURED || interval.quality() == Quality.ESTIMATED;
    }

    private List<LocalDate> starts(LocalDate first, LocalDate last) {
        List<LocalDate> starts = new ArrayList<>();
        LocalDate start = monthly() ? first.withDayOfMonth(1) : first;
        for (; !start.isAfter(last); start = next(start)) {
            starts.add(start);
        }
        return starts;
    }

    private LocalDate next(LocalDate start) {
        return monthly() ? start.plusMonths(1) : start.plusDays(1);
    }

    private boolean monthly() {
        return enpi.step() == Resolution.MONTH;
    }

    private Instant at(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }
}
