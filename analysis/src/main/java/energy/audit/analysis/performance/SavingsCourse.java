package energy.audit.analysis.performance;

import energy.audit.analysis.performance.Performance.SourceModels;
import energy.audit.analysis.regression.Extended;
import energy.audit.analysis.regression.LinearFit;
import energy.audit.analysis.regression.Series;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The CUSUM of a comparison, sources added by their primary factors. With forecast and standard conditions it runs over
 * the reporting period; with backcast and chaining from the start of the baseline.
 */
public final class SavingsCourse {
    private SavingsCourse() {}

    public static CusumCourse of(
            Performance performance,
            List<SourceData> sources,
            List<LocalDateTime> baseline,
            List<LocalDateTime> reporting,
            List<CusumCourse.Event> events) {
        boolean both = performance.method() == Method.BACKCAST || performance.method() == Method.CHAINING;
        List<LocalDateTime> starts = new ArrayList<>(both ? baseline : List.of());
        starts.addAll(reporting);
        List<Extended> actual = new ArrayList<>(Collections.nCopies(starts.size(), Extended.ZERO));
        List<Extended> expected = new ArrayList<>(actual);
        for (int i = 0; i < sources.size(); i++) {
            SourceData source = sources.get(i);
            SourceModels models = performance.models().get(i);
            LinearFit fit = models.baseline().or(models::reporting).orElseThrow();
            int at = 0;
            if (both) {
                at = add(source, fit, source.baseline(), actual, expected, 0);
            }
            add(source, fit, source.reporting(), actual, expected, at);
        }
        return CusumCourse.of(
                starts, Series.ofExtended("actual", actual), Series.ofExtended("expected", expected), events);
    }

    private static int add(
            SourceData source,
            LinearFit fit,
            PeriodData period,
            List<Extended> actual,
            List<Extended> expected,
            int at) {
        Extended factor = Extended.of(source.primaryFactor());
        double[] modelled = fit.predict(period.variables());
        for (int i = 0; i < modelled.length; i++) {
            Extended energy = factor.times(period.energy().extendedAt(i));
            Extended model = factor.times(Extended.of(modelled[i]));
            actual.set(at + i, actual.get(at + i).plus(energy));
            expected.set(at + i, expected.get(at + i).plus(model));
        }
        return at + modelled.length;
    }
}
