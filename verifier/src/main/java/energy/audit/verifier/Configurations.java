package energy.audit.verifier;

import energy.audit.analysis.report.Scaling;
import energy.audit.evidence.wire.Channel;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.Meter;
import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.evidence.wire.RegisterKind;
import java.time.Instant;
import java.time.ZoneId;
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
    private final List<Logged> taken = new ArrayList<>();

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

    /**
     * A register and what its difference shall be in.
     *
     * @param unit kWh or the channel's own; empty: the channel's own, whatever it is, and not turned into energy
     */
    record Register(String site, String meter, String channel, Optional<String> unit) {
        static Register of(Figure figure) {
            return new Register(
                    figure.getSite(), figure.getMeter(), figure.getChannel(), Optional.of(figure.getUnit()));
        }
    }

    /** What a register's counts are multiplied with, and by which entries. */
    record InForce(List<Scaling> scalings, List<Logged> entries) {}

    /** In the order of the log: each replaces all that was said of its first instant and after. */
    void add(long logIndex, MeteringConfiguration configuration) {
        List<Logged> site = bySite.computeIfAbsent(configuration.getSite(), name -> new ArrayList<>());
        site.removeIf(earlier -> earlier.effectiveFromMs() >= configuration.getEffectiveFromMs());
        Logged logged = new Logged(logIndex, configuration);
        site.add(logged);
        taken.add(logged);
    }

    /** Those of the entries below a log size. */
    Configurations asOf(long size) {
        Configurations earlier = new Configurations();
        taken.stream()
                .filter(each -> each.logIndex() < size)
                .forEach(each -> earlier.add(each.logIndex(), each.configuration()));
        return earlier;
    }

    boolean describes(String site) {
        return bySite.containsKey(site);
    }

    /** The zone of a site's days, as its newest configuration has it; empty where none is attached, or it names no zone. */
    Optional<ZoneId> zone(String site) {
        String newest = "";
        for (Logged each : taken) {
            newest = each.configuration().getSite().equals(site)
                    ? each.configuration().getZone()
                    : newest;
        }
        return ZoneId.getAvailableZoneIds().contains(newest) ? Optional.of(ZoneId.of(newest)) : Optional.empty();
    }

    int count() {
        return taken.size();
    }

    InForce inForce(Figure figure) throws FigureRefused {
        return inForce(Register.of(figure), figure.getFromMs(), figure.getToMs());
    }

    /**
     * The configurations in force at any instant of a period, of those that describe the register: from its effective
     * instant on until the next one's; the first also covers what was before it.
     *
     * @throws FigureRefused if there is none, or it does not describe the channel as it is asked for
     */
    InForce inForce(Register register, long fromMs, long toMs) throws FigureRefused {
        List<Scaling> scalings = new ArrayList<>();
        List<Logged> entries = new ArrayList<>();
        for (Logged version : bySite.getOrDefault(register.site(), List.of())) {
            Optional<Channel> channel = version.channel(register.meter(), register.channel());
            if (channel.isPresent() && (scalings.isEmpty() || version.effectiveFromMs() < toMs)) {
                if (version.effectiveFromMs() <= fromMs) {
                    scalings.clear();
                    entries.clear();
                }
                scalings.add(scaling(register, version, channel.get()));
                entries.add(version);
            }
        }
        if (scalings.isEmpty()) {
            throw new FigureRefused("no attached metering configuration of " + register.site() + " describes channel "
                    + register.channel() + " of meter " + register.meter());
        }
        return new InForce(List.copyOf(scalings), List.copyOf(entries));
    }

    private static Scaling scaling(Register register, Logged version, Channel channel) throws FigureRefused {
        String place = "log entry " + version.logIndex() + " describes " + channel.getId();
        if (channel.getKind() != RegisterKind.COUNTER || channel.getEncoding().startsWith("float")) {
            throw new FigureRefused(place + " as " + channel.getEncoding() + " " + channel.getKind()
                    + "; a register difference needs a whole counter");
        }
        String perUnit = register.unit().isPresent() ? perUnit(register.unit().get(), place, channel) : "1";
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

    private static String perUnit(String unit, String place, Channel channel) throws FigureRefused {
        if (!unit.equals(channel.getUnit())
                && (!unit.equals("kWh") || channel.getEnergyKwhPerUnit().isEmpty())) {
            throw new FigureRefused(place + " in " + channel.getUnit() + ", which cannot become " + unit);
        }
        return unit.equals("kWh") && !channel.getEnergyKwhPerUnit().isEmpty() ? channel.getEnergyKwhPerUnit() : "1";
    }
}
