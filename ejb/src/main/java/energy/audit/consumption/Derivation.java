package energy.audit.consumption;

import energy.audit.analysis.register.Boundaries;
import energy.audit.evidence.ExchangesInForce;
import energy.audit.ingest.Ingest;
import energy.audit.ingest.Reading;
import energy.audit.ingest.Readings;
import energy.audit.ingest.TouchedBucket;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.kernel.SiteId;
import energy.audit.metering.Channel;
import energy.audit.metering.LoggedExchange;
import energy.audit.metering.Meter;
import energy.audit.metering.Metering;
import energy.audit.metering.Site;
import energy.audit.metering.SiteConfiguration;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Derives the intervals that touched hours can have changed, in the transaction of the current tenant. */
final class Derivation {
    /** Readings this far outside a boundary can decide what it shows: the longest stretch that is interpolated. */
    static final Duration REACH = Duration.ofHours(2);

    private static final ExchangesInForce NO_EXCHANGES = new ExchangesInForce();

    private static final Duration MARGIN = Duration.ofHours(1);

    private static final Duration STILL_TO_COME = Duration.ofDays(1);

    private final IntervalTable table;
    private final Ingest ingest;
    private final Metering metering;

    Derivation(IntervalTable table, Ingest ingest, Metering metering) {
        this.table = table;
        this.ingest = ingest;
        this.metering = metering;
    }

    /**
     * What one pass did.
     *
     * @param hours touched hours taken
     * @param revisions interval revisions appended
     */
    record Pass(int hours, int revisions) {}

    private record Touched(int channelNumber, TreeSet<Instant> hours) {
        static Touched none(int channelNumber) {
            return new Touched(channelNumber, new TreeSet<>());
        }
    }

    /** Takes touched hours, at most {@code limit}, and derives what they touch. No hours: nothing to do, or not our turn. */
    Pass run(int limit) {
        if (!table.claimTenant()) {
            return new Pass(0, 0);
        }
        Map<ChannelId, Touched> hours = new TreeMap<>();
        int taken = 0;
        for (TouchedBucket bucket : ingest.takeTouched(limit)) {
            hours.computeIfAbsent(bucket.channel(), channel -> Touched.none(bucket.channelNumber()))
                    .hours()
                    .add(bucket.hour());
            taken++;
        }
        Map<SiteId, List<SiteConfiguration>> configurations = new HashMap<>();
        Map<SiteId, ExchangesInForce> exchanges = new HashMap<>();
        reopen(configurations);
        taken += takeWaiting(hours, configurations, limit);
        int revisions = 0;
        for (Map.Entry<ChannelId, Touched> entry : hours.entrySet()) {
            ChannelId channel = entry.getKey();
            Touched touched = entry.getValue();
            List<SiteConfiguration> ofSite = configurations(channel.site(), configurations);
            if (ofSite.stream().noneMatch(each -> each.channel(channel).isPresent())) {
                table.await(touched.channelNumber(), touched.hours());
                continue;
            }
            Optional<Counter> counter = Counter.of(
                    channel,
                    ofSite,
                    exchanges.computeIfAbsent(channel.site(), site -> metering.exchangesInForce(site, LogSize.NEWEST)));
            if (counter.isPresent()) {
                revisions += derive(counter.get(), touched.hours());
            }
        }
        return new Pass(taken, revisions);
    }

    /** Derives a channel's intervals of these hours, and the days and months that change with them. */
    int derive(Counter counter, Collection<Instant> hours) {
        int revisions = 0;
        for (Window window : Window.of(hours)) {
            revisions += derive(counter, window);
        }
        return revisions;
    }

