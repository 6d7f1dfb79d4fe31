package energy.audit.verifier;

import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.WorkflowDecision;
import java.time.LocalDate;

/** Adjustments of an indicator: one inside the reporting period, one partly outside, one rejected, one that waits. */
final class AdjustedPlant {
    private final SmallPlant plant;
    private final LocalDate first;
    private final String adjuster;

    AdjustedPlant(SmallPlant plant, LocalDate first, String adjuster) {
        this.plant = plant;
        this.first = first;
        this.adjuster = adjuster;
    }

    /** Counts beside no baseline that is approved later. */
    void adjustBeforeTheApproval(int baselineDays) {
        propose(9, baselineDays, baselineDays, "1000000");
        decide(9, "adjustment-approved");
    }

    void adjust(int baselineDays, boolean another) {
        propose(1, baselineDays, baselineDays + 1, "-120.25");
        decide(1, "adjustment-approved");
        propose(2, baselineDays - 1, baselineDays, "5000");
        decide(2, "adjustment-approved");
        propose(3, baselineDays, baselineDays, "7000");
        decide(3, "adjustment-rejected");
        propose(4, baselineDays, baselineDays, "9000");
        if (another) {
            propose(5, baselineDays, baselineDays, "33.3");
            decide(5, "adjustment-approved");
        }
    }

    private void propose(int number, int firstDay, int lastDay, String energyKwh) {
        plant.append(
                EntryKind.WORKFLOW_DECISION,
                "emma",
                WorkflowDecision.newBuilder()
                        .setSubject("enpi:hall")
                        .setDecision("adjustment-proposed")
                        .setAdjustment(number)
                        .setFactor("presses")
                        .setSince(first.plusDays(firstDay).toString())
                        .setLast(first.plusDays(lastDay).toString())
                        .setEnergyKwh(energyKwh)
                        .setMethod("test")
                        .setEvidence("test")
                        .build());
    }

    private void decide(int number, String what) {
        plant.append(
                EntryKind.WORKFLOW_DECISION,
                adjuster,
                WorkflowDecision.newBuilder()
                        .setSubject("enpi:hall")
                        .setDecision(what)
                        .setAdjustment(number)
                        .setReason("test")
                        .build());
    }
}
