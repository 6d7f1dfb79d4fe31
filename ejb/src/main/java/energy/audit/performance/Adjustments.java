package energy.audit.performance;

import energy.audit.access.Access;
import energy.audit.evidence.wire.WorkflowDecision;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Refusal;
import energy.audit.log.TenantLog;

/** Non-routine adjustments: proposed with amount, method and evidence, and decided by somebody else. */
final class Adjustments {
    private final TenantLog log;
    private final Access access;
    private final Decisions decisions;

    Adjustments(TenantLog log, Access access, Decisions decisions) {
        this.log = log;
        this.access = access;
        this.decisions = decisions;
    }

    Standing propose(String id, Adjustment.Draft draft) {
        String what = "adjustment of " + id + " for '" + draft.staticFactor() + "'";
        if (draft.staticFactor().isBlank()
                || draft.method().isBlank()
                || draft.evidence().isBlank()) {
            throw Refusal.invalid(
                    "BAD_ADJUSTMENT",
                    what,
                    "it names no static factor, no method or no evidence",
                    "Say what changed, how its energy was calculated, and where the calculation is kept.");
        }
        if (draft.last().isBefore(draft.first())) {
            throw Refusal.invalid(
                    "BAD_ADJUSTMENT",
                    what,
                    "it ends on " + draft.last() + ", before it begins",
                    "Name first and last day.");
        }
        if (draft.energyKwh().signum() == 0
                || draft.energyKwh().precision() > 30
                || draft.energyKwh().scale() > 12) {
            throw Refusal.invalid(
                    "BAD_ADJUSTMENT",
                    what,
                    draft.energyKwh().toPlainString() + " kWh is no amount to adjust by",
                    "Name energy above zero to add to the baseline, below it to take away, with 12 decimals at most.");
        }
        log.lock();
        Standing standing = Book.read(log, LogSize.NEWEST).standing(id);
        decisions.append(WorkflowDecision.newBuilder()
                .setSubject(Decision.ofEnpi(id))
                .setDecision(Decision.ADJUSTMENT_PROPOSED)
                .setReason(draft.method())
                .setFactor(draft.staticFactor())
                .setBefore(draft.before())
                .setAfter(draft.after())
                .setSince(draft.first().toString())
                .setAdjustment(standing.adjustments().size() + 1)
                .setLast(draft.last().toString())
                .setEnergyKwh(draft.energyKwh().toPlainString())
                .setMethod(draft.method())
                .setEvidence(draft.evidence()));
        return Book.read(log, LogSize.NEWEST).standing(id);
    }

    Standing decide(String id, int number, boolean approve, String reason) {
        String what = (approve ? "approval" : "rejection") + " of adjustment " + number + " of " + id;
        Decisions.reasoned(what, reason);
        log.lock();
        Adjustment adjustment = Book.read(log, LogSize.NEWEST).standing(id).adjustments().stream()
                .filter(each -> each.number() == number)
                .findFirst()
                .orElseThrow(() -> Refusal.notFound(
                        "NO_ADJUSTMENT",
                        "adjustment " + number + " of " + id,
                        "there is none of this number",
                        "Look at the list of adjustments."));
        if (adjustment.decision().isPresent()) {
            throw Refusal.conflict(
                    "DECIDED_ALREADY",
                    "adjustment " + number + " of " + id,
                    "it is " + adjustment.state().name().toLowerCase(java.util.Locale.ROOT) + " and frozen",
                    "Propose a further one; with the opposite sign it takes this one back.");
        }
        if (approve && adjustment.author().equals(access.actor())) {
            throw Refusal.forbidden(
                    "OWN_PROPOSAL",
                    what,
                    access.actor() + " has proposed it, and nobody approves an own proposal",
                    "Ask another energy manager or consultant of the tenant.");
        }
        decisions.append(WorkflowDecision.newBuilder()
                .setSubject(Decision.ofEnpi(id))
                .setDecision(approve ? Decision.ADJUSTMENT_APPROVED : Decision.ADJUSTMENT_REJECTED)
                .setAdjustment(number)
                .setReason(reason));
        return Book.read(log, LogSize.NEWEST).standing(id);
    }
}
