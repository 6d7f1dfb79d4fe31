package energy.audit.fleet;

import com.google.protobuf.ByteString;
import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.evidence.wire.Batch;
import energy.audit.kernel.AgentId;
import energy.audit.kernel.LogCode;
import energy.audit.kernel.Open;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.TenantId;
import energy.audit.metering.Agent;
import energy.audit.metering.Metering;
import energy.audit.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Knows how agents and their devices are, and which agents have fallen silent. */
@ApplicationScoped
public class Fleet {
    /** An agent is silent after so many distances of its batches … */
    static final int MISSED_BATCHES = 3;
    /** … and not before this. */
    static final Duration SHORTEST_SILENCE = Duration.ofMinutes(2);

    /** Looks of several nodes that are closer than this are one. */
    private static final Duration LOOK = Duration.ofSeconds(10);
    /** Without a look for so long, the backend was not there to listen. */
    private static final Duration DEAF = Duration.ofSeconds(90);

    private static final Duration SHORTEST_EXPECTATION = Duration.ofSeconds(30);
    private static final Duration LONGEST_EXPECTATION = Duration.ofDays(365);
    private static final Logger LOG = Logger.getLogger(Fleet.class.getName());

    private final Tenancy tenancy;
    private final Access access;
    private final Metering metering;
    private final Clock clock;
    private final VitalsTable vitals;
    private final DeviceTable devices;
    private final SilenceTable silences;

    @Inject
    public Fleet(Tenancy tenancy, Access access, Metering metering, Clock clock) {
        this.tenancy = tenancy;
        this.access = access;
        this.metering = metering;
        this.clock = clock;
        this.vitals = new VitalsTable(tenancy);
        this.devices = new DeviceTable(tenancy);
        this.silences = new SilenceTable(tenancy);
    }

    /** Notes what admitted batches tell about their senders, in the transaction that admits them. Ends their silence. */
    @Open("ingest has checked the signatures with enrolled keys")
    public void heard(Collection<Batch> batches, Instant now) {
        Map<String, Map<ByteString, Batch>> newestOfStarts = new TreeMap<>();
        Map<String, Batch> newest = new TreeMap<>();
        for (Batch batch : batches) {
            ByteString boot = batch.getClock().getBootId();
            newestOfStarts
                    .computeIfAbsent(batch.getAgent(), a -> new LinkedHashMap<>())
                    .merge(boot, batch, Fleet::later);
            newest.merge(batch.getAgent(), batch, Fleet::later);
        }
        vitals.note(newest.values(), now);
        newestOfStarts.forEach((agent, starts) -> {
            List<Batch> inOrder = starts.values().stream()
                    .filter(batch -> batch.getHealth().getDevicesCount() > 0)
                    .sorted((a, b) -> Long.compare(a.getSequence(), b.getSequence()))
                    .toList();
            if (!inOrder.isEmpty()) {
                devices.note(agent, inOrder);
            }
        });
        List<Silence> ended = silences.end(newest.keySet(), now, Silence.Reason.HEARD);
        TenantId tenant = tenancy.current();
        tenancy.afterCommit(() -> ended.forEach(silence -> logged(tenant, silence)));
    }

    private static Batch later(Batch a, Batch b) {
        return a.getSequence() >= b.getSequence() ? a : b;
    }

    /** How agents are that have been heard, by name. */
    public Map<AgentId, Vitals> vitals() {
        access.require(Permission.SEE);
        return vitals.all();
    }

    /** Devices of all agents, by agent and name. @param recent over how long to sum the recent counts, whole hours */
    public List<DeviceState> devices(Duration recent) {
        access.require(Permission.SEE);
        return devices.all(clock.instant().minus(recent));
    }

    /** Requests to a device, hour by hour. Hours without any are left out. */
    public List<DeviceHour> hours(AgentId agent, String device, Instant from) {
        access.require(Permission.SEE);
        return devices.hours(agent, device, from);
    }

    /** Silences, newest first, those that ended among them. */
    public List<Silence> silences(int limit) {
        access.require(Permission.SEE);
        return silences.newest(limit);
    }

    /** Agents that are silent now, longest first. */
    public List<Silence> silentNow() {
        access.require(Permission.SEE);
        return silences.open();
    }

    /** Where somebody has said how long an agent may be silent. */
    public Map<AgentId, Expectation> expectations() {
        access.require(Permission.SEE);
        return silences.expectations();
    }

