package energy.audit.performance;

import energy.audit.analysis.document.SavingsFigures;
import java.util.List;

/**
 * Savings of several indicators of a site together.
 *
 * @param figures in primary energy where factors were given, with the same in site energy beside it; energy that no indicator
 *     accounts for is not judged
 * @param notIncluded indicators that could not be, and why
 * @param leftOut intervals and adjustments that were not counted, and why
 */
public record Combined(List<Part> parts, SavingsFigures figures, List<String> notIncluded, List<String> leftOut) {
    public Combined {
        parts = List.copyOf(parts);
        notIncluded = List.copyOf(notIncluded);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * An indicator of the sum.
     *
     * @param energySource that its whole boundary is of
     * @param primaryFactor 1 for site energy
     * @param reportingKwh site energy of the intervals that were compared
     */
    public record Part(String enpi, String baseline, String energySource, double primaryFactor, double reportingKwh) {}
}
