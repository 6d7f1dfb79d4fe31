package energy.audit.web.log;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.ingest.Ingest;
import energy.audit.ingest.IngestAlarm;
import energy.audit.ingest.IngestIdentity;
import energy.audit.ingest.QuarantinedMessage;
import energy.audit.log.TenantLog;
import energy.audit.web.rest.Entrance;
import energy.audit.web.shell.Figure;
import energy.audit.web.shell.Place;
import energy.audit.web.shell.Shell;
import energy.audit.web.shell.Words;
import energy.audit.witness.Holder;
import energy.audit.witness.Witnesses;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;

/** Is everything that was sent in the log, and who would notice if the log were rewritten. */
@Named("evidence")
@RequestScoped
public class EvidencePage {
    private static final int MOST = 50;
    /** What an agent says of its store counts as long as it was heard lately. */
    private static final Duration HEARD = Duration.ofMinutes(2);

    private final Words words;
    private final Place place;
    private final ZoneId zone;
    private final Head head;
    private final Instant now;
    private final LocalDate today;

    /** Somebody outside who holds a head of the log. */
    public record HolderRow(String kind, String name, String size, String at, String trouble) {}

    private record Head(
            long size,
            String root,
            String checkpoint,
            String key,
            IngestIdentity identity,
            List<QuarantinedMessage> refused,
            List<IngestAlarm> alarms,
            List<Holder> holders,
            boolean mayRetry,
            boolean mayIssue) {}

    @Inject
    EvidencePage(
            Words words,
            Shell shell,
            Entrance entrance,
            Access access,
            TenantLog log,
            Ingest ingest,
            Witnesses witnesses,
            Clock clock) {
        this.words = words;
        this.place = shell.place();
        this.zone = place.here().zone();
        this.now = clock.instant();
        this.today = now.atZone(zone).toLocalDate();
        this.head = entrance.in(place.tenant(), () -> {
            access.require(Permission.SEE);
            var proofs = log.proofs(log.size());
            return new Head(
                    proofs.size(),
                    proofs.root().hex(),
                    log.checkpoint(),
                    Base64.getEncoder().encodeToString(log.verificationKey().raw()),
                    ingest.identity(),
                    ingest.quarantine(MOST),
                    ingest.alarms(MOST),
                    witnesses.holders(),
                    access.may(Permission.HANDLE_QUARANTINE),
                    access.may(Permission.ISSUE_REPORT));
        });
    }

    /** An agent as its batches and receipts tell. */
    public record AgentRow(
            String agent,
            String sent,
            String lastReceipt,
            String witnessed,
            String sequence,
            String holes,
            boolean hasHoles,
            String kept,
            String clock,
            boolean clockGood) {}

    /** A refused message. */
    public record RefusedRow(String at, String agent, String reason, String detail, String bytes, String retry) {}

    /** Something to look at. */
    public record AlarmRow(String at, String kind, String agent, String detail) {}

    public String getHeadline() {
        String tenant = place.membership().tenantName();
        String size = words.whole(head.size());
        IngestIdentity identity = head.identity();
        if (identity.quarantined() > 0) {
            return words.text("evidence.headline.quarantine", size, tenant, words.whole(identity.quarantined()));
        }
        return identity.inFlight() > 0
                ? words.text("evidence.headline.missing", size, tenant, words.whole(identity.inFlight()))
                : words.text("evidence.headline", size, tenant);
    }

    public List<Figure> getFigures() {
        IngestIdentity identity = head.identity();
        return List.of(
                count("size", head.size(), words.text("evidence.size.note", words.whole(Math.max(0, head.size() - 1)))),
                count("stored", identity.stored(), words.text("evidence.stored.note")),
                count("duplicate", identity.duplicate(), words.text("evidence.duplicate.note")),
                count("quarantined", identity.quarantined(), words.text("evidence.quarantined.note")));
    }

