package energy.audit.web.ingest;

import energy.audit.access.Access;
import energy.audit.ingest.Ingest;
import energy.audit.ingest.IngestIdentity;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.kernel.TenantId;
import energy.audit.web.access.RequestParameters;
import energy.audit.web.signin.CallerOfRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has become of everything that was sent: sent = stored + duplicate + quarantined + in flight. */
@Path("/tenants/{tenant}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class IngestResource {
    private static final int MOST_READINGS = 10_000;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Access access;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Ingest ingest;

    @Inject
    @SuppressWarnings("NullAway.Init")
    CallerOfRequest caller;

    @PathParam("tenant")
    @SuppressWarnings("NullAway.Init")
    String tenant;

    /** The identity, and each agent's part in it. */
    public record IdentityJson(
            long sent, long stored, long duplicate, long quarantined, long inFlight, List<AgentJson> agents) {
        static IdentityJson of(IngestIdentity identity) {
            return new IdentityJson(
                    identity.sent(),
                    identity.stored(),
                    identity.duplicate(),
                    identity.quarantined(),
                    identity.inFlight(),
                    identity.agents().stream().map(AgentJson::of).toList());
        }
    }

    /** One agent, as its batches tell. */
    public record AgentJson(
            String agent,
            long sent,
            long stored,
            long duplicate,
            long quarantined,
            long inFlight,
            String lastContact,
            String lastReceipt,
            long lagSeconds,
            long witnessedSize,
            long lastSequence,
            long holes,
            long keptBatches,
            boolean clockSynchronised) {
        static AgentJson of(IngestIdentity.AgentState state) {
            return new AgentJson(
                    state.agent().value(),
                    state.sent(),
                    state.stored(),
                    state.duplicate(),
                    state.quarantined(),
                    state.inFlight(),
                    state.lastContact().map(Object::toString).orElse(""),
                    state.lastReceipt().map(Object::toString).orElse(""),
                    state.lag().map(java.time.Duration::toSeconds).orElse(-1L),
                    state.witnessedSize(),
                    state.lastSequence(),
                    state.holes(),
                    state.keptBatches(),
                    state.clockSynchronised());
        }
    }

    /** A refused message. */
    public record QuarantineJson(
            String id, String at, String topic, String agent, long sequence, String reason, String detail, int bytes) {}

    /** A raw reading. */
    public record ReadingJson(String at, long count, long logIndex) {}

    /** A page of readings; {@code next} is the {@code from} of the following page, or empty. */
    public record ReadingsJson(List<ReadingJson> items, String next) {}

    @GET
    @Path("/ingest")
    public IdentityJson identity() {
        return access.inTenant(caller.caller(), TenantId.of(tenant), () -> IdentityJson.of(ingest.identity()));
    }

    @GET
    @Path("/quarantine")
    public List<QuarantineJson> quarantine(@QueryParam("limit") @DefaultValue("100") int limit) {
        return access.inTenant(
                caller.caller(),
                TenantId.of(tenant),
                () -> ingest.quarantine(Math.min(Math.max(limit, 1), 1000)).stream()
                        .map(m -> new QuarantineJson(
                                m.id().toString(),
                                m.at().toString(),
                                m.topic(),
                                m.agent(),
                                m.sequence(),
                                m.reason().name(),
                                m.detail(),
                                m.bytes()))
                        .toList());
    }

    @GET
    @Path("/readings")
    public ReadingsJson readings(
            @QueryParam("channel") @Nullable String channel,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("asKnownAt") @Nullable Long asKnownAt) {
        ChannelId id = ChannelId.of(RequestParameters.required("channel", channel));
        Period period = RequestParameters.period(from, to);
        LogSize known = asKnownAt == null ? LogSize.NEWEST : LogSize.of(asKnownAt);
        return access.inTenant(caller.caller(), TenantId.of(tenant), () -> {
            var readings = ingest.readings(id, period, known);
            List<ReadingJson> items = new ArrayList<>();
            for (int i = 0; i < Math.min(readings.size(), MOST_READINGS); i++) {
                var reading = readings.get(i);
                items.add(new ReadingJson(reading.at().toString(), reading.count(), reading.logIndex()));
            }
            String next = readings.size() > MOST_READINGS
                    ? readings.get(MOST_READINGS).at().toString()
                    : "";
            return new ReadingsJson(items, next);
        });
    }
}
