package energy.audit.variables;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.analysis.variable.Aligned;
import energy.audit.analysis.variable.DegreeDayRule;
import energy.audit.analysis.variable.ShiftCalendar;
import energy.audit.analysis.variable.TemperatureSeries;
import energy.audit.evidence.Hash;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.ProductionImport;
import energy.audit.evidence.wire.ShiftPlan;
import energy.audit.evidence.wire.WeatherImport;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.log.EntryDraft;
import energy.audit.log.StoredEntry;
import energy.audit.log.TenantLog;
import energy.audit.metering.Metering;
import energy.audit.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** Takes in what other systems know of production, weather and shifts, and answers for any period. */
@ApplicationScoped
public class Variables {
    private static final MathContext DIGITS = new MathContext(34, RoundingMode.HALF_EVEN);

    private final Access access;
    private final TenantLog log;
    private final Metering metering;
    private final VariableTable table;
    private final Weather weather;
    private final Shifts shifts;

    @Inject
    public Variables(Tenancy tenancy, Access access, TenantLog log, Metering metering) {
        this.access = access;
        this.log = log;
        this.metering = metering;
        this.table = new VariableTable(tenancy);
        this.weather = new Weather(tenancy, access, log);
        this.shifts = new Shifts(access, log);
    }

    /** Enters a delivery in the log, its rows numbered from 1. */
    public long importValues(ProductionImport delivery) {
        access.require(Permission.IMPORT_PRODUCTION);
        return importValues(delivery, numbered(delivery.getRowsCount()));
    }

    /**
     * Enters a delivery in the log.
     *
     * @param numbers of the rows as the sender counts them
     * @return index of its entry; of the first one when it was delivered before
     * @throws Refusal BAD_ROWS naming every bad row; IMPORT_ID_USED when the same number came with other rows
     */
    public long importValues(ProductionImport delivery, List<Integer> numbers) {
        access.require(Permission.IMPORT_PRODUCTION);
        SiteId site = SiteId.of(delivery.getSite());
        metering.site(site);
        byte[] content = delivery.toByteArray();
        log.lock();
        Optional<VariableTable.Known> known = table.known(site, delivery.getSource(), delivery.getImportId());
        if (known.isPresent()) {
            return sameAgain(known.get(), content, "import " + delivery.getImportId() + " of " + delivery.getSource());
        }
        new RowCheck(delivery, numbers, table.newest(site, LogSize.NEWEST)).check();
        long index = log.append(new EntryDraft(EntryKind.PRODUCTION_IMPORT, access.actor(), content));
        table.insert(index, site, delivery, Hash.sha256(content));
        return index;
    }

    /** Enters temperatures of a station in the log, the rows numbered from 1. */
    public long importWeather(WeatherImport delivery) {
        access.require(Permission.IMPORT_PRODUCTION);
        return importWeather(delivery, numbered(delivery.getRowsCount()));
    }

    /**
     * Enters temperatures of a station in the log.
     *
     * @param numbers of the rows as the sender counts them
     * @return index of its entry; of the first one when it was delivered before
     * @throws Refusal BAD_ROWS naming every bad row; IMPORT_ID_USED when the same number came with other rows
     */
    public long importWeather(WeatherImport delivery, List<Integer> numbers) {
        access.require(Permission.IMPORT_PRODUCTION);
        SiteId site = SiteId.of(delivery.getSite());
        metering.site(site);
        return weather.take(site, delivery, numbers);
    }

    /** Enters a shift plan in the log; what the plan in force of that day says already makes no new entry. */
    public long planShifts(ShiftPlan plan) {
        access.require(Permission.IMPORT_PRODUCTION);
        SiteId site = SiteId.of(plan.getSite());
        metering.site(site);
        return shifts.plan(site, plan);
    }

    static long sameAgain(VariableTable.Known known, byte[] content, String what) {
        if (known.sha256().equals(Hash.sha256(content))) {
            return known.logIndex();
        }
        throw Refusal.conflict(
                "IMPORT_ID_USED",
                what,
                "log entry " + known.logIndex() + " is that import and says something else",
                "Send a correction under a number of its own.");
    }

    private static List<Integer> numbered(int rows) {
        return IntStream.rangeClosed(1, rows).boxed().toList();
    }

    /** Temperatures in force whose time touches a period, ascending. */
    public List<Temperature> temperatures(SiteId site, String station, Period period, LogSize asKnownAt) {
        access.require(Permission.SEE);
        metering.site(site);
        return weather.values(site, station, period, asKnownAt);
    }

