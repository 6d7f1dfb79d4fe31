package energy.audit.analysis.variable;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Mean temperatures of a station. Everything is taken day by day of the site: a day of which less than nine tenths are known
 * has no figure, and a period with such a day has none either; of a day that is nearly known, what is known stands for it.
 */
public final class TemperatureSeries {
    private static final MathContext DIGITS = new MathContext(34, RoundingMode.HALF_EVEN);
    private static final int DECIMALS = 6;
    private static final BigDecimal DAY = BigDecimal.valueOf(Duration.ofDays(1).toMillis());

    private final NavigableMap<Instant, Mean> means = new TreeMap<>();
    private final ZoneId zone;

    /** The mean over a time. @param degrees degC @param entry of the log that says so */
    public record Mean(Instant from, Instant to, BigDecimal degrees, long entry) {}

    /** @param means that do not overlap, in any order */
    public TemperatureSeries(List<Mean> means, ZoneId zone) {
        means.forEach(mean -> this.means.put(mean.from(), mean));
        this.zone = zone;
    }

    /** What is known of a stretch within a day. */
    private static final class Known {
        private BigDecimal weighted = BigDecimal.ZERO;
        private long covered;
        private boolean split;
        private final Set<Long> entries = new TreeSet<>();
        private final long length;

        private Known(long length) {
            this.length = length;
        }

        private boolean enough() {
            return covered * 10 >= length * 9 && covered > 0;
        }

        private BigDecimal average() {
            return weighted.divide(BigDecimal.valueOf(covered), DIGITS);
        }
    }

    private interface OfDay {
        BigDecimal value(Known known);
    }

    /** Mean of the days' means, degC. */
    public Aligned mean(Instant from, Instant to) {
        return overDays(from, to, UnaryOperator.identity(), Known::average, true);
    }

    /**
     * Degree days, K d.
     *
     * @throws IllegalArgumentException for daily means of a period that does not consist of whole local days
     */
    public Aligned degreeDays(DegreeDayRule rule, Instant from, Instant to) {
        if (rule.method() == DegreeDayRule.Method.DAILY_MEAN) {
            if (!midnight(from) || !midnight(to)) {
                throw new IllegalArgumentException(
                        "degree days from daily means need whole days in " + zone + ", not " + from + " to " + to);
            }
            return overDays(from, to, UnaryOperator.identity(), known -> rule.degrees(known.average()), false);
        }
        return overDays(
                from,
                to,
                rule::degrees,
                known -> known.average()
                        .multiply(BigDecimal.valueOf(known.length))
                        .divide(DAY, DIGITS),
                false);
    }

    private Aligned overDays(
            Instant from, Instant to, UnaryOperator<BigDecimal> ofTemperature, OfDay ofDay, boolean average) {
        BigDecimal sum = BigDecimal.ZERO;
        long covered = 0;
        boolean split = false;
        boolean complete = true;
        int days = 0;
        Set<Long> entries = new TreeSet<>();
        for (Instant start = from; start.isBefore(to); start = end(start, to)) {
            Known known = known(start, end(start, to), ofTemperature);
            days++;
            covered += known.covered;
            split |= known.split;
            entries.addAll(known.entries);
            if (known.enough()) {
                sum = sum.add(ofDay.value(known));
            } else {
                complete = false;
            }
        }
        BigDecimal value = average && days > 0 ? sum.divide(BigDecimal.valueOf(days), DIGITS) : sum;
        return Aligned.of(
                complete && days > 0
                        ? Optional.of(
                                value.setScale(DECIMALS, RoundingMode.HALF_EVEN).stripTrailingZeros())
                        : Optional.empty(),
                covered,
                Duration.between(from, to).toMillis(),
                split,
                entries);
    }

    private Known known(Instant from, Instant to, UnaryOperator<BigDecimal> ofTemperature) {
        Known known = new Known(Duration.between(from, to).toMillis());
        Map.Entry<Instant, Mean> first = means.floorEntry(from);
        Instant begin = first != null && first.getValue().to().isAfter(from) ? first.getKey() : from;
        for (Mean mean : means.subMap(begin, true, to, false).values()) {
            Instant start = mean.from().isBefore(from) ? from : mean.from();
            Instant stop = mean.to().isAfter(to) ? to : mean.to();
            long inside = Duration.between(start, stop).toMillis();
            known.weighted =
                    known.weighted.add(ofTemperature.apply(mean.degrees()).multiply(BigDecimal.valueOf(inside)));
            known.covered += inside;
            known.split |= !start.equals(mean.from()) || !stop.equals(mean.to());
            known.entries.add(mean.entry());
        }
        return known;
    }

    private Instant end(Instant start, Instant to) {
        LocalDate next = start.atZone(zone).toLocalDate().plusDays(1);
        Instant midnight = next.atStartOfDay(zone).toInstant();
        return midnight.isBefore(to) ? midnight : to;
    }

    private boolean midnight(Instant at) {
        return at.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant().equals(at);
    }
}
