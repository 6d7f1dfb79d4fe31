package energy.audit.consumption;

import energy.audit.analysis.register.IntervalConsumption;
import energy.audit.analysis.register.Quality;
import energy.audit.analysis.register.RegisterProfile;
import energy.audit.analysis.register.RegisterTimeline;
import energy.audit.ingest.Readings;
import energy.audit.kernel.ChannelId;
import energy.audit.metering.Channel;
import energy.audit.metering.SiteConfiguration;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A channel that counts up, with the scales that were in force one after the other.
 *
 * @param channel as the newest configuration describes it
 * @param zone where its days begin
 * @param scales ascending; the first one also covers what was before it
 */
record Counter(Channel channel, ZoneId zone, List<Scale> scales) {
    Counter {
        scales = List.copyOf(scales);
    }

    /** Units for one count, and kWh for one unit where the channel is energy, from an instant on. */
    record Scale(Instant from, BigDecimal multiplier, Optional<BigDecimal> kwhPerUnit) {}

    /**
     * @param configurations of the site, in log order: a later entry replaces all that was said of its time and after
     * @return empty when no configuration names the channel as a whole-number counter
     */
    static Optional<Counter> of(ChannelId id, List<SiteConfiguration> configurations) {
        Optional<Channel> newest = Optional.empty();
        ZoneId zone = ZoneId.of("UTC");
        List<Scale> scales = new ArrayList<>();
        for (SiteConfiguration configuration : configurations) {
            Optional<Channel> named = configuration.channel(id);
            if (named.isPresent()) {
                newest = named;
                zone = configuration.site().zone();
                Instant from = configuration.effectiveFrom();
                scales.removeIf(scale -> !scale.from().isBefore(from));
                scales.add(new Scale(from, named.get().multiplier(), named.get().energyKwhPerUnit()));
            }
        }
        if (newest.isEmpty() || !newest.get().counter() || newest.get().isFloat()) {
            return Optional.empty();
        }
        return Optional.of(new Counter(newest.get(), zone, scales));
    }

    /**
     * Whether intervals of that length are kept in the table. Quarter hours of reactive energy are derived when somebody
     * asks: they would be a third of all rows, and are seldom read.
     */
    boolean keeps(Resolution resolution) {
        return resolution != Resolution.QUARTER_HOUR || !channel.quantity().startsWith("reactive-");
    }

    RegisterProfile profile() {
        long modulus = channel.modulus()
                .filter(value -> value.bitLength() < Long.SIZE)
                .map(BigInteger::longValueExact)
                .orElse(0L);
        return RegisterProfile.of(modulus, channel.maxCountsPerHour().orElse(0));
    }

    RegisterTimeline timeline(Readings readings) {
        return RegisterTimeline.of(profile(), readings.atMs(), readings.counts(), List.of());
    }

    /** @param boundaries ascending, two or more; each pair of neighbours is an interval */
    List<Interval> over(Readings readings, List<Instant> boundaries) {
        RegisterTimeline timeline = timeline(readings);
        List<Interval> intervals = new ArrayList<>(boundaries.size());
        for (IntervalConsumption each : timeline.over(boundaries).intervals()) {
            intervals.add(scaled(each, timeline, knownAt(readings, each.start(), each.end())));
        }
        return intervals;
    }

    private Interval scaled(IntervalConsumption raw, RegisterTimeline timeline, long knownAt) {
        Optional<BigDecimal> amount = Optional.empty();
        Optional<BigDecimal> energy = Optional.empty();
        if (raw.counts().isPresent()) {
            List<Instant> cuts = cuts(raw.start(), raw.end());
            List<IntervalConsumption> pieces =
                    cuts.size() == 2 ? List.of(raw) : timeline.over(cuts).intervals();
            BigDecimal amounts = BigDecimal.ZERO;
            BigDecimal energies = BigDecimal.ZERO;
            boolean whole = true;
            boolean isEnergy = true;
            for (IntervalConsumption piece : pieces) {
                Scale scale = scaleAt(piece.start());
                BigDecimal part = BigDecimal.valueOf(piece.counts().orElse(0)).multiply(scale.multiplier());
                whole &= piece.counts().isPresent();
                isEnergy &= scale.kwhPerUnit().isPresent();
                amounts = amounts.add(part);
                energies = energies.add(part.multiply(scale.kwhPerUnit().orElse(BigDecimal.ZERO)));
            }
            if (!whole) {
                return new Interval(
                        raw.start(),
                        raw.end(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Quality.MISSING,
                        raw.coverage(),
                        0,
                        knownAt);
            }
            amount = Optional.of(amounts);
            energy = isEnergy ? Optional.of(energies) : Optional.empty();
        }
        return new Interval(
                raw.start(), raw.end(), raw.counts(), amount, energy, raw.quality(), raw.coverage(), 0, knownAt);
    }

    /** The interval's ends, and the instants inside it at which another scale begins. */
    private List<Instant> cuts(Instant start, Instant end) {
        List<Instant> cuts = new ArrayList<>();
        cuts.add(start);
        for (int i = 1; i < scales.size(); i++) {
            Instant from = scales.get(i).from();
            Scale before = scales.get(i - 1);
            boolean differs = before.multiplier().compareTo(scales.get(i).multiplier()) != 0
                    || !before.kwhPerUnit().equals(scales.get(i).kwhPerUnit());
            if (differs && from.isAfter(start) && from.isBefore(end)) {
                cuts.add(from);
            }
        }
        cuts.add(end);
        return cuts;
    }

    private Scale scaleAt(Instant at) {
        Scale inForce = scales.get(0);
        for (Scale scale : scales) {
            if (!scale.from().isAfter(at)) {
                inForce = scale;
            }
        }
        return inForce;
    }

    /** One more than the highest log index among the readings from the one at or before start to the one at or after end. */
    private static long knownAt(Readings readings, Instant start, Instant end) {
        int from = Arrays.binarySearch(readings.atMs(), start.toEpochMilli());
        int at = Math.max(0, from >= 0 ? from : -from - 2);
        long highest = -1;
        for (; at < readings.size(); at++) {
            highest = Math.max(highest, readings.logIndexes()[at]);
            if (readings.atMs()[at] >= end.toEpochMilli()) {
                break;
            }
        }
        return highest + 1;
    }
}
