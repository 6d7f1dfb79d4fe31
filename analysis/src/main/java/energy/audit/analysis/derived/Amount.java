package energy.audit.analysis.derived;

import energy.audit.analysis.register.IntervalConsumption;
import energy.audit.analysis.register.Quality;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An amount of [start, end), scaled from counts.
 *
 * @param value in the unit that the caller states; empty exactly when the quality is MISSING
 * @param coverage share of the interval covered by readings, 0 to 1
 */
public record Amount(Instant start, Instant end, Optional<BigDecimal> value, Quality quality, double coverage) {
    public Amount {
        if (value.isEmpty() != (quality == Quality.MISSING)) {
            throw new IllegalArgumentException("the amount at " + start + " is " + quality + " and has "
                    + (value.isEmpty() ? "no" : "a") + " value");
        }
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("an interval ends after it starts: " + start + " to " + end);
        }
    }

    /** Whole counts times an exact multiplier. */
    public static List<Amount> scaled(List<IntervalConsumption> intervals, BigDecimal multiplier) {
        return intervals.stream()
                .map(i -> new Amount(
                        i.start(),
                        i.end(),
                        i.counts().isPresent()
                                ? Optional.of(BigDecimal.valueOf(i.counts().getAsLong())
                                        .multiply(multiplier))
                                : Optional.empty(),
                        i.quality(),
                        i.coverage()))
                .toList();
    }

    static Amount missing(Instant start, Instant end, double coverage) {
        return new Amount(start, end, Optional.empty(), Quality.MISSING, coverage);
    }
}