    /** The weather stations of a site. */
    public List<StationSummary> stations(SiteId site) {
        access.require(Permission.SEE);
        metering.site(site);
        return weather.stations(site);
    }

    /** Every shift plan of a site in the order of the log. */
    public List<PlannedShifts> shiftPlans(SiteId site, LogSize asKnownAt) {
        access.require(Permission.SEE);
        metering.site(site);
        return shifts.plans(site, asKnownAt);
    }

    /** Times of a variable that were delivered more than once, newest first, each with all its versions, oldest first. */
    public List<ValueVersion> versions(SiteId site, String variable) {
        access.require(Permission.SEE);
        metering.site(site);
        return table.versions(site, variable);
    }

    /** Production and weather imports of a site, newest first. */
    public List<Delivery> deliveries(SiteId site, LogSize asKnownAt, int most) {
        access.require(Permission.SEE);
        metering.site(site);
        List<VariableTable.Import> imports = table.imports(site, asKnownAt, most);
        Map<Long, StoredEntry> entries = new HashMap<>();
        log.entries(imports.stream().map(VariableTable.Import::logIndex).toList())
                .forEach(entry -> entries.put(entry.index(), entry));
        return imports.stream()
                .map(each -> {
                    StoredEntry entry = Objects.requireNonNull(entries.get(each.logIndex()));
                    return new Delivery(
                            each.logIndex(),
                            each.kind(),
                            each.source(),
                            each.importId(),
                            each.rows(),
                            entry.actor(),
                            entry.admittedAt());
                })
                .toList();
    }

    /** What a site's imports and plans can say about a period, for whoever chooses. */
    public List<VariableSource> sources(SiteId site, BigDecimal heatingBase, BigDecimal coolingBase) {
        access.require(Permission.SEE);
        List<VariableSource> sources = new ArrayList<>();
        variables(site).forEach(each -> sources.add(new VariableSource.Production(each.variable())));
        for (StationSummary each : stations(site)) {
            sources.add(new VariableSource.MeanTemperature(each.station()));
            sources.add(new VariableSource.DegreeDays(
                    each.station(),
                    DegreeDayRule.of(
                            DegreeDayRule.Side.HEATING,
                            heatingBase,
                            Optional.empty(),
                            DegreeDayRule.Method.DAILY_MEAN)));
            sources.add(new VariableSource.DegreeDays(
                    each.station(),
                    DegreeDayRule.of(
                            DegreeDayRule.Side.COOLING,
                            coolingBase,
                            Optional.empty(),
                            DegreeDayRule.Method.DAILY_MEAN)));
        }
        ShiftCalendar calendar = shifts.calendar(site, metering.site(site).zone(), LogSize.NEWEST);
        if (!calendar.inForce().isEmpty()) {
            sources.add(new VariableSource.OperatingHours());
            calendar.names().forEach(name -> sources.add(new VariableSource.ShiftHours(name)));
        }
        return sources;
    }

    /**
     * The unit of a source's values.
     *
     * @throws Refusal UNKNOWN_VARIABLE where nothing was imported that could say anything of it
     */
    public String unit(SiteId site, VariableSource source) {
        access.require(Permission.SEE);
        List<String> known;
        String name;
        if (source instanceof VariableSource.Production production) {
            List<VariableSummary> all = variables(site);
            Optional<VariableSummary> one = all.stream()
                    .filter(each -> each.variable().equals(production.variable()))
                    .findFirst();
            if (one.isPresent()) {
                return one.get().unit();
            }
            name = production.variable();
            known = all.stream().map(VariableSummary::variable).toList();
        } else if (source instanceof VariableSource.ShiftHours hours) {
            name = hours.shift();
            known = List.copyOf(shifts.calendar(site, metering.site(site).zone(), LogSize.NEWEST)
                    .names());
        } else if (source instanceof VariableSource.OperatingHours) {
            name = "shift plan";
            known = shifts.calendar(site, metering.site(site).zone(), LogSize.NEWEST)
                            .inForce()
                            .isEmpty()
                    ? List.of()
                    : List.of(name);
        } else {
            name = source instanceof VariableSource.DegreeDays days
                    ? days.station()
                    : ((VariableSource.MeanTemperature) source).station();
            known = stations(site).stream().map(StationSummary::station).toList();
        }
        if (!known.contains(name)) {
            throw Refusal.invalid(
                    "UNKNOWN_VARIABLE",
                    "variable " + source.text() + " of site " + site,
                    "nothing was imported for " + name
                            + (known.isEmpty() ? "" : "; there is " + String.join(", ", known)),
                    "Import it first, or choose another.");
        }
        return source.unit();
    }

