package energy.audit.performance;

import energy.audit.access.Access;
import energy.audit.evidence.wire.WorkflowDecision;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Refusal;
import energy.audit.log.TenantLog;
import energy.audit.performance.Adjustment.State;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;

/** Has non-routine adjustments proposed and decided. Its callers check who may. */
final class Adjustments {
    /** What a decimal of an entry may have, so that every verifier can read it: docs/evidence-format.md, section 6. */
    private static final int DIGITS = 40;

    private final TenantLog log;
    private final Access access;
    private final IntervalRows rows;
    private final Decisions decisions;

    Adjustments(TenantLog log, Access access, IntervalRows rows, Decisions decisions) {
        this.log = log;
        this.access = access;
        this.rows = rows;
        this.decisions = decisions;
    }

    Adjustment propose(String id, BigDecimal kwh, LocalDate first, LocalDate last, String what, String reason) {
        Decisions.reasoned("adjustment of " + id, reason);
        if (what.isBlank()) {
            throw Refusal.invalid(
                    "NO_EVENT", "adjustment of " + id, "it does not say what happened", "Say it; the reason says how.");
        }
        if (kwh.signum() == 0 || kwh.precision() > DIGITS || Math.abs(kwh.scale()) > DIGITS) {
            throw Refusal.invalid(
                    "BAD_AMOUNT",
                    "adjustment of " + id + " by " + kwh + " kWh",
                    kwh.signum() == 0 ? "it changes nothing" : "it has more than " + DIGITS + " digits",
                    "Write the kWh that the baseline would have needed more, or less with a minus.");
        }
        log.lock();
        Standing standing = Book.read(log, LogSize.NEWEST).standing(id);
        Baseline baseline = standing.requireBaseline();
        checkDays(standing, baseline, first, last);
        ZoneId zone = rows.zone(standing.definition());
        int number = standing.adjustments().size() + 1;
        decisions.append(WorkflowDecision.newBuilder()
                .setSubject(Decision.ofEnpi(id))
                .setDecision(Decision.ADJUSTMENT_PROPOSED)
                .setAdjustment(number)
                .setBaseline(baseline.version())
                .setKwh(kwh.toPlainString())
                .setFromMs(first.atStartOfDay(zone).toInstant().toEpochMilli())
                .setToMs(last.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli())
                .setSince(first.toString())
                .setWhat(what)
                .setReason(reason));
        return one(id, number);
    }

    private void checkDays(Standing standing, Baseline baseline, LocalDate first, LocalDate last) {
        String thing = "adjustment of " + standing.definition().id() + " from " + first + " to " + last;
        if (last.isBefore(first)) {
            throw Refusal.invalid("BAD_PERIOD", thing, "it ends before it begins", "Exchange the days.");
        }
        if (!first.isAfter(baseline.last())) {
            throw Refusal.invalid(
                    "PERIODS_OVERLAP",
                    thing,
                    "the baseline ends on " + baseline.last() + ", and what is in it needs no adjustment",
                    "Begin after it.");
        }
        if (last.isAfter(rows.lastWhole(standing.definition()))) {
            throw Refusal.invalid(
                    "BAD_PERIOD",
                    thing,
                    "its last day or month is not over, so nobody can know the amount",
                    "Adjust the days until " + rows.lastWhole(standing.definition())
                            + ", and the others when they are over.");
        }
    }

    Adjustment decide(String id, int number, boolean approve, String reason) {
        Decisions.reasoned("decision about adjustment " + number + " of " + id, reason);
        log.lock();
        Adjustment adjustment = one(id, number);
        if (adjustment.state() != State.PROPOSED) {
            throw Refusal.conflict(
                    "DECIDED_ALREADY",
                    "adjustment " + number + " of " + id,
                    "it is " + adjustment.state().name().toLowerCase(Locale.ROOT) + " and frozen",
                    "Propose another one; a wrong amount is taken back by its opposite.");
        }
        if (approve && adjustment.proposal().person().equals(access.actor())) {
            throw Refusal.forbidden(
                    "OWN_PROPOSAL",
                    "approval of adjustment " + number + " of " + id,
                    access.actor() + " has proposed it, and nobody approves an own proposal",
                    "Ask another energy manager or consultant of the tenant.");
        }
        Baseline baseline = Book.read(log, LogSize.NEWEST).standing(id).requireBaseline();
        if (approve && baseline.version() != adjustment.terms().baseline()) {
            throw Refusal.conflict(
                    "OTHER_BASELINE",
                    "approval of adjustment " + number + " of " + id,
                    "it adjusts baseline version " + adjustment.terms().baseline() + ", and " + baseline.id()
                            + " is in force",
                    "Reject it, and propose one for the baseline in force if it still needs it.");
        }
        decisions.append(WorkflowDecision.newBuilder()
                .setSubject(Decision.ofEnpi(id))
                .setDecision(approve ? Decision.ADJUSTMENT_APPROVED : Decision.ADJUSTMENT_REJECTED)
                .setAdjustment(number)
                .setReason(reason));
        return one(id, number);
    }

    private Adjustment one(String id, int number) {
        return Book.read(log, LogSize.NEWEST).standing(id).adjustments().stream()
                .filter(each -> each.number() == number)
                .findFirst()
                .orElseThrow(() -> Refusal.notFound(
                        "NO_ADJUSTMENT",
                        "adjustment " + number + " of " + id,
                        "there is none of this number",
                        "Look at the EnPI's adjustments."));
    }
}