    private Figure count(String name, long count, String note) {
        boolean good = !name.equals("quarantined") || count == 0;
        return new Figure(
                words.text("evidence." + name), words.whole(count), "", "", note, "none", good ? "✓" : "!", good, "");
    }

    public String getIdentity() {
        IngestIdentity identity = head.identity();
        return words.text(
                "evidence.identity.sum",
                words.whole(identity.sent()),
                words.whole(identity.stored()),
                words.whole(identity.duplicate()),
                words.whole(identity.quarantined()),
                words.whole(identity.inFlight()));
    }

    /** The identity as shares of what was sent: stored, duplicate, quarantined, on the way. */
    public boolean isWhole() {
        return head.identity().inFlight() == 0;
    }

    public String getSize() {
        return words.whole(head.size());
    }

    public String getRoot() {
        return head.root();
    }

    public String getCheckpoint() {
        return head.checkpoint();
    }

    public String getKey() {
        return head.key();
    }

    public String getCheckpointFile() {
        return place.tenant() + "-" + head.size() + ".checkpoint";
    }

    public List<AgentRow> getAgents() {
        return head.identity().agents().stream().map(this::row).toList();
    }

    private AgentRow row(IngestIdentity.AgentState state) {
        return new AgentRow(
                state.agent().value(),
                words.whole(state.sent()),
                state.lastReceipt().map(this::moment).orElse(words.text("evidence.never")),
                words.whole(state.witnessedSize()),
                words.whole(state.lastSequence()),
                words.whole(state.holes()),
                state.holes() > 0,
                state.lastContact()
                        .filter(at -> Duration.between(at, now).compareTo(HEARD) <= 0)
                        .map(at -> words.whole(state.keptBatches()))
                        .orElse("–"),
                words.text(state.clockSynchronised() ? "evidence.clock.ok" : "evidence.clock.bad"),
                state.clockSynchronised());
    }

    public List<RefusedRow> getRefused() {
        return head.refused().stream()
                .map(message -> new RefusedRow(
                        moment(message.at()),
                        message.agent(),
                        message.reason().name(),
                        message.reason().meaning() + (message.detail().isBlank() ? "" : ": " + message.detail()),
                        words.whole(message.bytes()),
                        head.mayRetry() && message.admittedAs().isEmpty()
                                ? "/data/tenants/" + place.tenant() + "/quarantine/" + message.id() + "/retry"
                                : ""))
                .toList();
    }

    public List<AlarmRow> getAlarms() {
        return head.alarms().stream()
                .map(alarm -> new AlarmRow(
                        moment(alarm.at()),
                        words.textOr(
                                "evidence.alarm." + alarm.kind().name(),
                                alarm.kind().name()),
                        alarm.agent().value(),
                        alarm.detail()))
                .toList();
    }

    public List<HolderRow> getHolders() {
        return head.holders().stream()
                .map(holder -> new HolderRow(
                        words.text("evidence.holder." + holder.kind().name()),
                        holder.name(),
                        holder.size() == 0 ? words.text("evidence.never") : words.whole(holder.size()),
                        holder.at().map(this::moment).orElse(words.text("evidence.never")),
                        holder.trouble().orElse("")))
                .toList();
    }

    public String getRecipientsAddress() {
        return "/data/tenants/" + place.tenant() + "/log/recipients";
    }

    public boolean isMayIssue() {
        return head.mayIssue();
    }

    public String getReportAddress() {
        return "/data/tenants/" + place.tenant() + "/reports";
    }

    public String getSiteId() {
        return place.here().id().value();
    }

    /** Begin of the last whole month. */
    public String getReportFrom() {
        return today.withDayOfMonth(1).minusMonths(1).toString();
    }

    public String getReportTo() {
        return today.withDayOfMonth(1).minusDays(1).toString();
    }

    public String getLatestDay() {
        return today.toString();
    }

    private String moment(Instant at) {
        return words.moment(at, zone);
    }
}
