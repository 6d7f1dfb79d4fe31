package energy.audit.verifier;

import energy.audit.analysis.report.Scaling;
import energy.audit.evidence.wire.Channel;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.Meter;
import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.evidence.wire.RegisterKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The metering configurations of the attached entries, and what of them is in force when. */
final class Configurations {
    /** Plain decimal text, bounded so that no exponent can exhaust the memory; empty where it may be left out. */
    private static final String DECIMAL = "|-?\\d{1,40}(\\.\\d{1,40})?";

    private final Map<String, List<Logged>> bySite = new HashMap<>();
    private int taken;

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

    /** In the order of the log: each replaces all that was said of its first instant and after. */
    void add(long logIndex, MeteringConfiguration configuration) {
        List<Logged> site = bySite.computeIfAbsent(configuration.getSite(), name -> new ArrayList<>());
        site.removeIf(earlier -> earlier.effectiveFromMs() >= configuration.getEffectiveFromMs());
        site.add(new Logged(logIndex, configuration));
        taken++;
    }

    boolean describes(String site) {
        return bySite.containsKey(site);
    }

    int count() {
        return taken;
    }

    /**
     * The configurations in force at any instant of the figure's period, of those that describe its channel: from its
     * effective instant on until the next one's; the first also covers what was before it.
     *
     * @throws FigureRefused if there is none, or it does not describe the channel as the figure does
     */
    InForce inForce(Figure figure) throws FigureRefused {
        List<Scaling> scalings = new ArrayList<>();
        List<Logged> entries = new ArrayList<>();
        for (Logged version : bySite.getOrDefault(figure.getSite(), List.of())) {
            Optional<Channel> channel = version.channel(figure.getMeter(), figure.getChannel());
            if (channel.isPresent() && (scalings.isEmpty() || version.effectiveFromMs() < figure.getToMs())) {
                if (version.effectiveFromMs() <= figure.getFromMs()) {
                    scalings.clear();
                    entries.clear();
                }
                scalings.add(scaling(figure, version, channel.get()));
                entries.add(version);
            }
        }
        if (scalings.isEmpty()) {
            throw new FigureRefused("no attached metering configuration of " + figure.getSite() + " describes channel "
                    + figure.getChannel() + " of meter " + figure.getMeter());
        }
        return new InForce(List.copyOf(scalings), List.copyOf(entries));
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
        for (String number :
                List.of(channel.getMultiplier(), perUnit, channel.getModulus(), channel.getMaxCountsPerHour())) {
            if (!number.matches(DECIMAL)) {
                throw new FigureRefused(place + " with '" + number + "', which is no decimal number");
            }
        }
        try {
            return Scaling.of(
                    Instant.ofEpochMilli(version.effectiveFromMs()),
                    channel.getMultiplier(),
                    perUnit,
                    channel.getModulus(),
                    channel.getMaxCountsPerHour());
        } catch (IllegalArgumentException e) {
            throw new FigureRefused(place + " with a number that cannot be: " + e.getMessage());
        }
    }
}
