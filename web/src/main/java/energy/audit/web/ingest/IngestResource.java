package energy.audit.web.ingest;

import energy.audit.ingest.Ingest;
import energy.audit.ingest.IngestIdentity;
import energy.audit.web.rest.Entrance;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What has become of everything that was sent. */
@Path("/tenants/{tenant}/ingest")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class IngestResource {
    @Inject
    Entrance entrance;

    @Inject
    Ingest ingest;

    /** sent = stored + duplicate + quarantined + inFlight. */
    public record Identity(
            long sent, long stored, long duplicate, long quarantined, long inFlight, List<AgentJson> agents) {}

    /** The same for one agent; durations ISO 8601. */
    public record AgentJson(
            String agent,
            long sent,
            long stored,
            long duplicate,
            long quarantined,
            long inFlight,
            @Nullable String lastContact,
            @Nullable String lag,
            @Nullable String lastReceipt,
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
                    state.lastContact().map(Instant::toString).orElse(null),
                    state.lag().map(Duration::toString).orElse(null),
                    state.lastReceipt().map(Instant::toString).orElse(null),
                    state.witnessedSize(),
                    state.lastSequence(),
                    state.holes(),
                    state.keptBatches(),
                    state.clockSynchronised());
        }
    }

    @GET
    @Operation(summary = "sent = stored + duplicate + quarantined + in flight, in all and by agent")
    public Identity identity(@PathParam("tenant") String tenant) {
        return entrance.in(tenant, () -> {
            IngestIdentity identity = ingest.identity();
            return new Identity(
                    identity.sent(),
                    identity.stored(),
                    identity.duplicate(),
                    identity.quarantined(),
                    identity.inFlight(),
                    identity.agents().stream().map(AgentJson::of).toList());
        });
    }
}
