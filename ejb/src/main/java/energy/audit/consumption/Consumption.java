package energy.audit.consumption;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.analysis.derived.Amount;
import energy.audit.analysis.register.Boundaries;
import energy.audit.analysis.register.Quality;
import energy.audit.consumption.IntervalTable.Derived;
import energy.audit.consumption.SourceEnergy.MeterEnergy;
import energy.audit.evidence.ExchangesInForce;
import energy.audit.evidence.wire.MeterExchange;
import energy.audit.ingest.Ingest;
import energy.audit.ingest.Readings;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.metering.Channel;
import energy.audit.metering.Meter;
import energy.audit.metering.Metering;
import energy.audit.metering.Site;
import energy.audit.metering.SiteConfiguration;
import energy.audit.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How much was consumed, when, and how complete that is known. Answers come from the newest interval revisions; where a
 * question names a log size, they are derived from the readings of exactly that prefix.
 */
@ApplicationScoped
public class Consumption {
    private final Access access;
    private final Metering metering;
    private final Ingest ingest;
    private final Clock clock;
    private final IntervalTable table;
    private final EnergyOf energyOf;
    private final Derivation derivation;

    @Inject
    public Consumption(Tenancy tenancy, Access access, Metering metering, Ingest ingest, Clock clock) {
        this.access = access;
        this.metering = metering;
        this.ingest = ingest;
        this.clock = clock;
        this.table = new IntervalTable(tenancy);
        this.energyOf = new EnergyOf(table, ingest);
        this.derivation = new Derivation(table, ingest, metering);
    }

    /**
     * Intervals of a counter that lie in a period, ascending, newest revision each. Intervals without data at all are
     * left out; those with some are there with their quality.
     *
     * @param period intervals that begin in it
     * @param asKnownAt {@link LogSize#NEWEST}: as derived; else derived now from the readings below that size
     * @throws Refusal NO_COUNTER when the channel is not configured as a whole-number counter
     */
    public List<Interval> intervals(ChannelId channel, Resolution resolution, Period period, LogSize asKnownAt) {
        access.require(Permission.SEE);
        Counter counter = counter(channel, asKnownAt);
        return asKnownAt.isNewest() && counter.keeps(resolution)
                ? table.latest(counter.channel().number(), resolution, period.from(), period.to())
                : derived(counter, resolution, period, asKnownAt);
    }

    /**
     * Intervals for a chart: the finest length that gives at most {@code points} of them.
     *
     * @param points 2 or more; about 2,000 is what a chart can show
     */
    public Series series(ChannelId channel, Period period, int points) {
        access.require(Permission.SEE);
        Resolution fitting = Resolution.MONTH;
        for (Resolution resolution : Resolution.values()) {
            if (period.duration().dividedBy(resolution.about()) <= points) {
                fitting = resolution;
                break;
            }
        }
        return new Series(fitting, intervals(channel, fitting, period, LogSize.NEWEST));
    }

    /**
     * A gauge's readings for a chart: mean, least and most in up to {@code points} stretches of equal length, no shorter
     * than a minute. Stretches without a reading have no point.
     */
    public List<GaugePoint> gauge(ChannelId channel, Period period, int points) {
        return gauge(channel, period, points, LogSize.NEWEST);
    }

    /** The same from the readings below a log size. */
    public List<GaugePoint> gauge(ChannelId channel, Period period, int points, LogSize asKnownAt) {
        access.require(Permission.SEE);
        Channel gauge = configured(channel);
        long width = Math.max(60_000, period.duration().toMillis() / Math.max(1, points));
        width = (width + 59_999) / 60_000 * 60_000;
        Readings readings = ingest.readings(channel, period, asKnownAt);
        GaugeBuckets buckets = new GaugeBuckets(period.from(), width);
        for (int i = 0; i < readings.size(); i++) {
            Optional<BigDecimal> value = gauge.scaled(readings.counts()[i]);
            if (value.isPresent()) {
                buckets.add(readings.atMs()[i], value.get().doubleValue());
            }
        }
        return buckets.points();
    }

    /**
     * Quarter hours of a local day at the site's boundary: energy of all its meters of a source that have no meter above
     * them. Quarter hours that have not come yet are left out.
     *
     * @param source electricity, gas, …
     */
    public List<ProfilePoint> dayProfile(SiteId site, LocalDate day, String source) {
        access.require(Permission.SEE);
        Site place = metering.site(site);
        Instant from = day.atStartOfDay(place.zone()).toInstant();
        Instant to = day.plusDays(1).atStartOfDay(place.zone()).toInstant();
        List<Channel> channels = boundary(site, source);
        Map<Instant, List<Interval>> byStart = new java.util.TreeMap<>();
        for (Channel channel : channels) {
            for (Interval interval : table.latest(channel.number(), Resolution.QUARTER_HOUR, from, to)) {
                byStart.computeIfAbsent(interval.start(), start -> new ArrayList<>())
                        .add(interval);
            }
        }
        List<ProfilePoint> profile = new ArrayList<>();
        byStart.forEach((start, parts) -> {
            List<EnergyAmount> amounts =
                    new ArrayList<>(parts.stream().map(EnergyOf::amount).toList());
            for (int absent = parts.size(); absent < channels.size(); absent++) {
                amounts.add(EnergyAmount.NONE);
            }
            profile.add(new ProfilePoint(start, parts.get(0).end(), EnergyOf.sum(amounts)));
        });
        return profile;
    }

