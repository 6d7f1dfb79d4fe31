package energy.audit.web.performance;

import energy.audit.analysis.document.JsonText;
import energy.audit.performance.Adjustment;
import energy.audit.performance.Performance;
import energy.audit.performance.Standing;
import energy.audit.web.rest.Body;
import energy.audit.web.rest.Entrance;
import energy.audit.web.rest.Query;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Non-routine adjustments of an indicator. */
@Path("/tenants/{tenant}/enpis/{id}/adjustments")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class AdjustmentsResource {
    @Inject
    Entrance entrance;

    @Inject
    Performance performance;

    @GET
    @Operation(summary = "Adjustments of an indicator by number, with who proposed and who decided")
    public String list(@PathParam("tenant") String tenant, @PathParam("id") String id) {
        return entrance.in(tenant, () -> page(performance.standing(id)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "Propose an adjustment {staticFactor, before, after, from, to, energyKwh, method, evidence}: energy that"
                            + " is added to the adjusted baseline of reporting periods that hold these days")
    public String propose(@PathParam("tenant") String tenant, @PathParam("id") String id, String text) {
        Body body = Body.of("adjustment", text)
                .onlyFields("staticFactor", "before", "after", "from", "to", "energyKwh", "method", "evidence");
        LocalDate first = Query.date("from", body.text("from"));
        LocalDate last = Query.date("to", body.text("to"));
        return entrance.in(
                tenant,
                () -> page(performance.proposeAdjustment(
                        id,
                        new Adjustment.Draft(
                                body.text("staticFactor"),
                                body.optionalText("before").orElse(""),
                                body.optionalText("after").orElse(""),
                                first,
                                last,
                                body.optionalDecimal("energyKwh")
                                        .orElseThrow(() -> body.refusal("energyKwh", "it is missing")),
                                body.text("method"),
                                body.text("evidence")))));
    }

    @POST
    @Path("/{number}/approve")
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
    @Path("/{number}/reject")
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
        return entrance.in(tenant, () -> page(performance.decideAdjustment(id, number, approve, body.text("reason"))));
    }

    private static String page(Standing standing) {
        return JsonText.of(EnpiJson.page(
                standing.adjustments().stream().map(AdjustmentsResource::json).toList()));
    }

    static Map<String, @Nullable Object> json(Adjustment adjustment) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("number", adjustment.number());
        json.put("staticFactor", adjustment.staticFactor());
        json.put("before", adjustment.before());
        json.put("after", adjustment.after());
        json.put("from", adjustment.first().toString());
        json.put("to", adjustment.last().toString());
        json.put("energyKwh", adjustment.energyKwh());
        json.put("method", adjustment.method());
        json.put("evidence", adjustment.evidence());
        json.put("state", adjustment.state().name().toLowerCase(Locale.ROOT));
        json.put("author", adjustment.author());
        json.put("at", adjustment.at().toString());
        json.put("logIndex", adjustment.logIndex());
        json.put("decision", adjustment.decision().map(EnpiJson::of).orElse(null));
        return json;
    }
}
