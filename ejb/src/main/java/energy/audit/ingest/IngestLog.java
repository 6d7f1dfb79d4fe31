package energy.audit.ingest;

import energy.audit.ingest.Admission.Quarantined;
import energy.audit.kernel.LogCode;
import energy.audit.kernel.TenantId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/** Tells the operator's log what was refused and what was found, after it is committed. */
final class IngestLog {
    private static final Logger LOG = System.getLogger(IngestLog.class.getName());

    private IngestLog() {}

    static void write(TenantId tenant, List<Admission> admissions, List<IngestAlarm> alarms) {
        for (Admission admission : admissions) {
            if (admission instanceof Quarantined refused) {
                LOG.log(
                        Level.WARNING,
                        "{0} tenant={1} id={2} reason={3} sequence={4} detail={5} next={6}",
                        LogCode.BATCH_QUARANTINED,
                        tenant,
                        refused.id(),
                        refused.reason(),
                        Long.toString(refused.sequence()),
                        oneLine(refused.detail()),
                        LogCode.BATCH_QUARANTINED.whatToDo());
            }
        }
        for (IngestAlarm alarm : alarms) {
            LOG.log(
                    Level.ERROR,
                    "ERR {0} tenant={1} agent={2} sequence={3} detail={4} next={5}",
                    alarm.kind().code(),
                    tenant,
                    alarm.agent(),
                    Long.toString(alarm.sequence()),
                    oneLine(alarm.detail()),
                    alarm.kind().code().whatToDo());
        }
    }

    /** A sender chooses some of the words; they must not look like lines of ours. */
    private static String oneLine(String text) {
        return QuarantineTable.plain(text.replaceAll("\\p{Cntrl}", "?"), 300);
    }
}
