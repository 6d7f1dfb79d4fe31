package energy.audit.consumption;

import energy.audit.analysis.register.IntervalConsumption;
import energy.audit.analysis.register.MeterExchange;
import energy.audit.analysis.register.Quality;
import energy.audit.analysis.register.RegisterProfile;
import energy.audit.analysis.register.RegisterTimeline;
import energy.audit.evidence.ExchangesInForce;
import energy.audit.ingest.Readings;
import energy.audit.kernel.ChannelId;
import energy.audit.metering.Channel;
import energy.audit.metering.SiteConfiguration;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * A channel that counts up, with the scales that were in force one after the other, and the exchanges of its meter. The
 * rule is that of a report's {@code register-difference/v1}: where scale or profile change, an interval is cut, and each
 * piece is judged by the profile that was in force then.
 *
 * @param channel as the newest configuration describes it
 * @param zone where its days begin
 * @param scales ascending, neighbours differ; the first one also covers what was before it
 * @param exchanges ascending
 */
record Counter(Channel channel, ZoneId zone, List<Scale> scales, List<MeterExchange> exchanges) {
    Counter {
        scales = List.copyOf(scales);
        exchanges = List.copyOf(exchanges);
    }

    /** What is known of the register, units for one count, and kWh for one unit where it is energy, from an instant on. */
    record Scale(Instant from, RegisterProfile profile, BigDecimal multiplier, Optional<BigDecimal> kwhPerUnit) {

        /** Whether a count means the same under both, whenever they hold. */
        boolean sameAs(Scale other) {
            return profile.equals(other.profile)
                    && multiplier.compareTo(other.multiplier) == 0
                    && kwhPerUnit.isPresent() == other.kwhPerUnit.isPresent()
                    && kwhPerUnit.orElse(BigDecimal.ONE).compareTo(other.kwhPerUnit.orElse(BigDecimal.ONE)) == 0;
        }
    }

