package energy.audit.witness;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.evidence.Checkpoint;
import energy.audit.evidence.Cosignature;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.VerificationKey;
import energy.audit.ingest.Ingest;
import energy.audit.ingest.IngestIdentity.AgentState;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Refusal;
import energy.audit.log.TenantLog;
import energy.audit.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Spreads heads of the log to those who would notice if it were rewritten, and says who holds which. */
@ApplicationScoped
public class Witnesses {
    private final Access access;
    private final TenantLog log;
    private final Ingest ingest;
    private final Clock clock;
    private final WitnessTable table;

    @Inject
    public Witnesses(Tenancy tenancy, Access access, TenantLog log, Ingest ingest, Clock clock) {
        this.access = access;
        this.log = log;
        this.ingest = ingest;
        this.clock = clock;
        this.table = new WitnessTable(tenancy);
    }

    /** Agents, recipients of mail, time-stamp services and cosigning witnesses, with the newest head of each. */
    public List<Holder> holders() {
        access.require(Permission.SEE);
        List<Holder> holders = new ArrayList<>();
        for (AgentState agent : ingest.identity().agents()) {
            holders.add(new Holder(
                    Holder.Kind.AGENT,
                    agent.agent().value(),
                    agent.witnessedSize(),
                    agent.lastContact(),
                    Optional.empty()));
        }
        holders.addAll(table.mailHolders());
        holders.addAll(table.otherHolders());
        return holders;
    }

    /** Has heads mailed to an address, once a day when the log has grown; the next one within a minute. */
    public void subscribe(String mail) {
        access.require(Permission.ISSUE_REPORT);
        if (!mail.matches("[^@\\s<>\",;]+@[^@\\s<>\",;]+")) {
            throw Refusal.invalid("NO_MAIL_ADDRESS", "address '" + mail + "'", "it is none", "Write name@place.");
        }
        table.subscribe(mail, access.actor(), clock.instant());
        soon();
    }

    /** @throws Refusal NO_RECIPIENT */
    public void unsubscribe(String mail) {
        access.require(Permission.ISSUE_REPORT);
        if (!table.unsubscribe(mail, clock.instant())) {
            throw Refusal.notFound(
                    "NO_RECIPIENT", "address '" + mail + "'", "it gets no heads", "Look at the list of recipients.");
        }
    }

    /** Has the daily round of mail and stamps done within a minute. */
    public void soon() {
        access.require(Permission.ISSUE_REPORT);
        table.roundIsDue();
    }

    /** Accepts cosignatures by this key from now on; the same name again: a new key. */
    public void register(String name, VerificationKey key) {
        access.require(Permission.GRANT);
        if (!name.matches("[!-*,-~]{1,200}")) {
            throw Refusal.invalid(
                    "NO_WITNESS_NAME",
                    "witness '" + name + "'",
                    "a name in signed notes has no spaces and no plus sign",
                    "Take something like auditor.example/anna.");
        }
        table.register(name, key, access.actor(), clock.instant());
    }

    /**
     * Keeps the cosignatures of registered witnesses under a head of this log.
     *
     * @param note a checkpoint as it was served, with one more line for each witness
     * @return the names whose lines were kept
     * @throws Refusal BAD_NOTE, NOT_OUR_HEAD, NO_COSIGNATURE
     */
    public List<String> cosign(String note) {
        access.require(Permission.SEE);
        try {
            Checkpoint head = Checkpoint.claimed(note);
            if (!head.origin().equals(log.origin())
                    || head.size() == 0
                    || !head.root().equals(log.root(LogSize.of(head.size())))) {
                throw Refusal.conflict(
                        "NOT_OUR_HEAD",
                        "head of " + head.origin() + " with " + head.size() + " entries",
                        "this log had another root at that size, or is another log",
                        "If you were given this head by this server, keep it: it proves that the log was rewritten.");
            }
            List<String> kept = new ArrayList<>();
            for (Map.Entry<String, VerificationKey> witness : table.witnesses().entrySet()) {
                Optional<Cosignature> cosignature = Cosignature.of(note, witness.getKey(), witness.getValue());
                if (cosignature.isPresent()) {
                    table.cosigned(
                            head.size(),
                            witness.getKey(),
                            cosignature.get().at(),
                            Cosignature.textOf(note, witness.getKey(), witness.getValue())
                                    .orElseThrow());
                    kept.add(witness.getKey());
                }
            }
            if (kept.isEmpty()) {
                throw Refusal.invalid(
                        "NO_COSIGNATURE",
                        "the note of size " + head.size(),
                        "no line is by a witness that is registered here: "
                                + String.join(", ", table.witnesses().keySet()),
                        "Have the witness registered with its public key first.");
            }
            return kept;
        } catch (MalformedEvidence e) {
            throw Refusal.invalid(
                    "BAD_NOTE",
                    "the note",
                    String.valueOf(e.getMessage()),
                    "Send the checkpoint as it was served, with your line at its end.");
        }
    }

    /** The signed note of a size with the cosignatures that are kept for it. */
    public String cosigned(LogSize size) {
        access.require(Permission.SEE);
        LogSize resolved = log.resolved(size);
        return log.checkpointAt(resolved) + String.join("", table.cosignatures(resolved.entries()));
    }

    /** Heads that a time-stamp service has stamped, newest first. */
    public List<Stamp> stamps() {
        access.require(Permission.SEE);
        return table.stamps();
    }
}
