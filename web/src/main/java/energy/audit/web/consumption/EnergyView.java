package energy.audit.web.consumption;

import energy.audit.analysis.register.Boundaries;
import energy.audit.consumption.Consumption;
import energy.audit.consumption.Interval;
import energy.audit.consumption.SourceEnergy;
import energy.audit.consumption.SourceEnergy.MeterEnergy;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.kernel.SiteId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Energy of a period by source or by meter.
 *
 * @param starts of the intervals, ascending
 * @param bars one a source, or one a meter and one for what no meter below explains
 */
record EnergyView(List<SourceEnergy> sources, List<Instant> starts, List<Bar> bars) {
    /** @param kwh by start of interval; a start without a figure is not there */
    record Bar(String name, String source, boolean rest, Map<Instant, BigDecimal> kwh) {}

    /** @param zone where the site's days and months begin */
    static EnergyView read(Consumption consumption, SiteId site, EnergyQuestion question, Period period, ZoneId zone) {
        List<SourceEnergy> sources = consumption.energyBySource(site, period);
        Map<String, BigDecimal> running = new HashMap<>();
        Instant begin = Boundaries.floor(period.to().minusMillis(1), question.boundaries(), zone);
        if (begin.isBefore(period.to()) && !begin.isBefore(period.from())) {
            consumption.energyBySource(site, Period.of(begin, period.to())).stream()
                    .flatMap(source -> source.meters().stream())
                    .forEach(meter -> meter.energyKwh().value().ifPresent(kwh -> running.put(meter.channel(), kwh)));
        }
        Map<String, Map<Instant, BigDecimal>> byChannel = new HashMap<>();
        for (SourceEnergy source : sources) {
            boolean detailed = source.source().equals(question.source());
            for (MeterEnergy meter : source.meters()) {
                if (detailed || (question.source().isEmpty() && meter.boundary())) {
                    Map<Instant, BigDecimal> column = read(consumption, meter.channel(), question, period);
                    Optional.ofNullable(running.get(meter.channel())).ifPresent(kwh -> column.putIfAbsent(begin, kwh));
                    byChannel.put(meter.channel(), column);
                }
            }
        }
        List<Bar> bars = new ArrayList<>();
        for (SourceEnergy source : sources) {
            if (question.source().isEmpty()) {
                bars.add(new Bar(source.source(), source.source(), false, sum(source, true, byChannel)));
            } else if (source.source().equals(question.source())) {
                bars.addAll(detailed(source, byChannel));
            }
        }
        TreeSet<Instant> starts = new TreeSet<>();
        byChannel.values().forEach(column -> starts.addAll(column.keySet()));
        return new EnergyView(sources, List.copyOf(starts), bars);
    }

    private static List<Bar> detailed(SourceEnergy source, Map<String, Map<Instant, BigDecimal>> byChannel) {
        List<Bar> bars = new ArrayList<>();
        for (MeterEnergy meter : source.meters()) {
            if (!meter.boundary()) {
                bars.add(new Bar(meter.name(), "", false, byChannel.getOrDefault(meter.channel(), Map.of())));
            }
        }
        Map<Instant, BigDecimal> parts = sum(source, false, byChannel);
        Map<Instant, BigDecimal> rest = new HashMap<>();
        sum(source, true, byChannel)
                .forEach((start, whole) -> rest.put(
                        start,
                        whole.subtract(parts.getOrDefault(start, BigDecimal.ZERO))
                                .max(BigDecimal.ZERO)));
        bars.add(new Bar("", bars.isEmpty() ? source.source() : "", true, rest));
        return bars;
    }

    private static Map<Instant, BigDecimal> sum(
            SourceEnergy source, boolean boundary, Map<String, Map<Instant, BigDecimal>> byChannel) {
        Map<Instant, BigDecimal> sum = new HashMap<>();
        for (MeterEnergy meter : source.meters()) {
            if (meter.boundary() == boundary) {
                byChannel
                        .getOrDefault(meter.channel(), Map.of())
                        .forEach((start, kwh) -> sum.merge(start, kwh, BigDecimal::add));
            }
        }
        return sum;
    }

    private static Map<Instant, BigDecimal> read(
            Consumption consumption, String channel, EnergyQuestion question, Period period) {
        Map<Instant, BigDecimal> column = new HashMap<>();
        for (Interval interval :
                consumption.intervals(ChannelId.of(channel), question.step(), period, LogSize.NEWEST)) {
            interval.energyKwh().ifPresent(kwh -> column.put(interval.start(), kwh));
        }
        return column;
    }
}
