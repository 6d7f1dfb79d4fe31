package energy.audit.verifier;

import com.google.protobuf.InvalidProtocolBufferException;
import energy.audit.analysis.report.EnpiRow;
import energy.audit.analysis.report.FigureValue;
import energy.audit.analysis.variable.Aligned;
import energy.audit.analysis.variable.DegreeDayRule;
import energy.audit.analysis.variable.Shift;
import energy.audit.analysis.variable.ShiftCalendar;
import energy.audit.analysis.variable.ShiftPlan;
import energy.audit.analysis.variable.TemperatureSeries;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.LogEntry;
import energy.audit.evidence.wire.ProductionImport;
import energy.audit.evidence.wire.ProductionRow;
import energy.audit.evidence.wire.WeatherImport;
import energy.audit.evidence.wire.WeatherRow;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Production, temperatures and shift plans of the attached entries, and what those in force give over a period.
 * docs/evidence-format.md, sections 6 and 7.
 */
final class ImportedVariables {
    static final Set<EntryKind> KINDS =
            Set.of(EntryKind.PRODUCTION_IMPORT, EntryKind.WEATHER_IMPORT, EntryKind.SHIFT_PLAN);

    private static final String NUMBER = "-?\\d{1,30}(\\.\\d{1,30})?";

    private final List<Logged<ProductionImport>> production = new ArrayList<>();
    private final List<Logged<WeatherImport>> weather = new ArrayList<>();
    private final List<Logged<energy.audit.evidence.wire.ShiftPlan>> shifts = new ArrayList<>();
    private final Map<String, List<Stated>> inForce = new HashMap<>();

    private record Logged<T>(long index, T message) {}

    /** What is said of a time. */
    private record Stated(Instant from, Instant to, BigDecimal value, long entry) {}

    /** In the order of the log. */
    void add(long index, LogEntry entry, String tenant) throws InvalidProtocolBufferException {
        if (entry.getKind() == EntryKind.PRODUCTION_IMPORT) {
            ProductionImport message = ProductionImport.parseFrom(entry.getPayload());
            if (message.getTenant().equals(tenant)) {
                production.add(new Logged<>(index, message));
            }
        } else if (entry.getKind() == EntryKind.WEATHER_IMPORT) {
            WeatherImport message = WeatherImport.parseFrom(entry.getPayload());
            if (message.getTenant().equals(tenant)) {
                weather.add(new Logged<>(index, message));
            }
        } else {
            var message = energy.audit.evidence.wire.ShiftPlan.parseFrom(entry.getPayload());
            if (message.getTenant().equals(tenant)) {
                shifts.add(new Logged<>(index, message));
            }
        }
    }

    /** Those of the entries below a log size. */
    ImportedVariables asOf(long size) {
        ImportedVariables earlier = new ImportedVariables();
        production.stream().filter(each -> each.index() < size).forEach(earlier.production::add);
        weather.stream().filter(each -> each.index() < size).forEach(earlier.weather::add);
        shifts.stream().filter(each -> each.index() < size).forEach(earlier.shifts::add);
        return earlier;
    }

    /** @throws FigureRefused if the origin is no import's, or what is in force contradicts itself */
    FigureValue over(String site, ZoneId zone, String origin, Instant from, Instant to) throws FigureRefused {
        String[] parts = origin.split(":", 3);
        String first = parts.length > 1 ? parts[1] : "";
        try {
            if (parts[0].equals("production") && parts.length == 2) {
                return production(site, first, from, to);
            }
            if (origin.equals("operating-hours")) {
                return figure(calendar(site, zone).operatingHours(from, to), from, to);
            }
            if (parts[0].equals("shift-hours") && parts.length == 2) {
                return figure(calendar(site, zone).shiftHours(first, from, to), from, to);
            }
            if (first.startsWith("weather/")) {
                return figure(weather(site, zone, parts, from, to), from, to);
            }
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw new FigureRefused("its variable " + origin + " cannot be computed: " + e.getMessage());
        }
        throw new FigureRefused("its variable " + origin + " is neither a register's difference nor imported");
    }

    private FigureValue production(String site, String variable, Instant from, Instant to) throws FigureRefused {
        BigDecimal sum = BigDecimal.ZERO;
        Duration covered = Duration.ZERO;
        boolean divided = false;
        for (Stated each : amounts(site, variable)) {
            Instant start = each.from().isBefore(from) ? from : each.from();
            Instant stop = each.to().isAfter(to) ? to : each.to();
            if (start.isBefore(stop)) {
                sum = sum.add(each.value());
                covered = covered.plus(Duration.between(start, stop));
                divided |= !start.equals(each.from()) || !stop.equals(each.to());
            }
        }
        Duration interval = Duration.between(from, to);
        return EnpiRow.imported(
                covered.equals(interval) ? Optional.of(sum) : Optional.empty(),
                (double) covered.toMillis() / interval.toMillis(),
                interval,
                divided);
    }

