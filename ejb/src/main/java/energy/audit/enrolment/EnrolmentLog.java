package energy.audit.enrolment;

import energy.audit.kernel.AgentId;
import energy.audit.kernel.LogCode;
import energy.audit.kernel.TenantId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Tells the operator's log who was let in and put out, after it is committed. Never a token. */
final class EnrolmentLog {
    private static final Logger LOG = System.getLogger(EnrolmentLog.class.getName());

    private EnrolmentLog() {}

    static void write(LogCode code, TenantId tenant, AgentId agent) {
        LOG.log(Level.INFO, "{0} tenant={1} agent={2} next={3}", code, tenant, agent, code.whatToDo());
    }

    /** @param reason the refusal's code @param address as the connection shows it */
    static void refused(String reason, String address) {
        LOG.log(
                Level.WARNING,
                "{0} reason={1} address={2} next={3}",
                LogCode.ENROLMENT_REFUSED,
                reason,
                address.replaceAll("[^0-9A-Za-z.:\\[\\]%]", "?"),
                LogCode.ENROLMENT_REFUSED.whatToDo());
    }
}
