package energy.audit.web.performance;

import energy.audit.analysis.document.JsonText;
import energy.audit.kernel.Refusal;
import energy.audit.performance.Baseline;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Energy baselines: proposed by one person, approved by another, then frozen. */
@Path("/tenants/{tenant}/baselines")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class BaselinesResource {
    @Inject
    Entrance entrance;

    @Inject
    Performance performance;

    @GET
    @Operation(summary = "All baselines there ever were, in log order; ?enpi= of one indicator")
    public String list(@PathParam("tenant") String tenant, @QueryParam("enpi") @Nullable String enpi) {
        return entrance.in(
                tenant,
                () -> performance.baselines().stream()
                        .filter(each -> enpi == null || each.enpi().equals(enpi))
                        .map(EnpiJson::of)
                        .collect(Collectors.joining(",", "{\"items\":[", "],\"next\":null}")));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Fit and propose a baseline {enpi, from, to, variables?, staticFactors?, reason}")
    public String propose(@PathParam("tenant") String tenant, String text) {
        Body body = Body.of("baseline", text).onlyFields("enpi", "from", "to", "variables", "staticFactors", "reason");
        LocalDate first = EnpisResource.date("from", body.text("from"));
        LocalDate last = EnpisResource.date("to", body.text("to"));
        List<Baseline.Factor> factors = body.texts("staticFactors").stream()
                .map(BaselinesResource::factor)
                .toList();
        return entrance.in(
                tenant,
                () -> EnpiJson.of(performance.propose(
                        body.text("enpi"), first, last, body.texts("variables"), factors, body.text("reason"))));
    }

    @GET
    @Path("/{id}/diagnosis")
    @Operation(summary = "Residuals, leverages, variance inflation and Durbin-Watson of the model, input by input")
    public String diagnosis(@PathParam("tenant") String tenant, @PathParam("id") String id) {
        return entrance.in(tenant, () -> JsonText.of(DiagnosisJson.of(performance.diagnosis(id))));
    }

    @POST
    @Path("/{id}/approve")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Approve what somebody else has proposed {reason}")
    public String approve(@PathParam("tenant") String tenant, @PathParam("id") String id, String text) {
        return decide(tenant, id, true, text);
    }

    @POST
    @Path("/{id}/reject")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Reject a proposal {reason}")
    public String reject(@PathParam("tenant") String tenant, @PathParam("id") String id, String text) {
        return decide(tenant, id, false, text);
    }

    private String decide(String tenant, String id, boolean approve, String text) {
        Body body = Body.of("decision", text).onlyFields("reason");
        return entrance.in(tenant, () -> EnpiJson.of(performance.decide(id, approve, body.text("reason"))));
    }

    private static Baseline.Factor factor(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw Refusal.invalid(
                    "BAD_STATIC_FACTOR", "static factor '" + text + "'", "it is not name=value", "Write furnaces=2.");
        }
        return new Baseline.Factor(
                text.substring(0, equals).strip(), text.substring(equals + 1).strip());
    }
}
