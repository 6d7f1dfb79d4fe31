package energy.audit.metering;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.evidence.VerificationKey;
import energy.audit.evidence.wire.AgentEnrolment;
import energy.audit.evidence.wire.EntryKind;
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

    @Inject
    public Metering(Tenancy tenancy, TenantLog log, Access access, Clock clock) {
        this.tenancy = tenancy;
        this.log = log;
        this.access = access;
        this.clock = clock;
        this.table = new MeteringTable(tenancy);
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
        if (!configuration.getTenant().equals(tenancy.current().value())) {
            throw Refusal.invalid(
                    "OTHER_TENANT",
                    "metering configuration of " + configuration.getSite(),
                    "it names tenant '" + configuration.getTenant() + "'",
                    "Send it to that tenant, or correct it.");
        }
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
     * Enrols an agent's key, or another key for it; batches signed with an earlier key stay welcome until it is revoked.
     *
     * @return index of the log's entry; of the earlier one when the same was enrolled before
     */
    public long enrolAgent(AgentId agent, SiteId site, VerificationKey key) {
        access.require(Permission.ENROL_AGENT);
        log.lock();
        for (Agent known : newest(table.enrolments())) {
            if (known.id().equals(agent)
                    && known.site().equals(site)
                    && known.key().equals(key)
                    && !known.revoked()) {
                return known.logIndex();
            }
            if (!known.id().equals(agent) && known.key().equals(key)) {
                throw Refusal.conflict(
                        "KEY_IN_USE",
                        "agent " + agent,
                        "its key is that of agent " + known.id(),
                        "Give every agent a key of its own: java -jar edge-agent.jar init.");
            }
        }
        return enter(agent, site, key, false);
    }

    /**
     * Takes all keys of an agent out of use from now on; what they signed and what is in the log stays.
     *
     * @return index of the log's entry
     */
    public long revokeAgent(AgentId agent) {
        access.require(Permission.ENROL_AGENT);
        log.lock();
        Agent known = agent(agent)
                .orElseThrow(() -> Refusal.notFound(
                        "UNKNOWN_AGENT", "agent " + agent, "it is not enrolled", "Look at the list of agents."));
        return known.revoked() ? known.logIndex() : enter(agent, known.site(), known.key(), true);
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

    private long enter(AgentId agent, SiteId site, VerificationKey key, boolean revoked) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        byte[] payload = AgentEnrolment.newBuilder()
                .setTenant(tenancy.current().value())
                .setAgent(agent.value())
                .setSite(site.value())
                .setPublicKey(com.google.protobuf.ByteString.copyFrom(key.raw()))
                .setValidFromMs(now.toEpochMilli())
                .setRevoked(revoked)
                .build()
                .toByteArray();
        long index = log.append(new EntryDraft(EntryKind.AGENT_ENROLMENT, access.actor(), payload));
        table.add(new Agent(agent, site, key, now, revoked, index));
        return index;
    }

    private static List<Agent> newest(List<Agent> enrolments) {
        Map<AgentId, Agent> newest = new LinkedHashMap<>();
        enrolments.forEach(agent -> newest.put(agent.id(), agent));
        return List.copyOf(newest.values());
    }
}
