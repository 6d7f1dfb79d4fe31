package energy.audit.performance;

import energy.audit.analysis.document.SavingsFigures;
import energy.audit.analysis.enpi.BaselineFit;
import energy.audit.analysis.performance.EnergyPerformance;
import energy.audit.analysis.performance.Method;
import energy.audit.analysis.performance.NonRoutineAdjustment;
import energy.audit.analysis.performance.PeriodData;
import energy.audit.analysis.performance.SavingsCourse;
import energy.audit.analysis.performance.SavingsInWords;
import energy.audit.analysis.performance.SourceData;
import energy.audit.analysis.regression.NoModel;
import energy.audit.analysis.regression.SepRules;
import energy.audit.analysis.regression.Verdict;
import energy.audit.consumption.Resolution;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Adds the indicators of a site up: every model on its own, energies weighed by primary factors, as SEP does for a facility. */
final class Combination {
    private final IntervalRows rows;
    private final LogSize asKnownAt;
    private final SiteId site;
    private final Comparison comparison;
    private final Map<String, BigDecimal> factors;
    private final List<String> notIncluded = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    /** One indicator with the rows of its reporting period. */
    private record Source(
            Standing standing, Baseline baseline, BaselineFit fit, List<PeriodRow> usable, double factor) {
        EnpiDefinition enpi() {
            return standing.definition();
        }
    }

    /** @param factors of primary energy by energy source; empty: site energy */
    Combination(
            IntervalRows rows, SiteId site, Comparison comparison, Map<String, BigDecimal> factors, LogSize asKnownAt) {
        this.rows = rows;
        this.site = site;
        this.comparison = comparison;
        this.factors = Map.copyOf(factors);
        this.asKnownAt = asKnownAt;
    }

    Combined of(List<Standing> standings) {
        List<Source> sources = new ArrayList<>();
        for (Standing standing : standings) {
            String reason = against(standing);
            if (reason.isEmpty()) {
                sources.add(source(standing));
            } else {
                notIncluded.add(standing.definition().id() + ": " + reason);
            }
        }
        if (sources.isEmpty()) {
            throw Refusal.conflict(
                    "NO_BASELINE_IN_FORCE",
                    "savings of site " + site,
                    notIncluded.isEmpty() ? "it has no indicator" : String.join("; ", notIncluded),
                    "Define a linear or change-point indicator and have its baseline approved.");
        }
        requireApart(sources);
        List<Source> together = atTheSameIntervals(sources);
        return new Combined(parts(together), figures(together), notIncluded, leftOut);
    }

    private String against(Standing standing) {
        if (standing.inForce().isEmpty()) {
            return "no baseline of its present version is approved";
        }
        if (standing.review().isPresent()) {
            return "a review is open";
        }
        if (!standing.definition().kind().regression()) {
            return "a model of kind " + standing.definition().kind().text() + " has no statistics of fit";
        }
        List<String> sources = standing.definition().energySources();
        if (sources.size() != 1) {
            return "its boundary takes " + (sources.isEmpty() ? "no known energy" : String.join(" and ", sources))
                    + "; an indicator for each is needed";
        }
        return comparison.first().isAfter(standing.inForce().get().last())
                ? ""
                : "its baseline ends on " + standing.inForce().get().last() + ", in the reporting period";
    }

    private Source source(Standing standing) {
        EnpiDefinition enpi = standing.definition();
        List<PeriodRow> reporting = rows.of(enpi, comparison.first(), comparison.last(), asKnownAt);
        Appraisal.leftOut(reporting).forEach(each -> leftOut.add(enpi.id() + ", " + each));
        Baseline baseline = standing.inForce().orElseThrow();
        return new Source(standing, baseline, Appraisal.fit(enpi, baseline), Appraisal.usable(reporting), factor(enpi));
    }

    private double factor(EnpiDefinition enpi) {
        if (factors.isEmpty()) {
            return 1;
        }
        BigDecimal factor = factors.get(enpi.energySources().get(0));
        if (factor == null) {
            throw Refusal.conflict(
                    "NO_FACTOR",
                    "primary energy of EnPI " + enpi.id(),
                    "no primary-energy factor of " + enpi.energySources().get(0) + " holds from " + comparison.first()
                            + " to " + comparison.last(),
                    "Enter a table of kind primary-energy-factors, or choose a period within one factor.");
        }
        return factor.doubleValue();
    }

    private void requireApart(List<Source> sources) {
        Map<ChannelId, String> taken = new HashMap<>();
        Set<Resolution> steps = new HashSet<>();
        for (Source source : sources) {
            steps.add(source.enpi().step());
            for (ChannelId channel : source.enpi().channels()) {
                String other = taken.put(channel, source.enpi().id());
                if (other != null) {
                    throw Refusal.conflict(
                            "ENERGY_TWICE",
                            "savings of site " + site,
                            "channel " + channel + " is in the boundary of " + other + " and of "
                                    + source.enpi().id(),
                            "Name the indicators that together take each energy once.");
                }
            }
        }
        requireNoMeterAbove(sources, taken);
        if (steps.size() > 1) {
            throw Refusal.conflict(
                    "DIFFERENT_STEPS",
                    "savings of site " + site,
                    "some of its indicators are by day and some by month",
                    "Name indicators of one step.");
        }
    }

    /** What a meter measures, the meters above it measure too. @param taken which indicator has a channel */
    private void requireNoMeterAbove(List<Source> sources, Map<ChannelId, String> taken) {
        for (Source source : sources) {
            for (ChannelId channel : source.enpi().channels()) {
                Set<String> above = rows.metersAbove(channel);
                taken.forEach((other, enpi) -> {
                    if (!enpi.equals(source.enpi().id()) && above.contains(other.meter())) {
                        throw Refusal.conflict(
                                "ENERGY_TWICE",
                                "savings of site " + site,
                                "meter " + channel.meter() + " in the boundary of "
                                        + source.enpi().id() + " lies below meter " + other.meter()
                                        + " in that of " + enpi + ", which measures its energy too",
                                "Name the indicators that together take each energy once.");
                    }
                });
            }
        }
    }