    /**
     * Says how long an agent may be silent.
     *
     * @param silentAfter 30 s to a year; empty: the default again
     */
    public void expect(AgentId agent, Optional<Duration> silentAfter, String reason) {
        access.require(Permission.CONFIGURE_METERING);
        if (metering.agent(agent).isEmpty()) {
            throw Refusal.notFound(
                    "UNKNOWN_AGENT", "agent " + agent, "it is not enrolled here", "Look at the list of agents.");
        }
        silentAfter.ifPresent(after -> {
            if (after.compareTo(SHORTEST_EXPECTATION) < 0 || after.compareTo(LONGEST_EXPECTATION) > 0) {
                throw Refusal.invalid(
                        "BAD_EXPECTATION",
                        "silence of agent " + agent + " after " + after.toSeconds() + " s",
                        "it must lie between 30 s and a year",
                        "Give another time, or none for the default.");
            }
        });
        if (reason.isBlank()) {
            throw Refusal.invalid(
                    "NO_REASON",
                    "silence of agent " + agent,
                    "the reason is empty",
                    "Say why, for those who come after.");
        }
        silences.expect(agent, new Expectation(silentAfter, clock.instant(), access.actor(), reason));
    }

    /**
     * After how long an agent counts as silent; empty: it is not expected at all.
     *
     * @param told what it tells about itself, if it was ever heard
     */
    static Optional<Duration> silentAfter(@Nullable Expectation expectation, Optional<Vitals> told) {
        if (expectation != null && expectation.silentAfter().isPresent()) {
            return expectation.silentAfter();
        }
        return told.flatMap(Vitals::pollInterval).map(distance -> {
            Duration missed = distance.multipliedBy(MISSED_BATCHES);
            return missed.compareTo(SHORTEST_SILENCE) < 0 ? SHORTEST_SILENCE : missed;
        });
    }

    /** {@link #silentAfter(Expectation, Optional)} of each enrolled agent that is expected. */
    public Map<AgentId, Duration> silentAfter() {
        access.require(Permission.SEE);
        Map<AgentId, Vitals> told = vitals.all();
        Map<AgentId, Expectation> expectations = silences.expectations();
        Map<AgentId, Duration> after = new LinkedHashMap<>();
        for (Agent agent : metering.agents()) {
            silentAfter(expectations.get(agent.id()), Optional.ofNullable(told.get(agent.id())))
                    .filter(d -> !agent.revoked())
                    .ifPresent(d -> after.put(agent.id(), d));
        }
        return after;
    }

    /** Looks for agents that have fallen silent, unless another node has just done so. */
    public Look look(String node) {
        access.require(Permission.DERIVE);
        Instant now = clock.instant();
        Optional<Instant> listeningSince = silences.claim(now, node, now.minus(LOOK), now.minus(DEAF));
        if (listeningSince.isEmpty()) {
            return Look.ANOTHERS;
        }
        Map<AgentId, Vitals> told = vitals.all();
        Map<AgentId, Duration> allowed = silentAfter();
        Set<AgentId> silent = silences.open().stream().map(Silence::agent).collect(Collectors.toSet());
        List<Silence> raised = new ArrayList<>();
        List<Silence> ended = new ArrayList<>();
        for (Agent agent : metering.agents()) {
            @Nullable Duration after = allowed.get(agent.id());
            Optional<Instant> heard = Optional.ofNullable(told.get(agent.id())).map(Vitals::heardAt);
            Instant from = later(heard.orElse(agent.validFrom()), listeningSince.get());
            boolean missed = after != null
                    && Duration.between(heard.orElse(agent.validFrom()), now).compareTo(after) > 0;
            if (!missed && silent.contains(agent.id())) {
                ended.addAll(silences.end(
                        List.of(agent.id().value()),
                        now,
                        agent.revoked() ? Silence.Reason.REVOKED : Silence.Reason.NOT_EXPECTED));
            } else if (after != null && missed && Duration.between(from, now).compareTo(after) > 0) {
                Silence silence = new Silence(
                        UUID.randomUUID(), agent.id(), agent.site(), heard, after, now, node, Optional.empty());
                if (silences.raise(silence)) {
                    raised.add(silence);
                }
            }
        }
        TenantId tenant = tenancy.current();
        tenancy.afterCommit(() -> {
            raised.forEach(silence -> logged(tenant, silence));
            ended.forEach(silence -> logged(tenant, silence));
        });
        return new Look(true, List.copyOf(raised), List.copyOf(ended));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static void logged(TenantId tenant, Silence silence) {
        boolean over = silence.ended().isPresent();
        LOG.log(
                over ? Level.INFO : Level.SEVERE,
                () -> (over ? LogCode.AGENT_HEARD_AGAIN : "ERR " + LogCode.AGENT_SILENT) + " tenant=" + tenant
                        + " agent=" + silence.agent() + " site=" + silence.site() + " last_heard="
                        + silence.lastHeard().map(Instant::toString).orElse("never") + " silent_after="
                        + silence.silentAfter()
                        + silence.ended()
                                .map(end -> " cause=" + end.reason())
                                .orElse(" next=" + LogCode.AGENT_SILENT.whatToDo()));
    }
}