    private int derive(Counter counter, Window window) {
        Instant from = fineFrom(counter, window.from());
        Instant begin = window.holdsDayBoundary(counter.zone())
                ? min(from, Boundaries.floor(window.from(), Boundaries.Step.DAY, counter.zone()))
                : from;
        Seen seen = see(counter, begin.minus(REACH), window.to().plus(REACH));
        Instant lo = seen.newestUpTo(window.from()).map(Reading::at).orElse(window.from());
        if (lo.isBefore(from)) {
            from = fineFrom(counter, lo);
            seen = see(counter, from.minus(REACH), window.to().plus(REACH));
        }
        Optional<Reading> inside = seen.newestUpTo(window.to());
        Optional<Instant> after = seen.oldestFrom(window.to())
                .filter(next -> !streamsInBehind(inside, next))
                .map(Reading::at);
        Optional<Instant> newest = after.isPresent() ? after : inside.map(Reading::at);
        if (newest.isEmpty()) {
            return 0;
        }
        Instant known = newest.get();
        Instant hi = after.orElse(window.to());
        Instant start = seen.knowsBefore() ? from : max(from, seen.first());
        int revisions = 0;
        Instant changedFrom = lo;
        Instant changedTo = hi;
        for (Resolution resolution : List.of(Resolution.QUARTER_HOUR, Resolution.HOUR)) {
            List<Interval> changed =
                    counter.keeps(resolution) ? fine(counter, seen.readings(), resolution, start, known) : List.of();
            revisions += changed.size();
            for (Interval revised : changed) {
                if (revised.revision() > 1) {
                    changedFrom = min(changedFrom, revised.start());
                    changedTo = max(changedTo, revised.end());
                }
            }
        }
        for (Resolution resolution : List.of(Resolution.DAY, Resolution.MONTH)) {
            revisions += coarse(counter, seen, resolution, changedFrom, changedTo, known);
        }
        return revisions;
    }

    private static Instant fineFrom(Counter counter, Instant at) {
        return Boundaries.floor(at.minus(MARGIN), Boundaries.Step.HOUR, counter.zone());
    }

    private Seen see(Counter counter, Instant from, Instant to) {
        return Seen.of(from, to, ingest.readingsAround(counter.channel().id(), Period.of(from, to), LogSize.NEWEST));
    }

    /**
     * History that is sent after live data has begun: far behind the next reading, yet later in the log. What lies between
     * is still to come, so it is not missing.
     */
    private static boolean streamsInBehind(Optional<Reading> inside, Reading next) {
        return inside.isPresent()
                && inside.get().logIndex() > next.logIndex()
                && Duration.between(inside.get().at(), next.at()).compareTo(STILL_TO_COME) > 0;
    }

    private List<Interval> fine(
            Counter counter, Readings readings, Resolution resolution, Instant from, Instant known) {
        Instant start = Boundaries.floor(from, resolution.step(), counter.zone());
        if (start.isBefore(from)) {
            start = Boundaries.next(start, resolution.step(), counter.zone());
        }
        List<Instant> boundaries = complete(start, known, resolution, counter);
        return boundaries.size() < 2 ? List.of() : append(counter, resolution, counter.over(readings, boundaries));
    }

    /** Whole days or months that overlap what has changed; all their readings are needed, since a reset may lie anywhere. */
    private int coarse(Counter counter, Seen seen, Resolution resolution, Instant from, Instant to, Instant known) {
        if (!from.isBefore(to)) {
            return 0;
        }
        Instant end = Boundaries.floor(to, resolution.step(), counter.zone());
        if (end.isBefore(to)) {
            end = Boundaries.next(end, resolution.step(), counter.zone());
        }
        Instant start = Boundaries.floor(from, resolution.step(), counter.zone());
        List<Instant> boundaries = complete(
                start, min(max(known, derivedUpTo(counter, resolution, start, end)), end), resolution, counter);
        if (boundaries.size() < 2) {
            return 0;
        }
        Instant readFrom = boundaries.get(0).minus(REACH);
        Instant readTo = boundaries.get(boundaries.size() - 1).plus(REACH);
        Seen whole = seen.covers(readFrom, readTo) ? seen : see(counter, readFrom, readTo);
        List<Interval> intervals = counter.over(whole.readings(), boundaries).stream()
                .filter(interval -> interval.coverage() > 0 || interval.counts().isPresent())
                .toList();
        return append(counter, resolution, intervals).size();
    }

    /** The end of what was derived before: what comes late in the middle of a day can change the day. */
    private Instant derivedUpTo(Counter counter, Resolution resolution, Instant start, Instant end) {
        List<Interval> stored = table.latest(counter.channel().number(), resolution, start, end);
        return stored.isEmpty() ? start : stored.get(stored.size() - 1).end();
    }

    /** Boundaries from one on, as far as they are known. */
    private static List<Instant> complete(Instant start, Instant known, Resolution resolution, Counter counter) {
        List<Instant> boundaries = new ArrayList<>();
        for (Instant at = start; !at.isAfter(known); at = Boundaries.next(at, resolution.step(), counter.zone())) {
            boundaries.add(at);
        }
        return boundaries;
    }