    /** A day that one of them lacks says nothing about the site. */
    private List<Source> atTheSameIntervals(List<Source> sources) {
        Set<LocalDate> known = new HashSet<>();
        sources.get(0).usable().forEach(row -> known.add(row.day()));
        for (Source source : sources) {
            Set<LocalDate> own = new HashSet<>();
            source.usable().forEach(row -> own.add(row.day()));
            known.retainAll(own);
        }
        if (known.isEmpty()) {
            throw Refusal.conflict(
                    "NO_DATA",
                    "savings of site " + site,
                    "no interval has energy and variables of all its indicators",
                    "Choose other days, or fewer indicators.");
        }
        List<Source> together = new ArrayList<>();
        for (Source each : sources) {
            together.add(new Source(
                    each.standing(),
                    each.baseline(),
                    each.fit(),
                    each.usable().stream()
                            .filter(row -> known.contains(row.day()))
                            .toList(),
                    each.factor()));
        }
        return together;
    }

    private static List<Combined.Part> parts(List<Source> sources) {
        return sources.stream()
                .map(each -> new Combined.Part(
                        each.enpi().id(),
                        each.baseline().id(),
                        each.enpi().energySources().get(0),
                        each.factor(),
                        Appraisal.energy(each.usable()).total()))
                .toList();
    }

    private SavingsFigures figures(List<Source> sources) {
        List<SourceData> data = sources.stream().map(this::data).toList();
        ZoneId zone = rows.zone(sources.get(0).enpi());
        requireEqualBaselines(sources);
        try {
            var performance = EnergyPerformance.of(comparison.method(), data, true, Appraisal.CONFIDENCE, SepRules.SEP);
            var atAshrae = EnergyPerformance.of(
                    comparison.method(), data, true, SavingsInWords.ASHRAE_CONFIDENCE, SepRules.SEP);
            List<NonRoutineAdjustment> adjustments = adjustments(sources);
            return new SavingsFigures(
                    performance,
                    factors.isEmpty()
                            ? Optional.empty()
                            : Optional.of(EnergyPerformance.of(
                                    comparison.method(),
                                    data.stream()
                                            .map(each -> each.withPrimaryFactor(1))
                                            .toList(),
                                    true,
                                    Appraisal.CONFIDENCE,
                                    SepRules.SEP)),
                    Verdict.of(List.of()),
                    adjustments.isEmpty()
                            ? Optional.empty()
                            : Optional.of(NonRoutineAdjustment.apply(performance, adjustments)),
                    SavingsInWords.of(performance, atAshrae, EnpiDefinition.UNIT),
                    SavingsCourse.of(
                            performance,
                            data,
                            sources.get(0).baseline().inputs().stream()
                                    .map(input -> LocalDateTime.ofInstant(input.from(), zone))
                                    .toList(),
                            sources.get(0).usable().stream()
                                    .map(row -> row.day().atStartOfDay())
                                    .toList(),
                            List.of()),
                    EnpiDefinition.UNIT);
        } catch (NoModel e) {
            throw Refusal.conflict(
                    "NO_SAVINGS", "savings of site " + site, e.reason(), "Choose another method or reporting period.");
        }
    }

    private SourceData data(Source source) {
        List<String> variables = source.baseline().variables();
        SourceData data = SourceData.of(
                        source.enpi().id(),
                        new PeriodData(
                                source.fit().energy(),
                                source.fit().columns(source.fit().variables())),
                        new PeriodData(
                                Appraisal.energy(source.usable()),
                                source.fit().columns(Appraisal.columns(source.usable(), variables))))
                .withPrimaryFactor(source.factor());
        if (comparison.method() != Method.CHAINING) {
            return data;
        }
        List<PeriodRow> middle = new Claim(rows, source.standing(), asKnownAt).middle(comparison, source.baseline());
        return data.withMiddle(
                new PeriodData(Appraisal.energy(middle), source.fit().columns(Appraisal.columns(middle, variables))));
    }

    /** Where the course runs over the baselines, they must be of the same intervals to be added. */
    private void requireEqualBaselines(List<Source> sources) {
        boolean overBaselines = comparison.method() == Method.BACKCAST || comparison.method() == Method.CHAINING;
        List<java.time.Instant> first = sources.get(0).baseline().inputs().stream()
                .map(Baseline.Input::from)
                .toList();
        for (Source source : sources) {
            if (overBaselines
                    && !source.baseline().inputs().stream()
                            .map(Baseline.Input::from)
                            .toList()
                            .equals(first)) {
                throw Refusal.conflict(
                        "DIFFERENT_BASELINES",
                        "savings of site " + site,
                        "the baselines of " + sources.get(0).enpi().id() + " and "
                                + source.enpi().id() + " are not of the same intervals",
                        "Use forecast or standard-conditions, or approve baselines over the same days.");
            }
        }
    }

    private List<NonRoutineAdjustment> adjustments(List<Source> sources) {
        List<NonRoutineAdjustment> counted = new ArrayList<>();
        for (Source source : sources) {
            source.standing()
                    .meeting(comparison.first(), comparison.last())
                    .forEach(each -> counted.add(each.weighed(source.factor())));
            source.standing()
                    .leftOut(comparison.first(), comparison.last())
                    .forEach(each -> leftOut.add(source.enpi().id() + ", " + each));
        }
        return counted;
    }
}
