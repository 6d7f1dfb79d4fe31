package energy.audit.performance;

import energy.audit.access.Access;
import energy.audit.analysis.regression.Verdict;
import energy.audit.consumption.Resolution;
import energy.audit.evidence.wire.WorkflowDecision;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Refusal;
import energy.audit.log.TenantLog;
import energy.audit.performance.Baseline.Factor;
import energy.audit.tenancy.Tenancy;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What puts a baseline in question, and who lets it go on. Its callers check who may. */
final class Reviews {
    /** As whom reviews are opened that no person has opened. */
    private static final String OURSELVES = "performance";

    /** Intervals a reporting period must have before its means can put a model in question. */
    private static final int ENOUGH = 7;

    private final Tenancy tenancy;
    private final TenantLog log;
    private final Access access;
    private final IntervalRows rows;
    private final Decisions decisions;

    Reviews(Tenancy tenancy, TenantLog log, Access access, IntervalRows rows, Decisions decisions) {
        this.tenancy = tenancy;
        this.log = log;
        this.access = access;
        this.rows = rows;
        this.decisions = decisions;
    }

    Standing changeStaticFactor(String id, String factor, String value, LocalDate since, String reason) {
        Decisions.reasoned("change of " + factor, reason);
        log.lock();
        Standing standing = Book.read(log, LogSize.NEWEST).standing(id);
        Factor before = standing.factors().stream()
                .filter(each -> each.name().equals(factor))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound(
                        "NO_STATIC_FACTOR",
                        "static factor '" + factor + "' of " + id,
                        "the baseline in force names "
                                + (standing.factors().isEmpty()
                                        ? "none"
                                        : String.join(
                                                ", ",
                                                standing.factors().stream()
                                                        .map(Factor::name)
                                                        .toList())),
                        "Name one of them, or propose a baseline that has it."));
        if (before.value().equals(value)) {
            throw Refusal.conflict(
                    "SAME_VALUE", "static factor '" + factor + "'", "it is '" + value + "' already", "Nothing to do.");
        }
        decisions.append(WorkflowDecision.newBuilder()
                .setSubject(Decision.ofEnpi(id))
                .setDecision(Decision.CHANGED)
                .setFactor(factor)
                .setBefore(before.value())
                .setAfter(value)
                .setSince(since.toString())
                .setReason(reason));
        openReview(
                id,
                "Static factor " + factor + " is " + value + " since " + since + ", was " + before.value() + ": "
                        + reason);
        return Book.read(log, LogSize.NEWEST).standing(id);
    }

    Standing exclude(String id, LocalDate day, boolean excluded, String reason) {
        Decisions.reasoned((excluded ? "exclusion of " : "readmission of ") + day, reason);
        log.lock();
        Standing standing = Book.read(log, LogSize.NEWEST).standing(id);
        Exclusions.check(standing, day, excluded, rows.lastWhole(standing.definition()));
        decisions.append(WorkflowDecision.newBuilder()
                .setSubject(Decision.ofEnpi(id))
                .setDecision(excluded ? Decision.EXCLUDED : Decision.READMITTED)
                .setSince(day.toString())
                .setReason(reason));
        return Book.read(log, LogSize.NEWEST).standing(id);
    }

    Standing closeReview(String id, String reason) {
        Decisions.reasoned("end of the review of " + id, reason);
        log.lock();
        Decision review = Book.read(log, LogSize.NEWEST)
                .standing(id)
                .review()
                .orElseThrow(() -> Refusal.conflict("NO_REVIEW", "review of " + id, "none is open", "Nothing to do."));
        if (review.person().equals(access.actor())
                || Decision.changersSinceDecided(
                                Book.read(log, LogSize.NEWEST).standing(id).decisions())
                        .contains(access.actor())) {
            throw Refusal.forbidden(
                    "OWN_REVIEW",
                    "end of the review of " + id,
                    access.actor() + " has opened it, or recorded the change that it is about",
                    "Ask another energy manager or consultant of the tenant.");
        }
        decisions.append(WorkflowDecision.newBuilder()
                .setSubject(Decision.ofEnpi(id))
                .setDecision(Decision.CLOSED)
                .setReason(reason));
        return Book.read(log, LogSize.NEWEST).standing(id);
    }

    void examine(String id) {
        Standing standing = Book.read(log, LogSize.NEWEST).standing(id);
        Optional<Baseline> baseline = standing.inForce();
        if (baseline.isEmpty() || standing.review().isPresent() || closedSince(standing, baseline.get())) {
            return;
        }
        EnpiDefinition enpi = standing.definition();
        LocalDate first = baseline.get().last().plusDays(1);
        LocalDate last = rows.lastWhole(enpi);
        if (!enpi.kind().regression() || first.isAfter(last)) {
            return;
        }
        List<PeriodRow> usable = Appraisal.usable(rows.of(enpi, first, last, LogSize.NEWEST));
        if (usable.size() < (enpi.step() == Resolution.MONTH ? 3 : ENOUGH)) {
            return;
        }
        Verdict verdict = Appraisal.application(
                Appraisal.fit(enpi, baseline.get()), usable, baseline.get().variables());
        if (!verdict.valid()) {
            log.lock();
            if (Book.read(log, LogSize.NEWEST).standing(id).review().isEmpty()) {
                openReview(id, String.join(" ", verdict.reasons()));
            }
        }
    }

    /** Somebody has looked at this model's failing and let it stand: it is not opened again every hour. */
    private static boolean closedSince(Standing standing, Baseline baseline) {
        return standing.decisions().stream()
                .anyMatch(d -> d.what().equals(Decision.CLOSED) && d.logIndex() > baseline.logIndex());
    }

    private void openReview(String id, String why) {
        access.asSystem(
                OURSELVES,
                tenancy.current(),
                () -> decisions.append(WorkflowDecision.newBuilder()
                        .setSubject(Decision.ofEnpi(id))
                        .setDecision(Decision.OPENED)
                        .setReason(why)));
    }
}