    /** Appends what differs from the newest revisions, and returns it. */
    private List<Interval> append(Counter counter, Resolution resolution, List<Interval> intervals) {
        if (intervals.isEmpty()) {
            return List.of();
        }
        int number = counter.channel().number();
        Instant from = intervals.get(0).start();
        Instant to = intervals.get(intervals.size() - 1).end();
        Map<Instant, Interval> stored = table.latest(number, resolution, from, to).stream()
                .collect(Collectors.toMap(Interval::start, Function.identity()));
        List<Interval> changed = new ArrayList<>();
        for (Interval interval : intervals) {
            Interval before = stored.get(interval.start());
            if (before == null) {
                changed.add(interval.asRevision(1));
            } else if (!before.saysTheSameAs(interval)) {
                changed.add(interval.asRevision(before.revision() + 1));
            }
        }
        table.append(number, resolution, changed);
        return changed;
    }

    /** Puts the hours that a new configuration or exchange gives another meaning among those that wait to be derived. */
    private void reopen(Map<SiteId, List<SiteConfiguration>> configurations) {
        for (Site site : metering.sites()) {
            List<SiteConfiguration> all = configurations(site.id(), configurations);
            List<LoggedExchange> exchanges = metering.exchanges(site.id(), LogSize.NEWEST);
            long newest = Math.max(
                    all.get(all.size() - 1).logIndex(),
                    exchanges.isEmpty()
                            ? -1
                            : exchanges.get(exchanges.size() - 1).logIndex());
            long derived = table.configurationDerived(site.id());
            if (newest <= derived) {
                continue;
            }
            List<SiteConfiguration> known =
                    all.stream().filter(each -> each.logIndex() <= derived).toList();
            all.stream().filter(each -> each.logIndex() > derived).forEach(added -> reopen(added, known, all));
            exchanges.stream().filter(each -> each.logIndex() > derived).forEach(added -> reopen(added, all));
            table.configurationDerived(site.id(), newest);
        }
    }

    /** What lies around an exchange: from the last reading of the old register to the first one of the new register. */
    private void reopen(LoggedExchange added, List<SiteConfiguration> all) {
        Instant hour = added.at().truncatedTo(ChronoUnit.HOURS);
        Set<Integer> registers = new TreeSet<>();
        for (SiteConfiguration configuration : all) {
            configuration.meter(added.meter()).stream()
                    .flatMap(meter -> meter.channels().stream())
                    .filter(Channel::counter)
                    .forEach(channel -> registers.add(channel.number()));
        }
        registers.forEach(number -> table.await(number, List.of(hour.minus(MARGIN), hour)));
    }

    private void reopen(SiteConfiguration added, List<SiteConfiguration> known, List<SiteConfiguration> all) {
        for (Meter meter : added.meters()) {
            for (Channel channel : meter.channels()) {
                Optional<Counter> before = Counter.of(channel.id(), known, NO_EXCHANGES);
                Optional<Counter> after = Counter.of(channel.id(), all, NO_EXCHANGES);
                if (after.isPresent() && !before.equals(after)) {
                    table.reopen(channel.number(), added.effectiveFrom());
                }
            }
        }
    }

    /** Channel after channel, until there are about so many hours. */
    private int takeWaiting(
            Map<ChannelId, Touched> hours, Map<SiteId, List<SiteConfiguration>> configurations, int limit) {
        int taken = 0;
        for (int number : table.waitingChannels()) {
            if (taken >= limit) {
                break;
            }
            Optional<ChannelId> channel = metering.channelOf(number);
            boolean configured = channel.isPresent()
                    && configurations(channel.get().site(), configurations).stream()
                            .anyMatch(each -> each.channel(channel.get()).isPresent());
            if (configured) {
                List<Instant> waited = table.takeWaiting(number);
                hours.computeIfAbsent(channel.get(), each -> Touched.none(number))
                        .hours()
                        .addAll(waited);
                taken += waited.size();
            }
        }
        return taken;
    }

    private List<SiteConfiguration> configurations(SiteId site, Map<SiteId, List<SiteConfiguration>> known) {
        return known.computeIfAbsent(site, each -> metering.configurations(each, LogSize.NEWEST));
    }

    private static Instant min(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant max(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