    /**
     * @param configurations of the site, in log order: a later entry replaces all that was said of its time and after
     * @param exchanges of the site's meters
     * @return empty when no configuration names the channel as a whole-number counter
     */
    static Optional<Counter> of(ChannelId id, List<SiteConfiguration> configurations, ExchangesInForce exchanges) {
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
                scales.add(new Scale(
                        from,
                        profile(named.get()),
                        named.get().multiplier(),
                        named.get().energyKwhPerUnit()));
            }
        }
        if (newest.isEmpty() || !newest.get().counter() || newest.get().isFloat()) {
            return Optional.empty();
        }
        List<MeterExchange> ofRegister = exchanges.of(id.value()).stream()
                .map(each -> new MeterExchange(each.at(), each.oldFinalCount(), each.newInitialCount()))
                .toList();
        return Optional.of(new Counter(newest.get(), zone, withoutRepeats(scales), ofRegister));
    }

    private static List<Scale> withoutRepeats(List<Scale> scales) {
        List<Scale> different = new ArrayList<>();
        for (Scale scale : scales) {
            if (different.isEmpty() || !different.get(different.size() - 1).sameAs(scale)) {
                different.add(scale);
            }
        }
        return different;
    }

    private static RegisterProfile profile(Channel channel) {
        long modulus = channel.modulus()
                .filter(value -> value.bitLength() < Long.SIZE)
                .map(BigInteger::longValueExact)
                .orElse(0L);
        return RegisterProfile.of(modulus, channel.maxCountsPerHour().orElse(0));
    }

    /**
     * Whether intervals of that length are kept in the table. Quarter hours of reactive energy are derived when somebody
     * asks: they would be a third of all rows, and are seldom read.
     */
    boolean keeps(Resolution resolution) {
        return resolution != Resolution.QUARTER_HOUR || !channel.quantity().startsWith("reactive-");
    }

    /** The scale in force at an instant. */
    Scale scaleAt(Instant at) {
        Scale inForce = scales.get(0);
        for (Scale scale : scales) {
            if (!scale.from().isAfter(at)) {
                inForce = scale;
            }
        }
        return inForce;
    }

    /** @param boundaries ascending, two or more; each pair of neighbours is an interval */
    List<Interval> over(Readings readings, List<Instant> boundaries) {
        List<Piece> pieces = pieces(readings, boundaries);
        List<Interval> intervals = new ArrayList<>(boundaries.size());
        int piece = 0;
        for (int i = 1; i < boundaries.size(); i++) {
            Instant start = boundaries.get(i - 1);
            Instant end = boundaries.get(i);
            int first = piece;
            while (piece < pieces.size() && !pieces.get(piece).raw().end().isAfter(end)) {
                piece++;
            }
            intervals.add(joined(start, end, pieces.subList(first, piece), knownAt(readings, start, end)));
        }
        return intervals;
    }

    /** A stretch under one scale. */
    private record Piece(IntervalConsumption raw, Scale scale) {}

    /** The intervals between boundaries, cut where another scale begins. */
    private List<Piece> pieces(Readings readings, List<Instant> boundaries) {
        Instant from = boundaries.get(0);
        Instant to = boundaries.get(boundaries.size() - 1);
        TreeSet<Instant> ends = new TreeSet<>(boundaries);
        for (Scale scale : scales.subList(1, scales.size())) {
            if (scale.from().isAfter(from) && scale.from().isBefore(to)) {
                ends.add(scale.from());
            }
        }
        Map<RegisterProfile, RegisterTimeline> timelines = new HashMap<>();
        List<MeterExchange> near = near(readings);
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < scales.size(); i++) {
            Scale scale = scales.get(i);
            Instant begins = i == 0 || scale.from().isBefore(from) ? from : scale.from();
            Instant stops = i + 1 < scales.size() && scales.get(i + 1).from().isBefore(to)
                    ? scales.get(i + 1).from()
                    : to;
            if (begins.isBefore(stops)) {
                timelines
                        .computeIfAbsent(
                                scale.profile(),
                                profile -> RegisterTimeline.of(profile, readings.atMs(), readings.counts(), near))
                        .over(List.copyOf(ends.subSet(begins, true, stops, true)))
                        .intervals()
                        .forEach(each -> pieces.add(new Piece(each, scale)));
            }
        }
        return pieces;
    }

    /** The exchanges that can decide something about these readings. */
    private List<MeterExchange> near(Readings readings) {
        if (exchanges.isEmpty() || readings.size() == 0) {
            return List.of();
        }
        Instant first = Instant.ofEpochMilli(readings.atMs()[0]).minus(Derivation.REACH);
        Instant last =
                Instant.ofEpochMilli(readings.atMs()[readings.size() - 1]).plus(Derivation.REACH);
        return exchanges.stream()
                .filter(each -> !each.at().isBefore(first) && !each.at().isAfter(last))
                .toList();
    }

    private static Interval joined(Instant start, Instant end, List<Piece> pieces, long knownAt) {
        long counts = 0;
        double covered = 0;
        Quality worst = Quality.MEASURED;
        BigDecimal amount = BigDecimal.ZERO;
        BigDecimal energy = BigDecimal.ZERO;
        boolean isEnergy = true;
        for (Piece piece : pieces) {
            IntervalConsumption raw = piece.raw();
            worst = raw.quality().compareTo(worst) > 0 ? raw.quality() : worst;
            covered += raw.coverage() * Duration.between(raw.start(), raw.end()).toMillis();
            counts += raw.counts().orElse(0);
            BigDecimal part = BigDecimal.valueOf(raw.counts().orElse(0))
                    .multiply(piece.scale().multiplier());
            amount = amount.add(part);
            isEnergy &= piece.scale().kwhPerUnit().isPresent();
            energy = energy.add(part.multiply(piece.scale().kwhPerUnit().orElse(BigDecimal.ZERO)));
        }
        double coverage = Math.min(1, covered / Duration.between(start, end).toMillis());
        boolean whole = worst != Quality.MISSING;
        return new Interval(
                start,
                end,
                whole ? OptionalLong.of(counts) : OptionalLong.empty(),
                whole ? Optional.of(amount) : Optional.empty(),
                whole && isEnergy ? Optional.of(energy) : Optional.empty(),
                worst,
                coverage,
                0,
                knownAt);
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
