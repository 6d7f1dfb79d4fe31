package energy.audit.analysis.powerquality;

/**
 * A sag, swell or interruption of one phase.
 *
 * @param startSeconds on the clock of its series
 * @param durationSeconds until the first value that is back, hysteresis included
 * @param perUnit lowest voltage of a fall, highest of a rise, as a share of nominal
 * @param ended false where the series ends first; the duration is then a lower bound
 */
public record VoltageEvent(
        String phase,
        VoltageCategory category,
        double startSeconds,
        double durationSeconds,
        double perUnit,
        boolean ended) {}
