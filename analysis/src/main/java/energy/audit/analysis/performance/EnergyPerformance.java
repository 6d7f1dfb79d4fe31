package energy.audit.analysis.performance;

import energy.audit.analysis.performance.Performance.SourceModels;
import energy.audit.analysis.regression.Extended;
import energy.audit.analysis.regression.LinearFit;
import energy.audit.analysis.regression.NoModel;
import energy.audit.analysis.regression.SepRules;
import energy.audit.analysis.regression.Series;
import energy.audit.analysis.regression.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Applies models to periods, source by source, and sums in primary energy. */
public final class EnergyPerformance {
    private final Method method;
    private final boolean withIntercept;
    private final double confidence;
    private final SepRules rules;
    private final List<SourceModels> models = new ArrayList<>();
    private Verdict verdict = Verdict.of(List.of());
    private Extended measuredBaseline = Extended.ZERO;
    private Extended measuredReporting = Extended.ZERO;
    /** Modelled at the baseline's conditions, or with standard conditions by the baseline's model. */
    private Extended modelledBaseline = Extended.ZERO;
    /** Modelled at the reporting period's conditions, or with standard conditions by the reporting period's model. */
    private Extended modelledReporting = Extended.ZERO;

    private double varianceAtBaseline;
    private double varianceAtReporting;

    private EnergyPerformance(Method method, boolean withIntercept, double confidence, SepRules rules) {
        this.method = method;
        this.withIntercept = withIntercept;
        this.confidence = confidence;
        this.rules = rules;
    }