    /**
     * Energy of a site by source over any period, from the registers at its two ends. Sub-meters are listed and not
     * added a second time.
     */
    public List<SourceEnergy> energyBySource(SiteId site, Period period) {
        access.require(Permission.SEE);
        Map<String, List<MeterEnergy>> bySource = new LinkedHashMap<>();
        for (EnergyMeter each : energyMeters(site)) {
            EnergyAmount amount = energyOf.over(counter(each.channel().id(), LogSize.NEWEST), period);
            bySource.computeIfAbsent(each.meter().energySource(), source -> new ArrayList<>())
                    .add(new MeterEnergy(
                            each.meter().id(),
                            each.meter().name(),
                            each.channel().id().value(),
                            each.meter().parent().orElse(""),
                            each.boundary(),
                            amount));
        }
        List<SourceEnergy> sources = new ArrayList<>();
        bySource.forEach((source, meters) -> sources.add(new SourceEnergy(
                source,
                EnergyOf.sum(meters.stream()
                        .filter(MeterEnergy::boundary)
                        .map(MeterEnergy::energyKwh)
                        .toList()),
                meters)));
        return sources;
    }

    /** Energy of a source at the boundary of a site over a period, kWh. @param source electricity, gas, … */
    public EnergyAmount boundaryEnergy(SiteId site, String source, Period period) {
        access.require(Permission.SEE);
        return EnergyOf.sum(boundary(site, source).stream()
                .map(channel -> energyOf.over(counter(channel.id(), LogSize.NEWEST), period))
                .toList());
    }

    /** Sources of energy that are measured at the boundary of a site. */
    public List<String> boundarySources(SiteId site) {
        access.require(Permission.SEE);
        return energyMeters(site).stream()
                .filter(EnergyMeter::boundary)
                .map(each -> each.meter().energySource())
                .distinct()
                .toList();
    }

    /**
     * Energy of a source at the boundary of a site, kWh, for each quarter hour of a period; where a meter has no figure the
     * quarter hour has none either.
     */
    public List<Amount> quarterHours(SiteId site, String source, Period period) {
        access.require(Permission.SEE);
        return QuarterHours.of(table, boundary(site, source), period);
    }

    private List<Channel> boundary(SiteId site, String source) {
        return energyMeters(site).stream()
                .filter(each -> each.boundary() && each.meter().energySource().equals(source))
                .map(EnergyMeter::channel)
                .toList();
    }

    /** How complete each counter of a site is in a period. */
    public List<ChannelCoverage> coverage(SiteId site, Period period) {
        access.require(Permission.SEE);
        Map<Integer, ChannelId> counters = new LinkedHashMap<>();
        for (Channel channel : metering.channels(site)) {
            if (channel.counter() && !channel.isFloat()) {
                counters.put(channel.number(), channel.id());
            }
        }
        Map<Integer, IntervalTable.HourCount> counts = new LinkedHashMap<>();
        table.hours(counters.keySet(), period).forEach(count -> counts.put(count.channelNumber(), count));
        double hours = Math.max(1, period.duration().toMinutes() / 60.0);
        List<ChannelCoverage> coverage = new ArrayList<>();
        counters.forEach((number, id) -> {
            IntervalTable.HourCount count = counts.get(number);
            coverage.add(
                    count == null
                            ? new ChannelCoverage(id, 0, 0, 0, 0, 0)
                            : new ChannelCoverage(
                                    id,
                                    Math.min(1, count.covered() / hours),
                                    count.intervals(),
                                    count.estimated(),
                                    count.partial(),
                                    count.missing()));
        });
        return coverage;
    }

    /**
     * Derives a counter's intervals of a period anew, and the days and months they belong to; appends what differs.
     *
     * @return revisions appended; empty while another worker derives for the tenant
     */
    public OptionalInt rederive(ChannelId channel, Period period) {
        access.require(Permission.DERIVE);
        if (!table.claimTenant()) {
            return OptionalInt.empty();
        }
        List<Instant> hours = new ArrayList<>();
        Instant hour = period.from().truncatedTo(ChronoUnit.HOURS);
        for (; hour.isBefore(period.to()); hour = hour.plus(1, ChronoUnit.HOURS)) {
            hours.add(hour);
        }
        return OptionalInt.of(derivation.derive(counter(channel, LogSize.NEWEST), hours));
    }