    private Aligned weather(String site, ZoneId zone, String[] origin, Instant from, Instant to) throws FigureRefused {
        String station = origin[1].substring("weather/".length());
        TemperatureSeries series = new TemperatureSeries(
                temperatures(site, station).stream()
                        .filter(each -> each.from().isBefore(to) && each.to().isAfter(from))
                        .map(each -> new TemperatureSeries.Mean(each.from(), each.to(), each.value(), each.entry()))
                        .toList(),
                zone);
        if (origin[0].equals("mean") && origin.length == 2) {
            return series.mean(from, to);
        }
        for (DegreeDayRule.Side side : DegreeDayRule.Side.values()) {
            if (origin[0].equals(side.text() + "-degrees") && origin.length == 3) {
                return series.degreeDays(DegreeDayRule.parse(side, origin[2]), from, to);
            }
        }
        throw new FigureRefused(
                "its variable " + String.join(":", origin) + " is nothing that follows from temperatures");
    }

    private static FigureValue figure(Aligned aligned, Instant from, Instant to) {
        return EnpiRow.imported(aligned.value(), aligned.coverage(), Duration.between(from, to), false);
    }

    private List<Stated> amounts(String site, String variable) throws FigureRefused {
        String key = "production " + site + " " + variable;
        List<Stated> known = inForce.get(key);
        if (known == null) {
            TreeMap<Long, Map<Long, Optional<Stated>>> newest = new TreeMap<>();
            for (Logged<ProductionImport> each : production) {
                for (ProductionRow row : each.message().getRowsList()) {
                    if (each.message().getSite().equals(site)
                            && row.getVariable().equals(variable)) {
                        state(newest, each.index(), row.getFromMs(), row.getToMs(), row.getValue(), row.getWithdrawn());
                    }
                }
            }
            known = apart(newest.values());
            inForce.put(key, known);
        }
        return known;
    }

    private List<Stated> temperatures(String site, String station) throws FigureRefused {
        String key = "weather " + site + " " + station;
        List<Stated> known = inForce.get(key);
        if (known == null) {
            TreeMap<Long, Map<Long, Optional<Stated>>> newest = new TreeMap<>();
            for (Logged<WeatherImport> each : weather) {
                WeatherImport message = each.message();
                if (message.getSite().equals(site) && message.getStation().equals(station)) {
                    for (WeatherRow row : message.getRowsList()) {
                        state(
                                newest,
                                each.index(),
                                row.getFromMs(),
                                row.getToMs(),
                                row.getTemperature(),
                                row.getWithdrawn());
                    }
                }
            }
            known = apart(newest.values());
            inForce.put(key, known);
        }
        return known;
    }

    /** Of one time the newest entry counts. */
    private static void state(
            TreeMap<Long, Map<Long, Optional<Stated>>> newest,
            long entry,
            long fromMs,
            long toMs,
            String value,
            boolean withdrawn)
            throws FigureRefused {
        if (!withdrawn && (!value.matches(NUMBER) || fromMs >= toMs)) {
            throw new FigureRefused("log entry " + entry + " imports '" + value + "' for a time of " + (toMs - fromMs)
                    + " ms, which cannot be");
        }
        newest.computeIfAbsent(fromMs, from -> new TreeMap<>())
                .put(
                        toMs,
                        withdrawn
                                ? Optional.empty()
                                : Optional.of(new Stated(
                                        Instant.ofEpochMilli(fromMs),
                                        Instant.ofEpochMilli(toMs),
                                        new BigDecimal(value),
                                        entry)));
    }

    /** @throws FigureRefused where two say something of one time */
    private static List<Stated> apart(Collection<Map<Long, Optional<Stated>>> newest) throws FigureRefused {
        List<Stated> all = newest.stream()
                .flatMap(each -> each.values().stream())
                .flatMap(Optional::stream)
                .toList();
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i).from().isBefore(all.get(i - 1).to())) {
                throw new FigureRefused("log entries " + all.get(i - 1).entry() + " and "
                        + all.get(i).entry() + " say two things of "
                        + all.get(i).from());
            }
        }
        return all;
    }

    private ShiftCalendar calendar(String site, ZoneId zone) {
        return new ShiftCalendar(
                shifts.stream()
                        .filter(each -> each.message().getSite().equals(site))
                        .map(each -> plan(each.message(), each.index()))
                        .toList(),
                zone);
    }

    private static ShiftPlan plan(energy.audit.evidence.wire.ShiftPlan message, long index) {
        return new ShiftPlan(
                LocalDate.parse(message.getEffectiveFrom()),
                message.getShiftsList().stream()
                        .map(shift -> new Shift(
                                shift.getName(),
                                shift.getDaysList().stream().map(DayOfWeek::of).collect(Collectors.toSet()),
                                LocalTime.parse(shift.getStart()),
                                LocalTime.parse(shift.getEnd())))
                        .toList(),
                message.getDaysOffList().stream().map(LocalDate::parse).collect(Collectors.toSet()),
                message.getWithdrawn(),
                index);
    }
}
