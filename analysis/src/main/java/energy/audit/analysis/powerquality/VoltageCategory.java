package energy.audit.analysis.powerquality;

import java.util.Locale;

/**
 * Categories of RMS variation by residual (or highest) voltage and duration. The table leaves holes; they are decided
 * so: 0.9 and 1.1 of nominal are neither sag nor swell, 0.1 is a sag; exactly 30 cycles are instantaneous, 3 s momentary,
 * 60 s temporary; below 0.1 for more than a minute is a sustained interruption, though the table prints 0.0, because no
 * instrument reads zero.
 *
 * @see "IEEE 1159-2009 Table 2 as reproduced in Rockwell 1426-UM001F, p. 81"
 */
public enum VoltageCategory {
    NONE,
    /** Shorter than half a cycle: a transient, of which RMS values tell nothing. */
    NOT_RMS_EVENT,
    INSTANTANEOUS_SAG,
    INSTANTANEOUS_SWELL,
    MOMENTARY_INTERRUPTION,
    MOMENTARY_SAG,
    MOMENTARY_SWELL,
    TEMPORARY_INTERRUPTION,
    TEMPORARY_SAG,
    TEMPORARY_SWELL,
    SUSTAINED_INTERRUPTION,
    UNDERVOLTAGE,
    OVERVOLTAGE,
    /** Higher than the table's limit for its duration: 1.8, 1.4 or 1.2 of nominal. */
    SWELL_ABOVE_TABLE_RANGE,
    /** Longer than a minute between 0.1 and 0.8 of nominal. */
    UNCLASSIFIED_BY_TABLE;

    private static final double SAME = 1e-9;
    private static final double INSTANTANEOUS_CYCLES = 30;
    private static final double MOMENTARY_SECONDS = 3;
    private static final double TEMPORARY_SECONDS = 60;

    /**
     * @param perUnit lowest voltage of a fall or highest of a rise, as a share of nominal
     * @param seconds how long
     * @param frequency nominal, Hz: a cycle is its inverse
     */
    public static VoltageCategory of(double perUnit, double seconds, double frequency) {
        if (perUnit >= 0.9 - SAME && perUnit <= 1.1 + SAME) {
            return NONE;
        }
        double cycles = seconds * frequency;
        if (cycles < 0.5 - SAME) {
            return NOT_RMS_EVENT;
        }
        if (perUnit > 1.1) {
            return swell(perUnit, seconds, cycles);
        }
        return perUnit < 0.1 - SAME ? interruption(seconds) : sag(perUnit, seconds, cycles);
    }

    private static VoltageCategory swell(double perUnit, double seconds, double cycles) {
        if (cycles <= INSTANTANEOUS_CYCLES + SAME) {
            return perUnit <= 1.8 + SAME ? INSTANTANEOUS_SWELL : SWELL_ABOVE_TABLE_RANGE;
        }
        if (seconds <= MOMENTARY_SECONDS + SAME) {
            return perUnit <= 1.4 + SAME ? MOMENTARY_SWELL : SWELL_ABOVE_TABLE_RANGE;
        }
        if (perUnit > 1.2 + SAME) {
            return SWELL_ABOVE_TABLE_RANGE;
        }
        return seconds <= TEMPORARY_SECONDS + SAME ? TEMPORARY_SWELL : OVERVOLTAGE;
    }

    private static VoltageCategory interruption(double seconds) {
        if (seconds <= MOMENTARY_SECONDS + SAME) {
            return MOMENTARY_INTERRUPTION;
        }
        return seconds <= TEMPORARY_SECONDS + SAME ? TEMPORARY_INTERRUPTION : SUSTAINED_INTERRUPTION;
    }

    private static VoltageCategory sag(double perUnit, double seconds, double cycles) {
        if (cycles <= INSTANTANEOUS_CYCLES + SAME) {
            return INSTANTANEOUS_SAG;
        }
        if (seconds <= MOMENTARY_SECONDS + SAME) {
            return MOMENTARY_SAG;
        }
        if (seconds <= TEMPORARY_SECONDS + SAME) {
            return TEMPORARY_SAG;
        }
        return perUnit >= 0.8 - SAME ? UNDERVOLTAGE : UNCLASSIFIED_BY_TABLE;
    }

    /** As in the standard's text: {@code instantaneous sag}. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
