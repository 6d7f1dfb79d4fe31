package energy.audit.verifier;

import energy.audit.analysis.report.Scaling;
import energy.audit.evidence.wire.Channel;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.Meter;
import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.evidence.wire.RegisterKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The metering configurations of the attached entries, and what of them is in force when. */
final class Configurations {
    private final Map<String, List<Logged>> bySite = new HashMap<>();

    /** A configuration and where it stands in the log. */
    record Logged(long logIndex, MeteringConfiguration configuration) {
        long effectiveFromMs() {
            return configuration.getEffectiveFromMs();
        }

        Optional<Channel> channel(String meter, String id) {
            for (Meter candidate : configuration.getMetersList()) {
                for (Channel channel : candidate.getChannelsList()) {
                    if (candidate.getId().equals(meter) && channel.getId().equals(id)) {
                        return Optional.of(channel);
                    }
                }
            }
            return Optional.empty();
        }
    }

    /** What a figure's counts are multiplied with, and by which entries. */
    record InForce(List<Scaling> scalings, List<Logged> entries) {}

    void add(long logIndex, MeteringConfiguration configuration) {
        List<Logged> site = bySite.computeIfAbsent(configuration.getSite(), name -> new ArrayList<>());
        site.add(new Logged(logIndex, configuration));
        site.sort(Comparator.comparingLong(Logged::effectiveFromMs).thenComparingLong(Logged::logIndex));
    }

    int count() {
        return bySite.values().stream().mapToInt(List::size).sum();
    }

    /**
     * The configurations in force at any instant of the figure's period. The one with the latest effective date at or
     * before an instant is in force, of equal dates the one later in the log; the first also covers what was before it.
     *
     * @throws FigureRefused if there is none, or it does not describe the figure's channel as the figure does
     */
    InForce inForce(Figure figure) throws FigureRefused {
        List<Logged> all = bySite.getOrDefault(figure.getSite(), List.of());
        List<Logged> versions = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            boolean begins = i == 0 || all.get(i).effectiveFromMs() < figure.getToMs();
            boolean replaced = i + 1 < all.size() && all.get(i + 1).effectiveFromMs() <= figure.getFromMs();
            boolean overruled = i + 1 < all.size()
                    && all.get(i + 1).effectiveFromMs() == all.get(i).effectiveFromMs();
            if (begins && !replaced && !overruled) {
                versions.add(all.get(i));
            }
        }
        List<Scaling> scalings = new ArrayList<>();
        List<Logged> entries = new ArrayList<>();
        for (Logged version : versions) {
            Optional<Channel> channel = version.channel(figure.getMeter(), figure.getChannel());
            if (channel.isPresent()) {
                scalings.add(scaling(figure, version, channel.get()));
                entries.add(version);
            }
        }
        if (scalings.isEmpty()) {
            throw new FigureRefused("no attached metering configuration of " + figure.getSite() + " describes channel "
                    + figure.getChannel() + " of meter " + figure.getMeter() + " in its period");
        }
        return new InForce(scalings, entries);
    }

    private static Scaling scaling(Figure figure, Logged version, Channel channel) throws FigureRefused {
        String place = "log entry " + version.logIndex() + " describes " + channel.getId();
        if (channel.getKind() != RegisterKind.COUNTER || channel.getEncoding().startsWith("float")) {
            throw new FigureRefused(place + " as " + channel.getEncoding() + " " + channel.getKind()
                    + "; a register difference needs a whole counter");
        }
        String perUnit = "1";
        if (!figure.getUnit().equals(channel.getUnit())) {
            if (!figure.getUnit().equals("kWh") || channel.getEnergyKwhPerUnit().isEmpty()) {
                throw new FigureRefused(
                        place + " in " + channel.getUnit() + ", which cannot become " + figure.getUnit());
            }
            perUnit = channel.getEnergyKwhPerUnit();
        } else if (figure.getUnit().equals("kWh")
                && !channel.getEnergyKwhPerUnit().isEmpty()) {
            perUnit = channel.getEnergyKwhPerUnit();
        }
        try {
            return Scaling.of(
                    Instant.ofEpochMilli(version.effectiveFromMs()),
                    channel.getMultiplier(),
                    perUnit,
                    channel.getModulus(),
                    channel.getMaxCountsPerHour());
        } catch (NumberFormatException e) {
            throw new FigureRefused(place + " with a number that is none: " + e.getMessage());
        }
    }
}
