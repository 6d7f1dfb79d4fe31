package energy.audit.metering;

import com.google.protobuf.ByteString;
import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.evidence.ExchangesInForce;
import energy.audit.evidence.OpenedKeyChange;
import energy.audit.evidence.VerificationKey;
import energy.audit.evidence.wire.AgentEnrolment;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.MeterExchange;
import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.kernel.AgentId;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Open;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.log.EntryDraft;
import energy.audit.log.TenantLog;
import energy.audit.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is measured where in the current tenant, and with which keys its agents sign. */
@ApplicationScoped
public class Metering {
    private final Tenancy tenancy;
    private final TenantLog log;
    private final Access access;
    private final Clock clock;
    private final MeteringTable table;
    private final Exchanges exchanges;

    @Inject
    public Metering(Tenancy tenancy, TenantLog log, Access access, Clock clock) {
        this.tenancy = tenancy;
        this.log = log;
        this.access = access;
        this.clock = clock;
        this.table = new MeteringTable(tenancy);
        this.exchanges = new Exchanges(log, access, new ExchangeTable(tenancy));
    }

    /**
     * Puts a site's meters in force from an instant on: from there it replaces whatever was said before, earlier instants
     * keep what they have. Content that was put before makes no new entry.
     *
     * @param configuration of the current tenant
     * @return index of the log's entry
     */
    public long configure(MeteringConfiguration configuration) {
        access.require(Permission.CONFIGURE_METERING);
        requireThisTenant("metering configuration of " + configuration.getSite(), configuration.getTenant());
        ConfigurationText text = new ConfigurationText(configuration);
        List<ChannelId> channels = text.channels();
        byte[] content = configuration.toByteArray();
        SiteId site = SiteId.of(configuration.getSite());
        log.lock();
        Optional<Long> same = table.same(site, content);
        if (same.isPresent()) {
            return same.get();
        }
        long index = log.append(new EntryDraft(EntryKind.METERING_CONFIGURATION, access.actor(), content));
        Map<ChannelId, Integer> numbers = channelNumbers(channels);
        SiteConfiguration values = text.values(index, id -> numbers.getOrDefault(id, 0));
        table.add(index, site, values.effectiveFrom(), content);
        SiteRow row = tenancy.entities().find(SiteRow.class, site.value());
        if (row == null) {
            row = new SiteRow(site);
            row.follow(values);
            tenancy.entities().persist(row);
        } else {
            row.follow(values);
        }
        return index;
    }

    /**
     * Enters that a meter was exchanged, with what its old and new registers showed. A later one for the same meter and
     * instant corrects it; all stay in the log.
     *
     * @param exchange of the current tenant
     * @param idempotencyKey names the request: the same again answers as before; other content with it is refused
     * @return index of the log's entry; of the earlier one when the newest for this meter and instant says the same
     * @throws Refusal BAD_EXCHANGE naming the field, UNKNOWN_SITE, IDEMPOTENCY_KEY_USED
     */
    public long exchange(MeterExchange exchange, Optional<String> idempotencyKey) {
        access.require(Permission.CONFIGURE_METERING);
        requireThisTenant(
                "exchange of meter " + exchange.getMeter() + " of " + exchange.getSite(), exchange.getTenant());
        SiteId site = site(SiteId.of(exchange.getSite())).id();
        return exchanges.enter(
                site, exchange, idempotencyKey, clock.instant(), at -> configurationAt(site, at, LogSize.NEWEST));
    }

    /** Every exchange of a site's meters in a prefix of the log, in log order; those that were replaced too. */
    public List<LoggedExchange> exchanges(SiteId site, LogSize asKnownAt) {
        access.require(Permission.SEE);
        return exchanges.all(site, asKnownAt);
    }

    /** The exchanges of a site's meters that count in a prefix of the log. */
    public ExchangesInForce exchangesInForce(SiteId site, LogSize asKnownAt) {
        access.require(Permission.SEE);
        return exchanges.inForce(site, asKnownAt);
    }

    private void requireThisTenant(String what, String named) {
        if (!named.equals(tenancy.current().value())) {
            throw Refusal.invalid(
                    "OTHER_TENANT", what, "it names tenant '" + named + "'", "Send it to that tenant, or correct it.");
        }
    }

    /** {@link #enrolAgent(AgentId, SiteId, VerificationKey, String)} without a reason. */
    public long enrolAgent(AgentId agent, SiteId site, VerificationKey key) {
        return enrolAgent(agent, site, key, "");
    }

