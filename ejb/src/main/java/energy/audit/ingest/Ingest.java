package energy.audit.ingest;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.fleet.Fleet;
import energy.audit.ingest.Admission.Duplicate;
import energy.audit.ingest.Admission.Quarantined;
import energy.audit.ingest.Admission.Reason;
import energy.audit.ingest.Admission.Stored;
import energy.audit.ingest.Envelope.Sender;
import energy.audit.kernel.AgentId;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Open;
import energy.audit.kernel.Period;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.TenantId;
import energy.audit.log.TenantLog;
import energy.audit.metering.Agent;
import energy.audit.metering.Metering;
import energy.audit.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Admits batches once, and knows every reading. */
@ApplicationScoped
public class Ingest {
    private final Tenancy tenancy;
    private final TenantLog log;
    private final Access access;
    private final Metering metering;
    private final Fleet fleet;
    private final Clock clock;
    private final IngestTables tables;
    private final IngestAccounts accounts;
    private final List<Runnable> wakeUps = new CopyOnWriteArrayList<>();

    @Inject
    public Ingest(Tenancy tenancy, TenantLog log, Access access, Metering metering, Fleet fleet, Clock clock) {
        this.tenancy = tenancy;
        this.log = log;
        this.access = access;
        this.metering = metering;
        this.fleet = fleet;
        this.clock = clock;
        this.tables = IngestTables.of(tenancy);
        this.accounts = new IngestAccounts(tables);
    }

    /**
     * Admits messages: verifies, claims {@code (agent, sequence)}, stores the signed bytes as entries of the log together
     * with readings, gaps and marks of touched hours, and makes receipts. One transaction a tenant; not inside another.
     * When it returns, everything is committed and every message may be acknowledged. When it throws, some tenants'
     * messages may be committed: deliver all again, they become duplicates.
     *
     * @return outcomes in the order of the messages
     */
    @Open("what may enter is decided by the signature, with a key that the tenant has enrolled")
    public List<Admission> admit(List<Envelope> envelopes) {
        Map<Integer, Admission> outcomes = new HashMap<>();
        Map<TenantId, List<Integer>> byTenant = new LinkedHashMap<>();
        Set<TenantId> known = Set.copyOf(tenancy.directory());
        for (int i = 0; i < envelopes.size(); i++) {
            Optional<TenantId> tenant = envelopes.get(i).sender().map(Sender::tenant);
            if (tenant.filter(known::contains).isPresent()) {
                byTenant.computeIfAbsent(tenant.get(), t -> new ArrayList<>()).add(i);
            } else {
                outcomes.put(i, stray(envelopes.get(i), tenant.isEmpty() ? Reason.NO_SENDER : Reason.UNKNOWN_TENANT));
            }
        }
        byTenant.forEach((tenant, positions) -> {
            List<Admission> ofTenant = tenancy.within(
                    tenant,
                    () -> admitOfTenant(positions.stream().map(envelopes::get).toList()));
            for (int i = 0; i < positions.size(); i++) {
                outcomes.put(positions.get(i), ofTenant.get(i));
            }
        });
        return Stream.iterate(0, i -> i + 1)
                .limit(envelopes.size())
                .map(outcomes::get)
                .toList();
    }

    /**
     * Device mappings that an agent announced in its signed batches, in the order of its sequence, each only where it
     * differs from the one before.
     */
    public List<AnnouncedMapping> mappings(AgentId agent) {
        access.require(Permission.SEE);
        return tables.mappings().of(agent);
    }

    /** What was found at meters with {@code probe}, as agents' batches carried it, newest first. */
    public List<CommissionedRegister> commissioned() {
        access.require(Permission.SEE);
        return tables.commissionings().newest();
    }

