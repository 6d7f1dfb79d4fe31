package energy.audit.web.access;

import energy.audit.access.Access;
import energy.audit.access.Grant;
import energy.audit.access.Role;
import energy.audit.web.rest.Body;
import energy.audit.web.rest.Entrance;
import energy.audit.web.rest.LogIndex;
import energy.audit.web.rest.Page;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Roles of people in a tenant. */
@Path("/tenants/{tenant}/grants")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class GrantsResource {
    @Inject
    Entrance entrance;

    @Inject
    Access access;

    /** A role of a person; {@code to} null: until revoked. */
    public record GrantJson(
            String person,
            String role,
            String from,
            @Nullable String to,
            String reason,
            boolean revoked,
            long logIndex) {
        static GrantJson of(Grant grant) {
            return new GrantJson(
                    grant.person(),
                    grant.role().text(),
                    grant.from().toString(),
                    grant.to().map(Instant::toString).orElse(null),
                    grant.reason(),
                    grant.revoked(),
                    grant.logIndex());
        }
    }

    @GET
    @Operation(summary = "All grants there ever were, in log order; looks across tenants among them")
    public Page<GrantJson> list(@PathParam("tenant") String tenant) {
        return entrance.in(
                tenant,
                () -> Page.whole(access.grants().stream().map(GrantJson::of).toList()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Give a role {person, role, from, to?, reason}; the same again makes no new entry")
    public LogIndex give(@PathParam("tenant") String tenant, String text) {
        Body body = Body.of("grant", text).onlyFields("person", "role", "from", "to", "reason");
        Role role = Role.of(body.text("role"));
        Instant from = body.instant("from");
        Optional<Instant> to = body.optionalInstant("to");
        return entrance.in(
                tenant, () -> new LogIndex(access.grant(body.text("person"), role, from, to, body.text("reason"))));
    }
}
