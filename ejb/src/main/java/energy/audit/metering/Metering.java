package energy.audit.metering;

import energy.audit.access.Access;
import energy.audit.access.Caller;
import energy.audit.evidence.VerificationKey;
import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.kernel.AgentId;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.SiteId;
import energy.audit.kernel.TenantId;
import energy.audit.log.TenantLog;
import energy.audit.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SIGNATURES, being filled. */
@ApplicationScoped
public class Metering {
    @Inject
    public Metering(Tenancy tenancy, TenantLog log, Access access) {}

    /** Opens a tenant, with TENANT_OPENED as its first entry. Opens its own transaction; the same again does nothing. */
    public void openTenant(Caller caller, TenantId tenant, String name) { throw new UnsupportedOperationException(); }

    public String tenantName() { throw new UnsupportedOperationException(); }

    /** Returns the log index of the entry that says so (an earlier one, when the same was put before). */
    public long configure(MeteringConfiguration configuration, String actor) { throw new UnsupportedOperationException(); }

    public long enrolAgent(AgentId agent, SiteId site, VerificationKey key) { throw new UnsupportedOperationException(); }

    public List<Site> sites() { throw new UnsupportedOperationException(); }

    public Site site(SiteId site) { throw new UnsupportedOperationException(); }

    /** Meters of the newest configuration. */
    public List<Meter> meters(SiteId site) { throw new UnsupportedOperationException(); }

    public List<Channel> channels(SiteId site) { throw new UnsupportedOperationException(); }

    public Optional<Channel> channel(ChannelId channel) { throw new UnsupportedOperationException(); }

    /** What was in force at an instant, as known at a log size. */
    public Optional<SiteConfiguration> configurationAt(SiteId site, Instant at, LogSize asKnownAt) { throw new UnsupportedOperationException(); }

    /** All configurations of a site below a log size, in log order. */
    public List<SiteConfiguration> configurations(SiteId site, LogSize asKnownAt) { throw new UnsupportedOperationException(); }

    /** Numbers of channels, given out where a channel is new. For ingest. */
    public Map<ChannelId, Integer> channelNumbers(Collection<ChannelId> channels) { throw new UnsupportedOperationException(); }

    public Optional<ChannelId> channelOf(int number) { throw new UnsupportedOperationException(); }

    public List<Agent> agents() { throw new UnsupportedOperationException(); }

    public Optional<Agent> agent(AgentId agent) { throw new UnsupportedOperationException(); }
}