    /**
     * Enrols an agent's key, or another key for it; the earlier key ends with the entry.
     *
     * @param reason why, in words; may be empty
     * @return index of the log's entry; of the earlier one when the same was enrolled before
     */
    public long enrolAgent(AgentId agent, SiteId site, VerificationKey key, String reason) {
        access.require(Permission.ENROL_AGENT);
        log.lock();
        for (Agent known : newest(table.enrolments())) {
            if (known.id().equals(agent)
                    && known.site().equals(site)
                    && known.key().equals(key)
                    && !known.revoked()) {
                return known.logIndex();
            }
        }
        requireUnusedBy(agent, key);
        return enter(agent, site, key, new Circumstance(false, 0, new byte[0], reason));
    }

    /**
     * Puts an agent's next key in force, as the agent has announced it with the old key and the new one. Batches before the
     * announced sequence stay the old key's, also those that come later; from that sequence on only the new key counts.
     *
     * @return index of the log's entry; of the earlier one when the same was announced before
     */
    public long changeAgentKey(OpenedKeyChange change) {
        access.require(Permission.ENROL_AGENT);
        AgentId agent = AgentId.of(change.body().getAgent());
        log.lock();
        Agent known = agent(agent).orElseThrow(() -> unknown(agent));
        if (known.revoked()) {
            throw Refusal.forbidden(
                    "AGENT_REVOKED",
                    "agent " + agent,
                    "log entry " + known.logIndex() + " revokes it",
                    "Have a new agent enrolled, under another name.");
        }
        if (known.key().equals(change.newKey()) && known.firstSequence() == change.firstSequence()) {
            return known.logIndex();
        }
        if (!change.body().getTenant().equals(tenancy.current().value())
                || !known.key().equals(change.oldKey())
                || change.firstSequence() <= known.firstSequence()) {
            throw Refusal.conflict(
                    "OTHER_KEY_IN_FORCE",
                    "key change of agent " + agent,
                    "it is not announced by the key of log entry " + known.logIndex() + ", or for an earlier sequence",
                    "If the agent's folder was restored from a copy, revoke the agent and enrol a new one.");
        }
        requireUnusedBy(agent, change.newKey());
        if (table.enrolments().stream()
                .anyMatch(earlier -> earlier.id().equals(agent) && earlier.key().equals(change.newKey()))) {
            throw Refusal.conflict(
                    "KEY_IN_USE", "agent " + agent, "it had this key before", "Let the agent make a new key.");
        }
        return enter(
                agent,
                known.site(),
                change.newKey(),
                new Circumstance(false, change.firstSequence(), change.bytes(), ""));
    }

    private void requireUnusedBy(AgentId agent, VerificationKey key) {
        for (Agent known : table.enrolments()) {
            if (!known.id().equals(agent) && known.key().equals(key)) {
                throw Refusal.conflict(
                        "KEY_IN_USE",
                        "agent " + agent,
                        "its key is that of agent " + known.id(),
                        "Give every agent a key of its own: java -jar edge-agent.jar init.");
            }
        }
    }

    private static Refusal unknown(AgentId agent) {
        return Refusal.notFound("UNKNOWN_AGENT", "agent " + agent, "it is not enrolled", "Look at the list of agents.");
    }

    /**
     * Takes all keys of an agent out of use from now on; what they signed and what is in the log stays.
     *
     * @param reason why, in words
     * @return index of the log's entry
     */
    public long revokeAgent(AgentId agent, String reason) {
        access.require(Permission.ENROL_AGENT);
        if (reason.isBlank()) {
            throw Refusal.invalid(
                    "NO_REASON", "revocation of agent " + agent, "it says no reason", "Give the reason in words.");
        }
        log.lock();
        Agent known = agent(agent).orElseThrow(() -> unknown(agent));
        return known.revoked()
                ? known.logIndex()
                : enter(agent, known.site(), known.key(), new Circumstance(true, 0, new byte[0], reason));
    }

    /** Sites by name. */
    public List<Site> sites() {
        access.require(Permission.SEE);
        return tenancy
                .entities()
                .createQuery("select s from SiteRow s order by s.name", SiteRow.class)
                .getResultList()
                .stream()
                .map(SiteRow::site)
                .toList();
    }

    /** @throws Refusal UNKNOWN_SITE */
    public Site site(SiteId site) {
        access.require(Permission.SEE);
        SiteRow row = tenancy.entities().find(SiteRow.class, site.value());
        if (row == null) {
            throw Refusal.notFound(
                    "UNKNOWN_SITE",
                    "site " + site + " of " + tenancy.current(),
                    "no configuration names it",
                    "Look at the list of sites.");
        }
        return row.site();
    }

    /** Meters as configured now; empty for a site without configuration. */
    public List<Meter> meters(SiteId site) {
        return configurationAt(site, clock.instant(), LogSize.NEWEST)
                .map(SiteConfiguration::meters)
                .orElse(List.of());
    }

