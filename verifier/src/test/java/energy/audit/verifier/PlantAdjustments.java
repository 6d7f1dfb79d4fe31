package energy.audit.verifier;

import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.WorkflowDecision;
import java.math.BigDecimal;
import java.util.Random;

/** Non-routine adjustments of an honest plant: some wait, some are rejected, of another baseline, or partly in the period. */
final class PlantAdjustments {
    private PlantAdjustments() {}

    /** One to three of them. */
    static void add(SmallPlant plant, Random random, int baselineDays, int reportingDays) {
        int count = 1 + random.nextInt(3);
        for (int number = 1; number <= count; number++) {
            int first = baselineDays + random.nextInt(reportingDays);
            int last = first + random.nextInt(random.nextInt(4) == 0 ? 4 : 1);
            plant.append(
                    EntryKind.WORKFLOW_DECISION,
                    "emma",
                    decision("adjustment-proposed", number)
                            .setBaseline(random.nextInt(6) == 0 ? 2 : 1)
                            .setKwh(BigDecimal.valueOf(random.nextInt(400_000) - 200_000, 2)
                                    .toPlainString())
                            .setFromMs(IndicatorPlants.at(first))
                            .setToMs(IndicatorPlants.at(last + 1))
                            .setWhat("a furnace stood still")
                            .build());
            if (random.nextInt(5) > 0) {
                boolean rejected = random.nextInt(5) == 0;
                plant.append(
                        EntryKind.WORKFLOW_DECISION,
                        "carl",
                        decision(rejected ? "adjustment-rejected" : "adjustment-approved", number)
                                .build());
            }
        }
    }

    private static WorkflowDecision.Builder decision(String what, int number) {
        return WorkflowDecision.newBuilder()
                .setSubject("enpi:hall")
                .setDecision(what)
                .setAdjustment(number)
                .setReason("test");
    }
}