    /**
     * Anything of a site for the periods between boundaries.
     *
     * @param boundaries ascending, two or more
     * @throws Refusal BAD_PERIODS where degree days from daily means are asked for parts of days
     */
    public List<AlignedValue> aligned(SiteId site, VariableSource source, List<Instant> boundaries, LogSize asKnownAt) {
        access.require(Permission.SEE);
        if (source instanceof VariableSource.Production production) {
            return aligned(site, production.variable(), boundaries, asKnownAt);
        }
        ZoneId zone = metering.site(site).zone();
        Period all = Period.of(boundaries.get(0), boundaries.get(boundaries.size() - 1));
        BiFunction<Instant, Instant, Aligned> over;
        if (source instanceof VariableSource.MeanTemperature mean) {
            over = weather.series(site, mean.station(), all, zone, asKnownAt)::mean;
        } else if (source instanceof VariableSource.DegreeDays days) {
            TemperatureSeries series = weather.series(site, days.station(), all, zone, asKnownAt);
            over = (from, to) -> series.degreeDays(days.rule(), from, to);
        } else if (source instanceof VariableSource.ShiftHours hours) {
            ShiftCalendar calendar = shifts.calendar(site, zone, asKnownAt);
            over = (from, to) -> calendar.shiftHours(hours.shift(), from, to);
        } else {
            over = shifts.calendar(site, zone, asKnownAt)::operatingHours;
        }
        List<AlignedValue> values = new ArrayList<>();
        for (int i = 1; i < boundaries.size(); i++) {
            Period period = Period.of(boundaries.get(i - 1), boundaries.get(i));
            try {
                Aligned value = over.apply(period.from(), period.to());
                values.add(new AlignedValue(period, value.value(), value.coverage(), value.split(), value.entries()));
            } catch (IllegalArgumentException e) {
                throw Refusal.invalid(
                        "BAD_PERIODS",
                        "degree days of " + site,
                        String.valueOf(e.getMessage()),
                        "Ask for whole days, or for the hourly method.");
            }
        }
        return values;
    }

    /** Values in force whose periods touch a period, ascending. */
    public List<VariableValue> values(SiteId site, String variable, Period period, LogSize asKnownAt) {
        access.require(Permission.SEE);
        metering.site(site);
        return table.newest(site, asKnownAt).stream()
                .filter(value ->
                        value.variable().equals(variable) && value.value().isPresent())
                .filter(value -> value.period().from().isBefore(period.to())
                        && value.period().to().isAfter(period.from()))
                .toList();
    }

    /** A variable that adds up over time, for the periods between boundaries. @param boundaries ascending, two or more */
    public List<AlignedValue> aligned(SiteId site, String variable, List<Instant> boundaries, LogSize asKnownAt) {
        List<VariableValue> values =
                values(site, variable, Period.of(boundaries.get(0), boundaries.get(boundaries.size() - 1)), asKnownAt);
        List<AlignedValue> aligned = new ArrayList<>();
        for (int i = 1; i < boundaries.size(); i++) {
            aligned.add(aligned(Period.of(boundaries.get(i - 1), boundaries.get(i)), values));
        }
        return aligned;
    }

    private static AlignedValue aligned(Period period, List<VariableValue> values) {
        Set<Long> entries = new TreeSet<>();
        BigDecimal sum = BigDecimal.ZERO;
        Duration covered = Duration.ZERO;
        boolean split = false;
        for (VariableValue value : values) {
            Instant from = later(period.from(), value.period().from());
            Instant to = earlier(period.to(), value.period().to());
            if (from.isBefore(to)) {
                Duration inside = Duration.between(from, to);
                boolean whole = inside.equals(value.period().duration());
                BigDecimal amount = value.value().orElseThrow();
                sum = sum.add(
                        whole ? amount : share(amount, inside, value.period().duration()));
                covered = covered.plus(inside);
                split |= !whole;
                entries.add(value.logIndex());
            }
        }
        double coverage = (double) covered.toMillis() / period.duration().toMillis();
        boolean complete = covered.equals(period.duration());
        return new AlignedValue(
                period, complete ? Optional.of(sum) : Optional.empty(), coverage, split, List.copyOf(entries));
    }

    private static BigDecimal share(BigDecimal amount, Duration inside, Duration whole) {
        return amount.multiply(BigDecimal.valueOf(inside.toMillis()))
                .divide(BigDecimal.valueOf(whole.toMillis()), DIGITS);
    }

    /** The variables of a site. */
    public List<VariableSummary> variables(SiteId site) {
        access.require(Permission.SEE);
        metering.site(site);
        return table.summaries(site);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
