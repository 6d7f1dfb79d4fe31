package energy.audit.web.access;

import energy.audit.access.Access;
import energy.audit.access.Membership;
import energy.audit.access.Role;
import energy.audit.kernel.TenantId;
import energy.audit.web.rest.Body;
import energy.audit.web.rest.Page;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Tenants the caller may enter; opening one. */
@Path("/tenants")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class TenantsResource {
    @Inject
    Access access;

    @Inject
    SignedIn signedIn;

    /** A tenant and the caller's roles there. */
    public record Tenant(String id, String name, List<String> roles) {
        static Tenant of(Membership membership) {
            return new Tenant(
                    membership.tenant().value(),
                    membership.tenantName(),
                    membership.roles().stream().map(Role::text).sorted().toList());
        }
    }

    /** Answer to opening a tenant. */
    public record Opened(String id, String name, boolean created) {}

    @GET
    @Operation(summary = "Tenants the caller may enter")
    public Page<Tenant> list() {
        return Page.whole(
                access.memberships(signedIn.caller()).stream().map(Tenant::of).toList());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Open a tenant {id, name}; the same again changes nothing. Needs installation-admin")
    public Response open(String text) {
        Body body = Body.of("tenant", text).onlyFields("id", "name");
        String id = body.text("id");
        boolean created = access.openTenant(signedIn.caller(), TenantId.of(id), body.text("name"));
        return Response.status(created ? Response.Status.CREATED : Response.Status.OK)
                .entity(new Opened(id, body.text("name"), created))
                .build();
    }
}
