package energy.audit.report;

import energy.audit.analysis.register.MeterExchange;
import energy.audit.analysis.register.RegisterEvent;
import energy.audit.analysis.register.RegisterProfile;
import energy.audit.analysis.register.RegisterTimeline;
import energy.audit.analysis.report.EnpiRow;
import energy.audit.analysis.report.FigureValue;
import energy.audit.analysis.report.ReportArithmetic;
import energy.audit.analysis.report.Scaling;
import energy.audit.evidence.ExchangesInForce;
import energy.audit.evidence.wire.Channel;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.Meter;
import energy.audit.evidence.wire.MeteringConfiguration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A register and the figures that are its differences.
 *
 * @param channel id
 * @param site id
 * @param meter as printed
 * @param scalings ascending; the first also covers what is before it
 * @param exchanges of its meter, ascending
 * @param figures planned, without value
 * @param exact differences are not rounded, since something else is computed from them; they are not printed themselves
 */
record PrintedChannel(
        String channel,
        String site,
        String meter,
        List<Scaling> scalings,
        List<MeterExchange> exchanges,
        List<Figure> figures,
        boolean exact) {
    /** Digits after the point, at most; what is counted in whole pieces has none. */
    private static final int MOST_DECIMALS = 1;

    PrintedChannel {
        scalings = List.copyOf(scalings);
        exchanges = List.copyOf(exchanges);
        figures = List.copyOf(figures);
    }

    /** @param configurations of the channel's site, in log order */
    static PrintedChannel of(
            String channel,
            List<Figure> figures,
            List<MeteringConfiguration> configurations,
            ExchangesInForce exchanges) {
        return of(channel, figures, configurations, exchanges, false);
    }

    static PrintedChannel exact(
            String channel,
            List<Figure> figures,
            List<MeteringConfiguration> configurations,
            ExchangesInForce exchanges) {
        return of(channel, figures, configurations, exchanges, true);
    }

    private static PrintedChannel of(
            String channel,
            List<Figure> figures,
            List<MeteringConfiguration> configurations,
            ExchangesInForce exchanges,
            boolean exact) {
        List<Scaling> scalings = new ArrayList<>();
        String name = channel;
        String unit = figures.get(0).getUnit();
        for (MeteringConfiguration configuration : InForce.of(configurations)) {
            for (Meter meter : configuration.getMetersList()) {
                for (Channel each : meter.getChannelsList()) {
                    if (each.getId().equals(channel)) {
                        name = meter.getName().isEmpty() ? meter.getId() : meter.getName();
                        scalings.add(scaling(configuration, each, unit));
                    }
                }
            }
        }
        List<MeterExchange> ofRegister = exchanges.of(channel).stream()
                .map(each -> new MeterExchange(each.at(), each.oldFinalCount(), each.newInitialCount()))
                .toList();
        return new PrintedChannel(channel, figures.get(0).getSite(), name, scalings, ofRegister, figures, exact);
    }

    private static Scaling scaling(MeteringConfiguration configuration, Channel channel, String unit) {
        boolean converted = unit.equals("kWh") && !channel.getEnergyKwhPerUnit().isEmpty();
        return Scaling.of(
                Instant.ofEpochMilli(configuration.getEffectiveFromMs()),
                channel.getMultiplier(),
                converted ? channel.getEnergyKwhPerUnit() : "",
                channel.getModulus(),
                channel.getMaxCountsPerHour());
    }

    Instant from() {
        return Instant.ofEpochMilli(
                figures.stream().mapToLong(Figure::getFromMs).min().orElseThrow());
    }

    Instant to() {
        return Instant.ofEpochMilli(
                figures.stream().mapToLong(Figure::getToMs).max().orElseThrow());
    }

    /** Every instant at which the register must be known: the ends of the figures, and where the scaling changes. */
    List<Instant> boundaries() {
        TreeSet<Instant> boundaries = new TreeSet<>();
        for (Figure figure : figures) {
            boundaries.add(Instant.ofEpochMilli(figure.getFromMs()));
            boundaries.add(Instant.ofEpochMilli(figure.getToMs()));
        }
        for (Scaling scaling : scalings) {
            if (scaling.from().isAfter(from()) && scaling.from().isBefore(to())) {
                boundaries.add(scaling.from());
            }
        }
        return List.copyOf(boundaries);
    }

    FigureValue value(Figure figure, long[] atMs, long[] counts) {
        return ReportArithmetic.registerDifference(
                inForceFrom(figure),
                atMs,
                counts,
                exchanges,
                Instant.ofEpochMilli(figure.getFromMs()),
                Instant.ofEpochMilli(figure.getToMs()),
                decimals());
    }

    private int decimals() {
        if (exact) {
            return EnpiRow.EXACT;
        }
        int finest = scalings.stream()
                .mapToInt(scaling -> scaling.multiplier()
                        .multiply(scaling.perUnit())
                        .stripTrailingZeros()
                        .scale())
                .max()
                .orElse(MOST_DECIMALS);
        return Math.max(0, Math.min(MOST_DECIMALS, finest));
    }

    /** The scalings without those that another one had replaced before the figure begins. */
    private List<Scaling> inForceFrom(Figure figure) {
        int first = 0;
        for (int i = 1; i < scalings.size(); i++) {
            if (scalings.get(i).from().toEpochMilli() <= figure.getFromMs()) {
                first = i;
            }
        }
        return scalings.subList(first, scalings.size());
    }

    /** What the register did in the period, by the profile in force then; gaps between readings are told elsewhere. */
    List<RegisterEvent> events(long[] atMs, long[] counts) {
        List<RegisterEvent> events = new ArrayList<>();
        Map<RegisterProfile, RegisterTimeline> timelines = new HashMap<>();
        for (int i = 0; i < scalings.size(); i++) {
            Scaling scaling = scalings.get(i);
            Instant begins = i == 0 || scaling.from().isBefore(from()) ? from() : scaling.from();
            boolean last =
                    i + 1 == scalings.size() || scalings.get(i + 1).from().isAfter(to());
            Instant stops = last ? to() : scalings.get(i + 1).from();
            timelines
                    .computeIfAbsent(
                            scaling.profile(), profile -> RegisterTimeline.of(profile, atMs, counts, exchanges))
                    .events()
                    .stream()
                    .filter(event -> event.kind() != RegisterEvent.Kind.GAP)
                    .filter(event -> !event.at().isBefore(begins)
                            && (event.at().isBefore(stops) || last && event.at().equals(stops)))
                    .forEach(events::add);
        }
        return events;
    }
}
