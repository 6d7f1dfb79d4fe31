package energy.audit.performance;

import energy.audit.access.Access;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.WorkflowDecision;
import energy.audit.kernel.Refusal;
import energy.audit.log.EntryDraft;
import energy.audit.log.TenantLog;

/** Puts steps of the work on indicators into the log. */
final class Decisions {
    private final TenantLog log;
    private final Access access;

    Decisions(TenantLog log, Access access) {
        this.log = log;
        this.access = access;
    }

    /** @return index of its entry */
    long append(WorkflowDecision.Builder decision) {
        return log.append(new EntryDraft(
                EntryKind.WORKFLOW_DECISION, access.actor(), decision.build().toByteArray()));
    }

    static void reasoned(String what, String reason) {
        if (reason.isBlank()) {
            throw Refusal.invalid("NO_REASON", what, "it has no reason", "Say why; it stays in the log for ever.");
        }
    }
}
