package energy.audit.analysis.performance;

import energy.audit.analysis.regression.Series;
import java.util.List;
import java.util.Optional;

/**
 * One energy source over the periods of a comparison.
 *
 * @param primaryFactor what a unit of its energy weighs in the sum over sources; 1 for site energy
 * @param middle the period of the model in chaining
 * @param standard the variables at standard conditions; without them those of baseline and reporting period together
 */
public record SourceData(
        String source,
        double primaryFactor,
        PeriodData baseline,
        PeriodData reporting,
        Optional<PeriodData> middle,
        Optional<List<Series>> standard) {
    /** Site energy, without middle period and with default standard conditions. */
    public static SourceData of(String source, PeriodData baseline, PeriodData reporting) {
        return new SourceData(source, 1, baseline, reporting, Optional.empty(), Optional.empty());
    }

    public SourceData withMiddle(PeriodData period) {
        return new SourceData(source, primaryFactor, baseline, reporting, Optional.of(period), standard);
    }

    public SourceData withStandard(List<Series> conditions) {
        return new SourceData(source, primaryFactor, baseline, reporting, middle, Optional.of(conditions));
    }

    public SourceData withPrimaryFactor(double factor) {
        return new SourceData(source, factor, baseline, reporting, middle, standard);
    }
}
