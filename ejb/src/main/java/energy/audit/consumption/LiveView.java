package energy.audit.consumption;

import energy.audit.consumption.SiteLive.ChannelLive;
import energy.audit.consumption.SiteLive.MeterLive;
import energy.audit.ingest.Ingest;
import energy.audit.ingest.Reading;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.Period;
import energy.audit.metering.Channel;
import energy.audit.metering.Meter;
import energy.audit.metering.Site;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Puts a site's newest readings together. */
final class LiveView {
    private final Ingest ingest;
    private final EnergyOf energyOf;
    private final Function<ChannelId, Counter> counters;

    LiveView(Ingest ingest, EnergyOf energyOf, Function<ChannelId, Counter> counters) {
        this.ingest = ingest;
        this.energyOf = energyOf;
        this.counters = counters;
    }

    SiteLive of(Site site, List<Meter> meters, Instant now) {
        List<ChannelId> channels = meters.stream()
                .flatMap(meter -> meter.channels().stream())
                .map(Channel::id)
                .toList();
        Map<ChannelId, Reading> latest = ingest.latest(channels);
        Optional<Instant> newest = latest.values().stream().map(Reading::at).max(Instant::compareTo);
        List<MeterLive> lives = new ArrayList<>();
        for (Meter meter : meters) {
            lives.add(meter(meter, site.zone(), latest, now));
        }
        List<MeterLive> boundary = lives.stream()
                .filter(meter ->
                        meter.parent().isEmpty() && meter.energySource().equals("electricity"))
                .toList();
        return new SiteLive(
                site.id(),
                site.zone(),
                now,
                newest,
                power(boundary),
                EnergyOf.sum(boundary.stream().map(MeterLive::todayKwh).toList()),
                EnergyOf.sum(boundary.stream().map(MeterLive::lastWeekKwh).toList()),
                lives);
    }

    private MeterLive meter(Meter meter, ZoneId zone, Map<ChannelId, Reading> latest, Instant now) {
        List<ChannelLive> values = new ArrayList<>();
        for (Channel channel : meter.channels()) {
            Reading reading = latest.get(channel.id());
            if (reading != null) {
                values.add(new ChannelLive(
                        channel.id().value(),
                        channel.quantity(),
                        channel.unit(),
                        reading.at(),
                        reading.count(),
                        channel.scaled(reading.count()),
                        reading.logIndex()));
            }
        }
        EnergyAmount today = EnergyAmount.NONE;
        EnergyAmount lastWeek = EnergyAmount.NONE;
        Optional<Channel> register = Consumption.energyRegister(meter);
        if (register.isPresent() && latest.containsKey(register.get().id())) {
            Counter counter = counters.apply(register.get().id());
            Instant until = latest.get(register.get().id()).at();
            LocalDate day = now.atZone(zone).toLocalDate();
            today = since(counter, day, until, zone);
            ZonedDateTime weekAgo = until.atZone(zone).minusDays(7);
            lastWeek = since(counter, day.minusDays(7), weekAgo.toInstant(), zone);
        }
        return new MeterLive(
                meter.id(), meter.name(), meter.energySource(), meter.parent().orElse(""), today, lastWeek, values);
    }

    private EnergyAmount since(Counter counter, LocalDate day, Instant until, ZoneId zone) {
        Instant midnight = day.atStartOfDay(zone).toInstant();
        return midnight.isBefore(until) ? energyOf.over(counter, Period.of(midnight, until)) : EnergyAmount.NONE;
    }

    private static Optional<BigDecimal> power(List<MeterLive> boundary) {
        BigDecimal sum = BigDecimal.ZERO;
        for (MeterLive meter : boundary) {
            Optional<BigDecimal> power = meter.values().stream()
                    .filter(value -> value.quantity().equals("active-power"))
                    .findFirst()
                    .flatMap(ChannelLive::value);
            if (power.isEmpty()) {
                return Optional.empty();
            }
            sum = sum.add(power.get());
        }
        return boundary.isEmpty() ? Optional.empty() : Optional.of(sum);
    }
}
