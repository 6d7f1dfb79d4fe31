package energy.audit.web.metering;

import energy.audit.metering.Metering;
import energy.audit.web.rest.Entrance;
import energy.audit.web.rest.Page;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Places of a tenant. */
@Path("/tenants/{tenant}/sites")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class SitesResource {
    @Inject
    Entrance entrance;

    @Inject
    Metering metering;

    /** {@code zone} IANA; days of the site begin there. */
    public record SiteJson(String id, String name, String zone) {}

    @GET
    @Operation(summary = "Sites by name")
    public Page<SiteJson> list(@PathParam("tenant") String tenant) {
        return entrance.in(
                tenant,
                () -> Page.whole(metering.sites().stream()
                        .map(site -> new SiteJson(
                                site.id().value(), site.name(), site.zone().getId()))
                        .toList()));
    }
}
