package energy.audit.performance;

import energy.audit.analysis.enpi.BaselineFit;
import energy.audit.analysis.performance.Method;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether savings of an indicator may be claimed, and what they are. */
final class Claim {
    private final IntervalRows rows;
    private final Standing standing;
    private final LogSize asKnownAt;

    Claim(IntervalRows rows, Standing standing, LogSize asKnownAt) {
        this.rows = rows;
        this.standing = standing;
        this.asKnownAt = asKnownAt;
    }

    Savings savings(Comparison comparison) {
        EnpiDefinition enpi = standing.definition();
        Baseline baseline = requireBaseline(standing);
        requireClaimable(comparison, baseline);
        List<PeriodRow> reporting = rows.of(enpi, comparison.first(), comparison.last(), asKnownAt);
        List<String> leftOut = new ArrayList<>(Appraisal.leftOut(reporting));
        List<PeriodRow> usable = Appraisal.usable(reporting);
        if (usable.isEmpty()) {
            throw Refusal.conflict(
                    "NO_DATA",
                    "savings of " + enpi.id(),
                    "no interval has energy and all variables",
                    "Choose other days.");
        }
        List<Adjustment> counted = standing.meeting(comparison.first(), comparison.last());
        leftOut.addAll(standing.leftOut(comparison.first(), comparison.last()));
        BaselineFit fit = Appraisal.fit(enpi, baseline);
        return new Savings(
                baseline,
                comparison.first(),
                comparison.last(),
                Appraisal.savings(
                        comparison.method(),
                        enpi,
                        baseline,
                        fit,
                        usable,
                        comparison.method() == Method.CHAINING
                                ? Optional.of(middle(comparison, baseline))
                                : Optional.empty(),
                        counted,
                        standing.decisions(),
                        rows.zone(enpi)),
                leftOut,
                counted);
    }

    /** The intervals that the model of chaining is fitted on. */
    List<PeriodRow> middle(Comparison comparison, Baseline baseline) {
        EnpiDefinition enpi = standing.definition();
        Comparison.Days days = comparison
                .modelled(baseline)
                .orElseThrow(() -> Refusal.invalid(
                        "NO_MIDDLE_PERIOD",
                        "chained savings of " + enpi.id(),
                        "no day lies between the baseline, which ends on " + baseline.last()
                                + ", and the reporting period from " + comparison.first(),
                        "Name the days of the model, or begin the reporting period later."));
        return Appraisal.usable(
                Exclusions.applied(rows.of(enpi, days.first(), days.last(), asKnownAt), standing.excluded()));
    }

    private void requireClaimable(Comparison comparison, Baseline baseline) {
        EnpiDefinition enpi = standing.definition();
        standing.review().ifPresent(review -> {
            throw Refusal.conflict(
                    "REVIEW_OPEN",
                    "savings of " + enpi.id(),
                    "a review is open since " + review.at() + ": " + review.reason(),
                    "Somebody other than " + review.person()
                            + " who may decide (energy manager or consultant) ends it, or approves a new baseline.");
        });
        if (!enpi.kind().regression()) {
            throw Refusal.conflict(
                    "NO_STATISTICS",
                    "savings of " + enpi.id(),
                    "a model of kind " + enpi.kind().text()
                            + " has no statistics of fit, so its savings have no error bar",
                    "Define a linear or change-point version of the EnPI.");
        }
        if (!comparison.first().isAfter(baseline.last())) {
            throw Refusal.invalid(
                    "PERIODS_OVERLAP",
                    "reporting period from " + comparison.first(),
                    "the baseline ends on " + baseline.last(),
                    "Begin after it.");
        }
    }

    static Baseline requireBaseline(Standing standing) {
        return standing.inForce()
                .orElseThrow(() -> Refusal.conflict(
                        "NO_BASELINE_IN_FORCE",
                        "EnPI " + standing.definition().id(),
                        "no baseline of version " + standing.definition().version() + " is approved",
                        "Propose one, and have somebody else approve it."));
    }
}
