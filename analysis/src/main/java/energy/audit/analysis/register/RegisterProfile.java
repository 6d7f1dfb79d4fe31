package energy.audit.analysis.register;

import java.time.Duration;

/**
 * What is known of a register.
 *
 * @param modulus counts at which it starts again at 0; 0: it never does
 * @param maxCountsPerHour the most it can advance, from the rated power; 0: unknown. 10 % are allowed on top
 * @param boundaryTolerance a reading this near to a boundary stands for it: half a polling interval
 * @param maxInterpolation the longest stretch between two readings inside which a boundary is interpolated
 * @param coveredStretch the longest stretch between two readings that counts as covered by data
 * @param backStepLimit a drop of at most this many counts is a correction by the device
 */
public record RegisterProfile(
        long modulus,
        long maxCountsPerHour,
        Duration boundaryTolerance,
        Duration maxInterpolation,
        Duration coveredStretch,
        long backStepLimit) {
    private static final Duration TOLERANCE = Duration.ofSeconds(5);
    private static final Duration INTERPOLATION = Duration.ofHours(2);
    private static final Duration COVERED = Duration.ofMinutes(15);

    public RegisterProfile {
        if (modulus < 0 || maxCountsPerHour < 0 || backStepLimit < 0) {
            throw new IllegalArgumentException("modulus, maxCountsPerHour and backStepLimit are not negative");
        }
        if (boundaryTolerance.isNegative() || maxInterpolation.isNegative() || coveredStretch.isNegative()) {
            throw new IllegalArgumentException("tolerances are not negative");
        }
    }

    /** Tolerance 5 s, interpolation up to 2 h, covered up to 15 min between readings, no back-step. */
    public static RegisterProfile of(long modulus, long maxCountsPerHour) {
        return new RegisterProfile(modulus, maxCountsPerHour, TOLERANCE, INTERPOLATION, COVERED, 0);
    }

    /** The most the register can advance in that time, with 10 % on top and one count for truncation. */
    double plausibleCounts(long millis) {
        return maxCountsPerHour * 1.1 * millis / 3_600_000.0 + 1;
    }
}
