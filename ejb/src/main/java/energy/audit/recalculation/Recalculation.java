package energy.audit.recalculation;

import energy.audit.kernel.Period;
import java.time.Instant;
import java.util.Optional;

/**
 * One recalculation and how far it is.
 *
 * @param number counts up within the tenant
 * @param units registers times months
 * @param revisions interval revisions that it appended: figures that came out differently
 * @param waitsFor why it gives way at the moment, in words
 * @param failure why it stopped, in words
 */
public record Recalculation(
        int number,
        Period period,
        String reason,
        String requestedBy,
        Instant requestedAt,
        State state,
        Optional<Instant> endedAt,
        long units,
        long unitsDone,
        long revisions,
        Optional<String> waitsFor,
        Optional<String> failure) {
    /** RUNNING includes waiting for its turn. */
    public enum State {
        RUNNING,
        PAUSED,
        FAILED,
        DONE
    }

    /** Done part, 0 to 1; a recalculation without units is done. */
    public double share() {
        return units == 0 ? 1 : (double) unitsDone / units;
    }
}
