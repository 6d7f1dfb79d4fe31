package energy.audit.web.recalculation;

import energy.audit.kernel.Period;
import energy.audit.recalculation.Recalculation;
import energy.audit.recalculation.Recalculations;
import energy.audit.web.rest.Body;
import energy.audit.web.rest.Entrance;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Has a tenant's figures of a long period derived anew from the registers. */
@Path("/tenants/{tenant}/recalculations")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class RecalculationsResource {
    @Inject
    Entrance entrance;

    @Inject
    Recalculations recalculations;

    /** {@code state} RUNNING, PAUSED, FAILED or DONE; {@code share} 0 to 1; {@code revisions}: figures that changed. */
    public record RecalculationJson(
            int number,
            String from,
            String to,
            String reason,
            String requestedBy,
            String requestedAt,
            String state,
            @Nullable String endedAt,
            long units,
            long unitsDone,
            double share,
            long revisions,
            @Nullable String waitsFor,
            @Nullable String failure) {
        static RecalculationJson of(Recalculation each) {
            return new RecalculationJson(
                    each.number(),
                    each.period().from().toString(),
                    each.period().to().toString(),
                    each.reason(),
                    each.requestedBy(),
                    each.requestedAt().toString(),
                    each.state().name(),
                    each.endedAt().map(Instant::toString).orElse(null),
                    each.units(),
                    each.unitsDone(),
                    each.share(),
                    each.revisions(),
                    each.waitsFor().orElse(null),
                    each.failure().orElse(null));
        }
    }

    @GET
    @Operation(summary = "All recalculations, newest first, with their progress")
    public Page<RecalculationJson> list(@PathParam("tenant") String tenant) {
        return entrance.in(
                tenant,
                () -> Page.whole(
                        recalculations.all().stream().map(RecalculationJson::of).toList()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Derive everything of a period anew {from, to, reason}; figures that differ become new revisions")
    public RecalculationJson request(@PathParam("tenant") String tenant, String text) {
        Body body = Body.of("recalculation", text).onlyFields("from", "to", "reason");
        Period period = Period.of(body.instant("from"), body.instant("to"));
        String reason = body.text("reason");
        return entrance.in(tenant, () -> RecalculationJson.of(recalculations.request(period, reason)));
    }

    @GET
    @Path("/{number}")
    @Operation(summary = "How far one recalculation is")
    public RecalculationJson one(@PathParam("tenant") String tenant, @PathParam("number") int number) {
        return entrance.in(tenant, () -> RecalculationJson.of(recalculations.one(number)));
    }

    @POST
    @Path("/{number}/pause")
    @Operation(summary = "Stop after the register and month at work")
    public RecalculationJson pause(@PathParam("tenant") String tenant, @PathParam("number") int number) {
        return entrance.in(tenant, () -> RecalculationJson.of(recalculations.pause(number)));
    }

    @POST
    @Path("/{number}/resume")
    @Operation(summary = "Go on where it was paused or failed")
    public RecalculationJson resume(@PathParam("tenant") String tenant, @PathParam("number") int number) {
        return entrance.in(tenant, () -> RecalculationJson.of(recalculations.resume(number)));
    }
}