    /**
     * Performance of the reporting period by one method.
     *
     * @param sources all that cross the boundary; at least one
     * @param confidence of the uncertainty, 0 to 1
     * @throws NoModel where a period cannot carry its model, or chaining has no middle period
     */
    public static Performance of(
            Method method, List<SourceData> sources, boolean withIntercept, double confidence, SepRules rules) {
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("energy performance needs a source");
        }
        EnergyPerformance performance = new EnergyPerformance(method, withIntercept, confidence, rules);
        for (SourceData source : sources) {
            performance.add(source);
        }
        return performance.result();
    }

    private void add(SourceData source) {
        measuredBaseline =
                measuredBaseline.plus(weighed(source, source.baseline().energy().sum()));
        measuredReporting = measuredReporting.plus(
                weighed(source, source.reporting().energy().sum()));
        if (method == Method.FORECAST) {
            LinearFit fit = fit(source, source.baseline(), "baseline");
            models.add(new SourceModels(source.source(), Optional.of(fit), Optional.empty()));
            addModelledReporting(source, fit, source.reporting().variables(), "reporting period", 1);
        } else if (method == Method.BACKCAST) {
            LinearFit fit = fit(source, source.reporting(), "reporting period");
            models.add(new SourceModels(source.source(), Optional.empty(), Optional.of(fit)));
            addModelledBaseline(source, fit, source.baseline().variables(), "baseline", 1);
        } else if (method == Method.CHAINING) {
            PeriodData middle = source.middle()
                    .orElseThrow(() -> new NoModel("chaining needs a period between baseline and reporting period to "
                            + "fit its model on. Name one."));
            LinearFit fit = fit(source, middle, "middle period");
            models.add(new SourceModels(source.source(), Optional.of(fit), Optional.empty()));
            addModelledBaseline(source, fit, source.baseline().variables(), "baseline", 1);
            addModelledReporting(source, fit, source.reporting().variables(), "reporting period", 1);
        } else {
            atStandardConditions(source);
        }
    }

    /** Both models at the same conditions, scaled to the number of reporting intervals. */
    private void atStandardConditions(SourceData source) {
        LinearFit before = fit(source, source.baseline(), "baseline");
        LinearFit after = fit(source, source.reporting(), "reporting period");
        models.add(new SourceModels(source.source(), Optional.of(before), Optional.of(after)));
        List<Series> conditions = source.standard().orElseGet(() -> both(source));
        double share =
                (double) source.reporting().energy().size() / conditions.get(0).size();
        addModelledBaseline(source, before, conditions, "standard conditions", share);
        addModelledReporting(source, after, conditions, "standard conditions", share);
    }

    private void addModelledBaseline(
            SourceData source, LinearFit fit, List<Series> variables, String period, double share) {
        Extended energy = applied(source, fit, variables, period).times(Extended.of(share));
        modelledBaseline = modelledBaseline.plus(energy);
        varianceAtBaseline += variance(fit, energy, variables.get(0).size() * share);
    }

    private void addModelledReporting(
            SourceData source, LinearFit fit, List<Series> variables, String period, double share) {
        Extended energy = applied(source, fit, variables, period).times(Extended.of(share));
        modelledReporting = modelledReporting.plus(energy);
        varianceAtReporting += variance(fit, energy, variables.get(0).size() * share);
    }

    private double variance(LinearFit fit, Extended energy, double points) {
        double band = energy.value() * SavingsUncertainty.ofPrediction(fit, points, confidence);
        return band * band;
    }

    private static List<Series> both(SourceData source) {
        List<Series> both = new ArrayList<>();
        for (int j = 0; j < source.baseline().variables().size(); j++) {
            both.add(source.baseline()
                    .variables()
                    .get(j)
                    .followedBy(source.reporting().variables().get(j)));
        }
        return both;
    }

    private LinearFit fit(SourceData source, PeriodData period, String name) {
        try {
            LinearFit fit = LinearFit.of(period.energy(), period.variables(), withIntercept);
            verdict = verdict.and(Verdict.of(fit, rules));
            return fit;
        } catch (NoModel e) {
            throw new NoModel("the model of " + source.source() + " on the " + name, e);
        }
    }

    private Extended applied(SourceData source, LinearFit fit, List<Series> variables, String period) {
        verdict = verdict.and(Verdict.ofApplication(fit, variables, period, rules));
        return weighed(source, Extended.sum(fit.predict(variables)));
    }

    private static Extended weighed(SourceData source, Extended energy) {
        return energy.times(Extended.of(source.primaryFactor()));
    }

    private Performance result() {
        Extended senpi;
        Extended actual = measuredReporting;
        Extended adjusted;
        if (method == Method.FORECAST) {
            adjusted = modelledReporting;
            senpi = measuredReporting.dividedBy(modelledReporting);
        } else if (method == Method.BACKCAST) {
            adjusted = measuredReporting.plus(measuredBaseline).minus(modelledBaseline);
            senpi = modelledBaseline.dividedBy(measuredBaseline);
        } else if (method == Method.CHAINING) {
            senpi = measuredReporting.dividedBy(modelledReporting).times(modelledBaseline.dividedBy(measuredBaseline));
            adjusted = measuredReporting.dividedBy(senpi);
        } else {
            adjusted = modelledBaseline;
            actual = modelledReporting;
            senpi = modelledReporting.dividedBy(modelledBaseline);
        }
        double savings = adjusted.minus(actual).value();
        double fraction = Math.sqrt(
                varianceAtBaseline / square(modelledBaseline) + varianceAtReporting / square(modelledReporting));
        // 1 − SEnPI is a fraction of this: so the band is known also where nothing was saved
        double whole = method == Method.BACKCAST ? measuredBaseline.value() : adjusted.value();
        double absolute = fraction * Math.abs(whole);
        Uncertainty uncertainty = new Uncertainty(confidence, absolute / Math.abs(savings), absolute);
        return new Performance(
                method, models, adjusted.value(), actual.value(), savings, senpi.value(), uncertainty, verdict);
    }

    /** 1 where nothing was modelled, and so nothing varies. */
    private static double square(Extended modelled) {
        return modelled.high() == 0 ? 1 : modelled.value() * modelled.value();
    }
}
