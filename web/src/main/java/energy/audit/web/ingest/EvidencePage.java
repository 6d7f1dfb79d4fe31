package energy.audit.web.ingest;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.ingest.Ingest;
import energy.audit.ingest.IngestIdentity;
import energy.audit.ingest.QuarantinedMessage;
import energy.audit.log.TenantLog;
import energy.audit.web.place.Figures;
import energy.audit.web.place.PortalFrame;
import energy.audit.web.signin.CallerOfRequest;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** "Show me that nothing is missing and nothing was changed." */
@Named("evidence")
@RequestScoped
public class EvidencePage {
    @Inject
    @SuppressWarnings("NullAway.Init")
    PortalFrame frame;

    @Inject
    @SuppressWarnings("NullAway.Init")
    CallerOfRequest caller;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Access access;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Ingest ingest;

    @Inject
    @SuppressWarnings("NullAway.Init")
    TenantLog log;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Clock clock;

    @SuppressWarnings("NullAway.Init")
    private IngestIdentity identity;

    @SuppressWarnings("NullAway.Init")
    private String checkpoint;

    @SuppressWarnings("NullAway.Init")
    private String logKey;

    private List<QuarantinedMessage> quarantine = List.of();
    private boolean mayIssue;

    /** An agent as witness of the log. */
    public record AgentRow(
            String name,
            String sent,
            String stored,
            String duplicate,
            String quarantined,
            String waiting,
            String contact,
            String witnessed,
            String clock,
            boolean well) {}

    @PostConstruct
    void load() {
        access.inTenant(caller.caller(), frame.place().tenant(), () -> {
            identity = ingest.identity();
            checkpoint = log.checkpoint();
            logKey = Base64.getEncoder().encodeToString(log.verificationKey().raw());
            mayIssue = access.may(Permission.ISSUE_REPORT);
            if (access.may(Permission.HANDLE_QUARANTINE)) {
                quarantine = ingest.quarantine(20);
            }
        });
    }

    public boolean isHolds() {
        return identity.sent() == identity.stored() + identity.duplicate() + identity.quarantined();
    }

    public String getHeadline() {
        long open = identity.sent() - identity.stored() - identity.duplicate() - identity.quarantined();
        if (open == 0) {
            return "Nothing is missing: every one of " + number(identity.sent()) + " batches sent is accounted for.";
        }
        return open > 0
                ? number(open) + " batches were sent and are not here yet."
                : number(-open) + " batches arrived that no agent has counted.";
    }

    public String getSent() {
        return number(identity.sent());
    }

    public String getStored() {
        return number(identity.stored());
    }

    public String getDuplicate() {
        return number(identity.duplicate());
    }

    public String getQuarantined() {
        return number(identity.quarantined());
    }

    public List<AgentRow> getAgents() {
        Instant now = clock.instant();
        return identity.agents().stream()
                .map(a -> new AgentRow(
                        a.agent().value(),
                        number(a.sent()),
                        number(a.stored()),
                        number(a.duplicate()),
                        number(a.quarantined()),
                        number(a.keptBatches()),
                        ago(a.lastContact(), now),
                        a.witnessedSize() == 0 ? "none yet" : "head of size " + number(a.witnessedSize()),
                        a.clockSynchronised() ? "synchronised" : "not synchronised",
                        a.holes() == 0 && a.quarantined() == 0))
                .toList();
    }

    private static String ago(Optional<Instant> at, Instant now) {
        return at.map(t -> PortalFrame.age(Duration.between(t, now)) + " ago").orElse("never");
    }

    public List<QuarantinedMessage> getQuarantine() {
        return quarantine;
    }

    public String getCheckpoint() {
        return checkpoint;
    }

    public String getLogKey() {
        return logKey;
    }

    public boolean isMayIssue() {
        return mayIssue;
    }

    /** First day of the last complete month. */
    public String getFrom() {
        return lastMonth().atDay(1).toString();
    }

    /** Last day of the last complete month. */
    public String getTo() {
        return lastMonth().atEndOfMonth().toString();
    }

    private YearMonth lastMonth() {
        return YearMonth.from(clock.instant().atZone(frame.site().zone())).minusMonths(1);
    }

    private static String number(long value) {
        return Figures.number(BigDecimal.valueOf(value), 0);
    }
}
