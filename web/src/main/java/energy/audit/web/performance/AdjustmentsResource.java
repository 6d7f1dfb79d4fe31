package energy.audit.web.performance;

import energy.audit.analysis.document.JsonText;
import energy.audit.performance.Adjustment;
import energy.audit.performance.Performance;
import energy.audit.web.rest.Body;
import energy.audit.web.rest.Entrance;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Non-routine adjustments of an indicator's baselines, which a second person approves. */
@Path("/tenants/{tenant}/enpis/{id}/adjustments")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class AdjustmentsResource {
    @Inject
    Entrance entrance;

    @Inject
    Performance performance;

    /** What is asked for. @param last included */
    record Proposal(BigDecimal kwh, LocalDate first, LocalDate last, String what, String reason) {
        static Proposal of(String text) {
            Body body = Body.of("adjustment", text).onlyFields("kwh", "first", "last", "what", "reason");
            return new Proposal(
                    body.optionalDecimal("kwh")
                            .orElseThrow(() -> body.refusal("kwh", "it is missing; minus takes from the baseline")),
                    EnpisResource.date("first", body.text("first")),
                    EnpisResource.date("last", body.text("last")),
                    body.text("what"),
                    body.text("reason"));
        }
    }

    @GET
    @Operation(summary = "All adjustments that were ever proposed for an indicator")
    public String list(@PathParam("tenant") String tenant, @PathParam("id") String id) {
        return entrance.in(tenant, () -> {
            var standing = performance.standing(id);
            return JsonText.of(
                    EnpiJson.page(EnpiJson.of(standing.adjustments(), performance.zone(standing.definition()))));
        });
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "Propose an adjustment of the baseline in force {kwh, first, last, what, reason}: kwh is added to the"
                            + " adjusted baseline, reason says how it was calculated")
    public String propose(@PathParam("tenant") String tenant, @PathParam("id") String id, String text) {
        Proposal asked = Proposal.of(text);
        return entrance.in(
                tenant,
                () -> said(
                        id,
                        performance.proposeAdjustment(
                                id, asked.kwh(), asked.first(), asked.last(), asked.what(), asked.reason())));
    }

    @POST
    @Path("/{number: \\d{1,9}}/approve")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Approve what somebody else has proposed {reason}")
    public String approve(
            @PathParam("tenant") String tenant,
            @PathParam("id") String id,
            @PathParam("number") int number,
            String text) {
        return decide(tenant, id, number, true, text);
    }

    @POST
    @Path("/{number: \\d{1,9}}/reject")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Reject a proposal {reason}")
    public String reject(
            @PathParam("tenant") String tenant,
            @PathParam("id") String id,
            @PathParam("number") int number,
            String text) {
        return decide(tenant, id, number, false, text);
    }

    private String decide(String tenant, String id, int number, boolean approve, String text) {
        Body body = Body.of("decision", text).onlyFields("reason");
        return entrance.in(
                tenant, () -> said(id, performance.decideAdjustment(id, number, approve, body.text("reason"))));
    }

    private String said(String id, Adjustment adjustment) {
        return JsonText.of(EnpiJson.of(
                adjustment, performance.zone(performance.standing(id).definition())));
    }
}
