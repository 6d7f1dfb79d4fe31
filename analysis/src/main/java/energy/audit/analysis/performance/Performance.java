package energy.audit.analysis.performance;

import energy.audit.analysis.regression.LinearFit;
import energy.audit.analysis.regression.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * Energy performance of a reporting period against a baseline. Energies are sums over the sources, each times its primary
 * factor.
 *
 * @param models the models that were used, one entry for each source
 * @param adjustedBaseline what the reporting period would have needed with the baseline's performance
 * @param actual what it needed; with standard conditions, what it would have needed there
 * @param savings adjustedBaseline − actual
 * @param senpi below 1 is an improvement
 * @param verdict valid only if every model is, and each may be applied where it is applied
 */
public record Performance(
        Method method,
        List<SourceModels> models,
        double adjustedBaseline,
        double actual,
        double savings,
        double senpi,
        Uncertainty uncertainty,
        Verdict verdict) {
    public Performance {
        models = List.copyOf(models);
    }

    /**
     * The models of one source.
     *
     * @param baseline fitted on the baseline; in chaining, on the middle period
     * @param reporting fitted on the reporting period
     */
    public record SourceModels(String source, Optional<LinearFit> baseline, Optional<LinearFit> reporting) {}

    /** 1 − SEnPI, in percent. */
    public double improvementPercent() {
        return 100 * (1 - senpi);
    }
}
