package energy.audit.web.access;

import energy.audit.access.Access;
import energy.audit.access.Caller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Who asks, and where they may go. */
@Path("/me")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class MeResource {
    @Inject
    Access access;

    @Inject
    SignedIn signedIn;

    /** Who is signed in. */
    public record Me(String person, String name, boolean installationAdmin, List<TenantsResource.Tenant> tenants) {}

    @GET
    @Operation(summary = "Who the token belongs to, and which tenants that person may enter")
    public Me me() {
        Caller caller = signedIn.caller();
        return new Me(
                caller.person(),
                signedIn.fullName(),
                caller.isInstallationAdmin(),
                access.memberships(caller).stream()
                        .map(TenantsResource.Tenant::of)
                        .toList());
    }
}