    /** How far the derivation is for the tenant; its share grows while history streams in. */
    public Progress progress() {
        access.require(Permission.SEE);
        List<Integer> boundary = new ArrayList<>();
        for (Site site : metering.sites()) {
            energyMeters(site.id()).stream()
                    .filter(EnergyMeter::boundary)
                    .forEach(each -> boundary.add(each.channel().number()));
        }
        long open = ingest.touchedCount();
        Derived derived = table.derived(boundary);
        long expected = derived.from()
                .map(from -> Duration.between(from, clock.instant()).toHours() * boundary.size())
                .orElse(0L);
        return new Progress(open, derived.hours(), Math.max(0, expected), derived.from(), derived.to());
    }

    /** The newest readings of a site, and what they add up to since local midnight. */
    public SiteLive live(SiteId site) {
        access.require(Permission.SEE);
        Site place = metering.site(site);
        return new LiveView(ingest, energyOf, this::newestCounter).of(place, metering.meters(site), clock.instant());
    }

    /** What the readings say of a meter exchange that is not entered yet; registers that are no counters are left out. */
    public List<ExchangeCheck> check(MeterExchange exchange) {
        access.require(Permission.SEE);
        SiteId site = SiteId.of(exchange.getSite());
        List<SiteConfiguration> configurations = metering.configurations(site, LogSize.NEWEST);
        ExchangesInForce none = new ExchangesInForce();
        return new ExchangeExamination(ingest, channel -> Counter.of(channel, configurations, none)).of(exchange);
    }

    /** @throws Refusal IMPLAUSIBLE_COUNT naming the first count that does not fit the readings next to it */
    public void requirePlausible(MeterExchange exchange) {
        for (ExchangeCheck check : check(exchange)) {
            for (ExchangeCheck.Doubt doubt : check.doubts()) {
                throw Refusal.invalid(
                        "IMPLAUSIBLE_COUNT",
                        "exchange of meter " + exchange.getMeter() + " of " + exchange.getSite() + ", field registers["
                                + check.index() + "]." + doubt.count().field() + " = " + doubt.given(),
                        "the agent read " + doubt.reading().count() + " at "
                                + doubt.reading().at() + "; the register would have "
                                + (doubt.kind() == ExchangeCheck.Kind.BACKWARDS
                                        ? "run backwards"
                                        : "counted more than its meter can in that time"),
                        "Read again, and correct count or time; if both are true, send it with confirmed: true.");
            }
        }
    }

    private List<Interval> derived(Counter counter, Resolution resolution, Period period, LogSize asKnownAt) {
        Instant from = Boundaries.floor(period.from(), resolution.step(), counter.zone());
        List<Instant> boundaries = Boundaries.of(from, period.to(), resolution.step(), counter.zone());
        Period read = Period.of(from.minus(Derivation.REACH), period.to().plus(Derivation.REACH));
        Readings readings =
                ingest.readingsAround(counter.channel().id(), read, asKnownAt).all();
        if (readings.size() == 0) {
            return List.of();
        }
        long newest = Arrays.stream(readings.atMs()).max().orElse(0);
        List<Instant> known =
                boundaries.stream().filter(at -> at.toEpochMilli() <= newest).toList();
        return known.size() < 2
                ? List.of()
                : counter.over(readings, known).stream()
                        .filter(each -> !each.start().isBefore(period.from()))
                        .filter(each -> each.counts().isPresent() || each.end().toEpochMilli() > readings.atMs()[0])
                        .toList();
    }

    private Counter newestCounter(ChannelId channel) {
        return counter(channel, LogSize.NEWEST);
    }

    private Counter counter(ChannelId channel, LogSize asKnownAt) {
        return Counter.of(
                        channel,
                        metering.configurations(channel.site(), asKnownAt),
                        metering.exchangesInForce(channel.site(), asKnownAt))
                .orElseThrow(() -> Refusal.notFound(
                        "NO_COUNTER",
                        "channel " + channel,
                        "it is not configured as a register that counts up in whole numbers",
                        "Ask for its readings, or look at the site's metering configuration."));
    }

    private Channel configured(ChannelId channel) {
        return metering.channel(channel)
                .orElseThrow(() -> Refusal.notFound(
                        "NO_CHANNEL",
                        "channel " + channel,
                        "no metering configuration of its site names it",
                        "Look at the site's list of meters."));
    }

    /** A meter and its register that counts energy. */
    private record EnergyMeter(Meter meter, Channel channel, boolean boundary) {}

    private List<EnergyMeter> energyMeters(SiteId site) {
        List<EnergyMeter> energyMeters = new ArrayList<>();
        for (Meter meter : metering.meters(site)) {
            energyRegister(meter)
                    .ifPresent(channel -> energyMeters.add(
                            new EnergyMeter(meter, channel, meter.parent().isEmpty())));
        }
        return energyMeters;
    }

    static Optional<Channel> energyRegister(Meter meter) {
        return meter.channels().stream()
                .filter(channel -> channel.counter()
                        && !channel.isFloat()
                        && channel.energyKwhPerUnit().isPresent())
                .findFirst();
    }

    static Quality worse(Quality one, Quality other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
