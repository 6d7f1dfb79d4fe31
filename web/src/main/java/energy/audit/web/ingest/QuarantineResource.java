package energy.audit.web.ingest;

import energy.audit.ingest.Admission;
import energy.audit.ingest.Ingest;
import energy.audit.ingest.QuarantinedMessage;
import energy.audit.kernel.Refusal;
import energy.audit.web.rest.Entrance;
import energy.audit.web.rest.Page;
import energy.audit.web.rest.Query;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What was refused, and trying it again. */
@Path("/tenants/{tenant}/quarantine")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class QuarantineResource {
    private static final int MOST = 500;

    @Inject
    Entrance entrance;

    @Inject
    Ingest ingest;

    /** A refused message; {@code meaning} says the reason in words. */
    public record MessageJson(
            String id,
            String at,
            String topic,
            String agent,
            long sequence,
            String reason,
            String meaning,
            String detail,
            int bytes) {
        static MessageJson of(QuarantinedMessage message) {
            return new MessageJson(
                    message.id().toString(),
                    message.at().toString(),
                    message.topic(),
                    message.agent(),
                    message.sequence(),
                    message.reason().name(),
                    message.reason().meaning(),
                    message.detail(),
                    message.bytes());
        }
    }

    /** What became of it: STORED, DUPLICATE or QUARANTINED. */
    public record Retried(
            String outcome,
            @Nullable Long logIndex,
            @Nullable String reason) {}

    @GET
    @Operation(summary = "Newest refused messages")
    public Page<MessageJson> list(@PathParam("tenant") String tenant, @QueryParam("limit") @Nullable String limit) {
        int most = Query.limit(limit, MOST);
        return entrance.in(
                tenant,
                () -> Page.whole(
                        ingest.quarantine(most).stream().map(MessageJson::of).toList()));
    }

    @GET
    @Path("/{id}/payload")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(summary = "The refused bytes")
    public byte[] payload(@PathParam("tenant") String tenant, @PathParam("id") String id) {
        return entrance.in(tenant, () -> ingest.quarantinedPayload(uuid(id)));
    }

    @POST
    @Path("/{id}/retry")
    @Operation(summary = "Try a refused message again, after its cause is gone")
    public Retried retry(@PathParam("tenant") String tenant, @PathParam("id") String id) {
        return entrance.in(tenant, () -> retried(ingest.retry(uuid(id))));
    }

    private static Retried retried(Admission admission) {
        if (admission instanceof Admission.Stored stored) {
            return new Retried("STORED", stored.logIndex(), null);
        }
        if (admission instanceof Admission.Duplicate duplicate) {
            return new Retried("DUPLICATE", duplicate.logIndex(), null);
        }
        if (admission instanceof Admission.Quarantined quarantined) {
            return new Retried("QUARANTINED", null, quarantined.reason().meaning());
        }
        throw new IllegalStateException("unknown admission " + admission);
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("BAD_NAME", "message '" + id + "'", "it is not a UUID", "Take it from the list.");
        }
    }
}
