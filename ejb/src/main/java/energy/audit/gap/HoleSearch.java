package energy.audit.gap;

import energy.audit.analysis.register.Quality;
import energy.audit.consumption.Consumption;
import energy.audit.consumption.Interval;
import energy.audit.consumption.Resolution;
import energy.audit.ingest.Ingest;
import energy.audit.ingest.StoredGap;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.kernel.SiteId;
import energy.audit.metering.Channel;
import energy.audit.metering.Meter;
import energy.audit.metering.Metering;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Goes through the hours of a site's counters and keeps those that have no measured figure. */
final class HoleSearch {
    /** Readings on their way, and the derivation after them, may take as long. */
    private static final Duration STILL_OPEN = Duration.ofMinutes(30);

    private static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();

    private final Metering metering;
    private final Ingest ingest;
    private final Consumption consumption;

    HoleSearch(Metering metering, Ingest ingest, Consumption consumption) {
        this.metering = metering;
        this.ingest = ingest;
        this.consumption = consumption;
    }

    List<Hole> of(SiteId site, Period period, Instant now, List<LoggedGap> signed) {
        List<Hole> holes = new ArrayList<>();
        for (Meter meter : metering.meters(site)) {
            for (Channel channel : meter.channels()) {
                if (channel.counter() && !channel.isFloat()) {
                    ended(channel.id(), period, now).ifPresent(part -> add(meter, channel.id(), part, signed, holes));
                }
            }
        }
        holes.sort(Comparator.comparing((Hole hole) -> hole.period().from())
                .reversed()
                .thenComparing(Hole::channel, Comparator.comparing(ChannelId::value)));
        return holes;
    }

    /** The whole hours of a period that are over, and in which the channel was configured. */
    private Optional<Period> ended(ChannelId channel, Period period, Instant now) {
        Optional<Instant> configured = metering.configurations(channel.site(), LogSize.NEWEST).stream()
                .filter(configuration -> configuration.channel(channel).isPresent())
                .map(configuration -> configuration.effectiveFrom())
                .min(Comparator.naturalOrder());
        Instant from = later(period.from(), configured.orElse(period.to()));
        Instant first = from.plus(Duration.ofMinutes(60).minusMillis(1)).truncatedTo(ChronoUnit.HOURS);
        Instant last = earlier(period.to(), now.minus(STILL_OPEN)).truncatedTo(ChronoUnit.HOURS);
        return first.isBefore(last) ? Optional.of(Period.of(first, last)) : Optional.empty();
    }

    private void add(Meter meter, ChannelId channel, Period part, List<LoggedGap> signed, List<Hole> holes) {
        Map<Instant, Quality> known = new HashMap<>();
        for (Interval hour : consumption.intervals(channel, Resolution.HOUR, part, LogSize.NEWEST)) {
            known.put(hour.start(), hour.quality());
        }
        Instant began = part.from();
        Quality worst = Quality.MEASURED;
        for (Instant hour = part.from(); !hour.isAfter(part.to()); hour = hour.plus(1, ChronoUnit.HOURS)) {
            Quality quality = hour.equals(part.to()) ? Quality.MEASURED : known.getOrDefault(hour, Quality.MISSING);
            if (quality == Quality.MEASURED) {
                if (worst != Quality.MEASURED) {
                    holes.add(hole(meter, channel, Period.of(began, hour), worst, signed));
                }
                worst = Quality.MEASURED;
            } else {
                began = worst == Quality.MEASURED ? hour : began;
                worst = worst.worse(quality);
            }
        }
    }

    private Hole hole(Meter meter, ChannelId channel, Period period, Quality worst, List<LoggedGap> signed) {
        Optional<StoredGap> told = ingest.gaps(channel, period, LogSize.NEWEST).stream()
                .max(Comparator.comparing(gap -> overlap(gap, period)));
        return new Hole(
                meter.id(),
                meter.name(),
                channel,
                period,
                worst,
                unread(channel, period),
                told,
                signed.stream().filter(gap -> gap.covers(meter.id(), period)).toList());
    }

    /** Between two neighbouring readings, or a reading and the hole's end. */
    private Optional<Period> unread(ChannelId channel, Period period) {
        long longest = 0;
        long from = 0;
        long before = period.from().toEpochMilli();
        long end = period.to().toEpochMilli();
        for (long at : withEnd(ingest.readings(channel, period, LogSize.NEWEST).atMs(), end)) {
            if (at - before > longest) {
                longest = at - before;
                from = before;
            }
            before = at;
        }
        Instant first = Instant.ofEpochMilli(from + MINUTE_MS - 1).truncatedTo(ChronoUnit.MINUTES);
        Instant last = Instant.ofEpochMilli(from + longest).truncatedTo(ChronoUnit.MINUTES);
        return Duration.between(first, last).compareTo(Duration.ofMinutes(15)) > 0
                ? Optional.of(Period.of(first, last))
                : Optional.empty();
    }

    private static long[] withEnd(long[] atMs, long end) {
        long[] all = Arrays.copyOf(atMs, atMs.length + 1);
        all[atMs.length] = end;
        return all;
    }

    private static Duration overlap(StoredGap gap, Period period) {
        return Duration.between(later(gap.from(), period.from()), earlier(gap.to(), period.to()));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
