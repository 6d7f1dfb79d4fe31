package energy.audit.consumption;

import energy.audit.analysis.register.Quality;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Consumption of one counter in [start, end).
 *
 * @param counts whole register counts; empty exactly when the quality is MISSING
 * @param amount counts x multiplier, in the channel's unit, exact; empty with {@code counts}
 * @param energyKwh empty when the channel is not energy, or there is no figure
 * @param coverage share of the time, 0 to 1, that lies between readings close enough together
 * @param revision from 1; 0 when derived for this answer only
 * @param knownAtLogSize the smallest prefix of the log that holds all readings it was derived from
 */
public record Interval(
        Instant start,
        Instant end,
        OptionalLong counts,
        Optional<BigDecimal> amount,
        Optional<BigDecimal> energyKwh,
        Quality quality,
        double coverage,
        int revision,
        long knownAtLogSize) {

    /** Whether another derivation says the same. */
    boolean saysTheSameAs(Interval other) {
        return end.equals(other.end)
                && counts.equals(other.counts)
                && sameNumber(amount, other.amount)
                && sameNumber(energyKwh, other.energyKwh)
                && quality == other.quality
                && Math.abs(coverage - other.coverage) < 1e-4;
    }

    Interval asRevision(int number) {
        return new Interval(start, end, counts, amount, energyKwh, quality, coverage, number, knownAtLogSize);
    }

    private static boolean sameNumber(Optional<BigDecimal> one, Optional<BigDecimal> other) {
        return one.isPresent() == other.isPresent()
                && one.map(number -> number.compareTo(other.orElseThrow()) == 0).orElse(true);
    }
}