    private List<Admission> admitOfTenant(List<Envelope> envelopes) {
        Admittance admittance = new Admittance(log, metering, fleet, tables, clock.instant());
        List<Admission> admissions = admittance.admit(envelopes);
        for (int i = 0; i < envelopes.size(); i++) {
            if (admissions.get(i) instanceof Quarantined refused) {
                Envelope envelope = envelopes.get(i);
                tables.quarantine().keep(message(envelope, refused), envelope.payload());
            }
        }
        accounts.count(envelopes, admissions);
        TenantId tenant = tenancy.current();
        tenancy.afterCommit(() -> IngestLog.write(tenant, admissions, admittance.alarms()));
        if (admissions.stream().anyMatch(Stored.class::isInstance)) {
            tenancy.afterCommit(() -> wakeUps.forEach(Runnable::run));
        }
        return admissions;
    }

    private Admission stray(Envelope envelope, Reason reason) {
        UUID id = UUID.randomUUID();
        tenancy.outside(() -> {
            tables.quarantine().keepStray(id, clock.instant(), envelope.topic(), reason, envelope.payload());
            return id;
        });
        return new Quarantined(reason, envelope.topic(), 0, id, Optional.empty());
    }

    private QuarantinedMessage message(Envelope envelope, Quarantined refused) {
        return new QuarantinedMessage(
                refused.id(),
                clock.instant(),
                envelope.topic(),
                envelope.sender().map(s -> s.agent().value()).orElse(""),
                refused.sequence(),
                refused.reason(),
                refused.detail(),
                envelope.payload().length,
                Optional.empty());
    }

    /** What has become of everything that was sent, in this tenant. */
    public IngestIdentity identity() {
        access.require(Permission.SEE);
        return accounts.identity(metering.agents().stream().map(Agent::id).toList());
    }

    /** Readings from the period's beginning (included) to its end (excluded). */
    public Readings readings(ChannelId channel, Period period, LogSize asKnownAt) {
        access.require(Permission.SEE);
        return metering.channelNumber(channel)
                .map(number -> tables.readings().in(number, period, asKnownAt))
                .orElseGet(Ingest::none);
    }

    /** Readings of a period, the newest before it, and the oldest at or after its end. */
    public ReadingsAround readingsAround(ChannelId channel, Period period, LogSize asKnownAt) {
        access.require(Permission.SEE);
        return metering.channelNumber(channel)
                .map(number -> new ReadingsAround(
                        tables.readings().before(number, period.from(), asKnownAt),
                        tables.readings().in(number, period, asKnownAt),
                        tables.readings().atOrAfter(number, period.to(), asKnownAt)))
                .orElseGet(() -> new ReadingsAround(Optional.empty(), none(), Optional.empty()));
    }

    /** For each instant the readings next to it, in the order of the instants. */
    public List<Bracket> brackets(ChannelId channel, List<Instant> instants, LogSize asKnownAt) {
        access.require(Permission.SEE);
        return metering.channelNumber(channel)
                .map(number -> tables.readings().brackets(number, instants, asKnownAt))
                .orElseGet(() -> instants.stream()
                        .map(instant -> new Bracket(instant, Optional.empty(), Optional.empty()))
                        .toList());
    }

    /** Log indexes, ascending and distinct, of the batches that hold the readings next to the instants. */
    public List<Long> batchesHolding(ChannelId channel, List<Instant> instants, LogSize asKnownAt) {
        Set<Long> indexes = new TreeSet<>();
        for (Bracket bracket : brackets(channel, instants, asKnownAt)) {
            bracket.atOrBefore().ifPresent(reading -> indexes.add(reading.logIndex()));
            bracket.atOrAfter().ifPresent(reading -> indexes.add(reading.logIndex()));
        }
        return List.copyOf(indexes);
    }

    /** Newest reading of each channel that has one. */
    public Map<ChannelId, Reading> latest(Collection<ChannelId> channels) {
        access.require(Permission.SEE);
        Map<Integer, ChannelId> names = new HashMap<>();
        metering.knownChannelNumbers(channels).forEach((channel, number) -> names.put(number, channel));
        Map<ChannelId, Reading> latest = new HashMap<>();
        tables.readings()
                .latest(names.keySet().stream().mapToInt(Integer::intValue).toArray())
                .forEach((number, reading) -> {
                    ChannelId channel = names.get(number);
                    if (channel != null) {
                        latest.put(channel, reading);
                    }
                });
        return latest;
    }

