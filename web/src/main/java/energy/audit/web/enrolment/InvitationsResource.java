package energy.audit.web.enrolment;

import energy.audit.enrolment.Enrolment;
import energy.audit.enrolment.Invitation;
import energy.audit.kernel.AgentId;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.web.rest.Body;
import energy.audit.web.rest.Entrance;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Invitations of agents: one-time tokens. */
@Path("/tenants/{tenant}/invitations")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class InvitationsResource {
    private static final String DEFAULT_VALIDITY = "PT24H";

    @Inject
    Entrance entrance;

    @Inject
    Enrolment enrolment;

    /** {@code token} is said here and never again; {@code url} is where the agent enrols. */
    public record InvitationJson(String tenant, String agent, String site, String token, String expiresAt, String url) {
        static InvitationJson of(String tenant, Invitation invitation) {
            return new InvitationJson(
                    tenant,
                    invitation.agent().value(),
                    invitation.site().value(),
                    invitation.token(),
                    invitation.expiresAt().toString(),
                    invitation.url().toString());
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Invite an agent {agent, site, validFor? (PT24H)}; its token is in the answer and nowhere else")
    public InvitationJson invite(@PathParam("tenant") String tenant, String text) {
        Body body = Body.of("invitation", text).onlyFields("agent", "site", "validFor");
        AgentId agent = AgentId.of(body.text("agent"));
        SiteId site = SiteId.of(body.text("site"));
        Duration validFor = duration(body.optionalText("validFor").orElse(DEFAULT_VALIDITY));
        return InvitationJson.of(tenant, entrance.in(tenant, () -> enrolment.invite(agent, site, validFor)));
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw Refusal.invalid(
                    "BAD_DURATION",
                    "invitation, field validFor = '" + text.substring(0, Math.min(80, text.length())) + "'",
                    "it is no ISO 8601 duration",
                    "Write it like PT24H.");
        }
    }
}