    /** Channels of all meters of a site, as configured now. */
    public List<Channel> channels(SiteId site) {
        return meters(site).stream().flatMap(meter -> meter.channels().stream()).toList();
    }

    /** A channel as configured now. */
    public Optional<Channel> channel(ChannelId channel) {
        return configurationAt(channel.site(), clock.instant(), LogSize.NEWEST).flatMap(c -> c.channel(channel));
    }

    /**
     * What was in force at an instant, as known at a log size: of the entries that speak of the instant, the last one.
     * Empty before the first.
     */
    public Optional<SiteConfiguration> configurationAt(SiteId site, Instant at, LogSize asKnownAt) {
        return SiteConfiguration.inForce(configurations(site, asKnownAt), at);
    }

    /** All configurations of a site in a prefix of the log, in log order. */
    public List<SiteConfiguration> configurations(SiteId site, LogSize asKnownAt) {
        access.require(Permission.SEE);
        List<MeteringTable.Logged> logged = table.configurations(site, asKnownAt);
        Set<ChannelId> channels = new HashSet<>();
        logged.forEach(l -> channels.addAll(new ConfigurationText(l.message()).channels()));
        Map<ChannelId, Integer> numbers = table.numbers(channels);
        return logged.stream()
                .map(l -> new ConfigurationText(l.message()).values(l.logIndex(), id -> numbers.getOrDefault(id, 0)))
                .toList();
    }

    /** Numbers of channels, given out where a channel is new. */
    @Open("a number tells nothing; ingest gives them out for channels that an enrolled agent has signed for")
    public Map<ChannelId, Integer> channelNumbers(Collection<ChannelId> channels) {
        Map<ChannelId, Integer> numbers = table.numbers(channels);
        if (numbers.size() < new HashSet<>(channels).size()) {
            log.lock();
            Set<ChannelId> unnumbered = new HashSet<>(channels);
            unnumbered.removeAll(table.numbers(channels).keySet());
            if (!unnumbered.isEmpty()) {
                table.number(unnumbered);
            }
            numbers = table.numbers(channels);
        }
        return numbers;
    }

    /** Numbers that were given out; channels without one are missing in it. */
    @Open("a number tells nothing")
    public Map<ChannelId, Integer> knownChannelNumbers(Collection<ChannelId> channels) {
        return table.numbers(channels);
    }

    /** A channel's number, if one was given out. */
    @Open("a number tells nothing")
    public Optional<Integer> channelNumber(ChannelId channel) {
        return Optional.ofNullable(table.numbers(List.of(channel)).get(channel));
    }

    /** The channel behind a number. */
    @Open("a number tells nothing")
    public Optional<ChannelId> channelOf(int number) {
        return table.channel(number);
    }

    /** Agents with their newest key, by name; revoked ones too. */
    public List<Agent> agents() {
        access.require(Permission.SEE);
        return newest(table.enrolments());
    }

    /** An agent with its newest key. */
    public Optional<Agent> agent(AgentId agent) {
        return agents().stream().filter(known -> known.id().equals(agent)).findFirst();
    }

    /** Every enrolment that there was, by agent, then in log order: to check signatures with. */
    @Open("public keys; ingest checks signatures before anybody has entered")
    public List<Agent> enrolments() {
        return table.enrolments();
    }

    /** What an enrolment's entry says besides whose key it is. */
    @SuppressWarnings("ArrayRecordComponent") // written once, compared never
    private record Circumstance(boolean revoked, long firstSequence, byte[] keyChange, String reason) {}

    private long enter(AgentId agent, SiteId site, VerificationKey key, Circumstance how) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        byte[] payload = AgentEnrolment.newBuilder()
                .setTenant(tenancy.current().value())
                .setAgent(agent.value())
                .setSite(site.value())
                .setPublicKey(ByteString.copyFrom(key.raw()))
                .setValidFromMs(now.toEpochMilli())
                .setRevoked(how.revoked())
                .setFirstSequence(how.firstSequence())
                .setKeyChange(ByteString.copyFrom(how.keyChange()))
                .setReason(how.reason())
                .build()
                .toByteArray();
        long index = log.append(new EntryDraft(EntryKind.AGENT_ENROLMENT, access.actor(), payload));
        table.add(new Agent(agent, site, key, now, how.revoked(), how.firstSequence(), how.reason(), index));
        return index;
    }

    private static List<Agent> newest(List<Agent> enrolments) {
        Map<AgentId, Agent> newest = new LinkedHashMap<>();
        enrolments.forEach(agent -> newest.put(agent.id(), agent));
        return List.copyOf(newest.values());
    }
}
