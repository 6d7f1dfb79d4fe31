package energy.audit.web.consumption;

import energy.audit.analysis.register.Quality;
import energy.audit.consumption.Consumption;
import energy.audit.consumption.EnergyAmount;
import energy.audit.consumption.GaugePoint;
import energy.audit.consumption.ProfilePoint;
import energy.audit.consumption.SiteLive;
import energy.audit.consumption.SourceEnergy;
import energy.audit.ingest.Ingest;
import energy.audit.ingest.StoredGap;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.kernel.SiteId;
import energy.audit.log.TenantLog;
import energy.audit.metering.Channel;
import energy.audit.metering.Meter;
import energy.audit.metering.Metering;
import energy.audit.metering.Site;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Asks the doors for all that the page of a day shows. Runs inside a tenant. */
@ApplicationScoped
class DayReader {
    /** From this coverage on a figure counts as whole. */
    static final double WHOLE = 0.995;

    private static final int DAYS_A_WEEK = 7;
    private static final int MINUTES_A_DAY = 1_440;
    private static final EnergyAmount UNKNOWN = new EnergyAmount(Optional.empty(), Quality.MISSING, 0);

    private final Metering metering;
    private final Consumption consumption;
    private final Ingest ingest;
    private final TenantLog log;
    private final Clock clock;

    @Inject
    DayReader(Metering metering, Consumption consumption, Ingest ingest, TenantLog log, Clock clock) {
        this.metering = metering;
        this.consumption = consumption;
        this.ingest = ingest;
        this.log = log;
        this.clock = clock;
    }

    /** @param asked empty: the day that is running at the site */
    DayView read(SiteId id, Optional<LocalDate> asked) {
        Site site = metering.site(id);
        Instant now = clock.instant();
        LocalDate today = now.atZone(site.zone()).toLocalDate();
        LocalDate day = asked.filter(date -> !date.isAfter(today)).orElse(today);
        boolean running = day.equals(today);
        Instant from = day.atStartOfDay(site.zone()).toInstant();
        SiteLive live = consumption.live(id);
        Instant end = running
                ? live.newest().orElse(now)
                : day.plusDays(1).atStartOfDay(site.zone()).toInstant();
        Instant until = end.isAfter(from) ? end : from.plusMillis(1);
        List<ProfilePoint> profile = consumption.dayProfile(id, day, "electricity").stream()
                .filter(point -> !point.end().isAfter(until))
                .toList();
        List<MeterLine> lines = running ? running(id, live) : past(id, site, day, from, until);
        return new DayView(
                site,
                day,
                running,
                now,
                until,
                running ? live.powerKw() : Optional.empty(),
                live.newest(),
                withGaps(lines, Period.of(from, until)),
                profile,
                consumption.dayProfile(id, day.minusDays(DAYS_A_WEEK), "electricity"),
                running ? livePower(id, profile, from, until) : List.of(),
                consumption.progress(),
                ingest.identity(),
                log.size().entries());
    }

    /** From the end of the last quarter hour that is known, or from the first reading of the day; of one boundary meter. */
    private List<GaugePoint> livePower(SiteId id, List<ProfilePoint> profile, Instant from, Instant until) {
        List<Channel> power = metering.meters(id).stream()
                .filter(meter ->
                        meter.parent().isEmpty() && meter.energySource().equals("electricity"))
                .flatMap(meter -> meter.channels().stream())
                .filter(channel -> channel.quantity().equals("active-power"))
                .toList();
        Instant known = profile.stream()
                .filter(point -> point.energyKwh().value().isPresent())
                .map(ProfilePoint::end)
                .max(Instant::compareTo)
                .orElse(from);
        return power.size() != 1 || !known.isBefore(until)
                ? List.of()
                : consumption.gauge(power.get(0).id(), Period.of(known, until.plusMillis(1)), MINUTES_A_DAY);
    }

    private List<MeterLine> running(SiteId id, SiteLive live) {
        Map<String, Meter> described =
                metering.meters(id).stream().collect(Collectors.toMap(Meter::id, Function.identity()));
        List<MeterLine> lines = new ArrayList<>();
        for (SiteLive.MeterLive each : live.meters()) {
            Optional<Channel> energy =
                    Optional.ofNullable(described.get(each.meter())).flatMap(DayReader::energyRegister);
            if (energy.isPresent()) {
                lines.add(new MeterLine(
                        each.meter(),
                        each.name(),
                        each.energySource(),
                        each.parent(),
                        each.parent().isEmpty(),
                        energy.get().id().value(),
                        each.todayKwh(),
                        each.lastWeekKwh(),
                        register(each, energy.get()),
                        List.of()));
            }
        }
        return lines;
    }

    private List<MeterLine> past(SiteId id, Site site, LocalDate day, Instant from, Instant until) {
        LocalDate before = day.minusDays(DAYS_A_WEEK);
        Map<String, EnergyAmount> weekBefore = consumption
                .energyBySource(
                        id,
                        Period.of(
                                before.atStartOfDay(site.zone()).toInstant(),
                                before.plusDays(1).atStartOfDay(site.zone()).toInstant()))
                .stream()
                .flatMap(source -> source.meters().stream())
                .collect(Collectors.toMap(SourceEnergy.MeterEnergy::channel, SourceEnergy.MeterEnergy::energyKwh));
        List<MeterLine> lines = new ArrayList<>();
        for (SourceEnergy source : consumption.energyBySource(id, Period.of(from, until))) {
            for (SourceEnergy.MeterEnergy meter : source.meters()) {
                lines.add(new MeterLine(
                        meter.meter(),
                        meter.name(),
                        source.source(),
                        meter.parent(),
                        meter.boundary(),
                        meter.channel(),
                        meter.energyKwh(),
                        weekBefore.getOrDefault(meter.channel(), UNKNOWN),
                        Optional.empty(),
                        List.of()));
            }
        }
        return lines;
    }

    private List<MeterLine> withGaps(List<MeterLine> lines, Period period) {
        return lines.stream()
                .map(line -> line.day().coverage() >= WHOLE ? line : line.with(gaps(line, period)))
                .toList();
    }

    private List<StoredGap> gaps(MeterLine line, Period period) {
        return ingest.gaps(ChannelId.of(line.channel()), period, LogSize.NEWEST);
    }

    private static Optional<MeterLine.Register> register(SiteLive.MeterLive live, Channel channel) {
        return live.values().stream()
                .filter(value -> value.channel().equals(channel.id().value()))
                .flatMap(value -> value.value().stream()
                        .map(shown -> new MeterLine.Register(
                                value.at(), shown, value.unit(), decimals(channel.multiplier()), value.logIndex())))
                .findFirst();
    }

    /** Decimals that the register's own resolution has. */
    private static int decimals(BigDecimal multiplier) {
        return Math.max(0, multiplier.stripTrailingZeros().scale());
    }

    private static Optional<Channel> energyRegister(Meter meter) {
        return meter.channels().stream()
                .filter(channel -> channel.counter()
                        && !channel.isFloat()
                        && channel.energyKwhPerUnit().isPresent())
                .findFirst();
    }
}
