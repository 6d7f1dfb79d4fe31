package energy.audit.performance;

import energy.audit.analysis.register.Quality;
import energy.audit.consumption.Consumption;
import energy.audit.consumption.GaugePoint;
import energy.audit.consumption.Interval;
import energy.audit.consumption.Resolution;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
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
    private final EnpiDefinition enpi;
    private final ZoneId zone;
    private final LogSize asKnownAt;

    PeriodReader(Consumption consumption, EnpiDefinition enpi, ZoneId zone, LogSize asKnownAt) {
        this.consumption = consumption;
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
        Map<String, Map<LocalDate, BigDecimal>> variables = new HashMap<>();
        enpi.variables().forEach(variable -> variables.put(variable.id(), values(variable, starts, all)));
        List<PeriodRow> rows = new ArrayList<>();
        for (LocalDate start : starts) {
            rows.add(row(start, energies, variables));
        }
        return rows;
    }

    private PeriodRow row(
            LocalDate day, List<Map<Instant, Interval>> energies, Map<String, Map<LocalDate, BigDecimal>> variables) {
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
        for (RelevantVariable variable : enpi.variables()) {
            Optional.ofNullable(variables.getOrDefault(variable.id(), Map.of()).get(day))
                    .ifPresentOrElse(
                            value -> values.put(variable.id(), value), () -> without.add("value of " + variable.id()));
        }
        return new PeriodRow(
                day,
                at(day),
                at(next(day)),
                measured ? Optional.of(energy.stripTrailingZeros()) : Optional.empty(),
                worst,
                values,
                without.isEmpty() ? "" : "no " + String.join(", no ", without));
    }

    private Map<LocalDate, BigDecimal> values(RelevantVariable variable, List<LocalDate> starts, Period all) {
        Map<LocalDate, BigDecimal> values = new HashMap<>();
        if (variable.origin() == RelevantVariable.Origin.AMOUNT) {
            Map<Instant, Interval> amounts = amounts(variable.channel(), all);
            for (LocalDate start : starts) {
                Optional.ofNullable(amounts.get(at(start)))
                        .filter(PeriodReader::whole)
                        .flatMap(Interval::amount)
                        .ifPresent(amount -> values.put(start, amount.stripTrailingZeros()));
            }
            return values;
        }
        Map<LocalDate, Double> days = dailyMeans(variable.channel(), all);
        double base = variable.base().orElse(BigDecimal.ZERO).doubleValue();
        ToDoubleFunction<Double> ofDay = switch (variable.origin()) {
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
                double value = variable.origin() == RelevantVariable.Origin.MEAN ? sum / count : sum;
                values.put(
                        start,
                        new BigDecimal(value)
                                .round(DIGITS)
                                .setScale(6, java.math.RoundingMode.HALF_EVEN)
                                .stripTrailingZeros());
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