    /** Signed gaps of a channel that overlap a period; those of its site's agents for every channel among them. */
    public List<StoredGap> gaps(ChannelId channel, Period period, LogSize asKnownAt) {
        access.require(Permission.SEE);
        List<String> agents = metering.agents().stream()
                .filter(agent -> agent.site().equals(channel.site()))
                .map(agent -> agent.id().value())
                .toList();
        return tables.gaps().in(channel, metering.channelNumber(channel).orElse(-1), agents, period, asKnownAt);
    }

    /**
     * Takes about {@code limit} touched hours (up to 23 more), oldest first, out of the list in this transaction: its
     * commit clears them, its rollback gives them back. Others skip what is taken. A reading that arrives meanwhile marks
     * its hour anew. Marked are the hour that holds a new reading, and for a reading at hh:00:00.000 also the hour that
     * ends there. Read the readings after this call, not before.
     *
     * @return distinct hours, by hour and channel
     */
    public List<TouchedBucket> takeTouched(int limit) {
        access.require(Permission.DERIVE);
        return tables.touched().take(limit);
    }

    /** How many touched hours wait. */
    public long touchedCount() {
        access.require(Permission.SEE);
        return tables.touched().count();
    }

    /** Has a wake-up run after new readings were committed. It must be quick, and may not throw. */
    @Open("a wake-up learns nothing")
    public void onTouched(Runnable wakeUp) {
        wakeUps.add(wakeUp);
    }

    /** Refused messages, newest first. */
    public List<QuarantinedMessage> quarantine(int limit) {
        access.require(Permission.SEE);
        return tables.quarantine().newest(limit);
    }

    /** The bytes of a refused message. */
    public byte[] quarantinedPayload(UUID id) {
        access.require(Permission.HANDLE_QUARANTINE);
        return kept(id).payload();
    }

    /**
     * Admits a refused message once more, for example after its agent was enrolled. Admitted, it counts as what it has
     * become, no longer as quarantined. Its receipt reaches the agent when it next sends the batch.
     */
    public Admission retry(UUID id) {
        access.require(Permission.HANDLE_QUARANTINE);
        QuarantineTable.Kept kept = kept(id);
        if (kept.message().admittedAs().isPresent()) {
            throw Refusal.conflict(
                    "ADMITTED_ALREADY",
                    "quarantined message " + id,
                    "it is entry " + kept.message().admittedAs().get() + " of the log",
                    "Nothing is left to do.");
        }
        Envelope envelope = new Envelope(kept.message().topic(), kept.payload(), Optional.empty());
        Admission admission = new Admittance(log, metering, fleet, tables, clock.instant())
                .admit(List.of(envelope))
                .get(0);
        if (admission instanceof Quarantined refused) {
            tables.quarantine().refusedAgain(id, refused.reason(), refused.detail());
            return admission;
        }
        long index = admission instanceof Stored stored ? stored.logIndex() : ((Duplicate) admission).logIndex();
        tables.quarantine().admitted(id, index);
        accounts.move(AgentId.of(kept.message().agent()), admission);
        tenancy.afterCommit(() -> wakeUps.forEach(Runnable::run));
        return admission;
    }

    /** What an operator must look at, newest first. */
    public List<IngestAlarm> alarms(int limit) {
        access.require(Permission.SEE);
        return tables.quarantine().alarms(limit);
    }

    private QuarantineTable.Kept kept(UUID id) {
        return tables.quarantine()
                .kept(id)
                .orElseThrow(() -> Refusal.notFound(
                        "UNKNOWN_MESSAGE", "quarantined message " + id, "there is none", "Look at the list."));
    }

    private static Readings none() {
        return new Readings(new long[0], new long[0], new long[0]);
    }
}
