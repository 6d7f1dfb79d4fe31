package energy.audit.web.metering;

import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.metering.Metering;
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

/** What is measured where, from an instant on. */
@Path("/tenants/{tenant}/metering-configurations")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class MeteringConfigurationsResource {
    @Inject
    Entrance entrance;

    @Inject
    Metering metering;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Put a site's meters in force from an instant on; the same again makes no new entry")
    public LogIndex put(@PathParam("tenant") String tenant, String text) {
        MeteringConfiguration configuration = ConfigurationBody.read(tenant, text);
        return entrance.in(tenant, () -> new LogIndex(metering.configure(configuration)));
    }
}
