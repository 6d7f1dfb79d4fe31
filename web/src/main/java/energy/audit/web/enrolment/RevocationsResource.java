package energy.audit.web.enrolment;

import energy.audit.enrolment.Enrolment;
import energy.audit.kernel.AgentId;
import energy.audit.web.rest.Body;
import energy.audit.web.rest.Entrance;
import energy.audit.web.rest.LogIndex;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Puts agents out. */
@Path("/tenants/{tenant}/agents/{agent}/revocation")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class RevocationsResource {
    @Inject
    Entrance entrance;

    @Inject
    Enrolment enrolment;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "Revoke an agent {reason}: its keys, and its certificates at the broker; the same again makes no new entry")
    public LogIndex revoke(@PathParam("tenant") String tenant, @PathParam("agent") String agent, String text) {
        String reason = Body.of("revocation", text).onlyFields("reason").text("reason");
        return entrance.in(tenant, () -> new LogIndex(enrolment.revoke(AgentId.of(agent), reason)));
    }
}
