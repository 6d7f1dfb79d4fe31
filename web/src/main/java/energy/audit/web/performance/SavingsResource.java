package energy.audit.web.performance;

import energy.audit.analysis.document.JsonText;
import energy.audit.analysis.document.ModelFigures;
import energy.audit.facility.FacilityPerformance;
import energy.audit.facility.FacilitySavings;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.performance.Combined;
import energy.audit.performance.Comparison;
import energy.audit.web.rest.Entrance;
import energy.audit.web.rest.Query;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Savings of a whole site. */
@Path("/tenants/{tenant}/savings")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class SavingsResource {
    @Inject
    Entrance entrance;

    @Inject
    FacilityPerformance facility;

    @GET
    @Operation(
            summary =
                    "The indicators of a site added up (site, reporting=first..last, method, model, enpis=a,b,"
                            + " energy=site|primary): models, savings, uncertainty, and whether 95 % of the energy is accounted for")
    public String savings(
            @PathParam("tenant") String tenant,
            @QueryParam("site") @Nullable String site,
            @QueryParam("reporting") @Nullable String reporting,
            @QueryParam("method") @Nullable String method,
            @QueryParam("model") @Nullable String model,
            @QueryParam("enpis") @Nullable String enpis,
            @QueryParam("energy") @Nullable String energy) {
        SiteId asked = SiteId.of(Query.needed("site", site));
        Comparison.Days days = EnpisResource.days("reporting", Query.needed("reporting", reporting));
        Comparison comparison = new Comparison(
                EnpisResource.method(method == null ? "forecast" : method),
                days.first(),
                days.last(),
                Optional.ofNullable(model).map(text -> EnpisResource.days("model", text)));
        boolean primary = primary(energy == null ? "site" : energy);
        List<String> ids = enpis == null ? List.of() : List.of(enpis.split(","));
        return entrance.in(tenant, () -> JsonText.of(json(facility.savings(asked, ids, comparison, primary))));
    }

    private static boolean primary(String energy) {
        if (!energy.equals("site") && !energy.equals("primary")) {
            throw Refusal.invalid(
                    "BAD_ENERGY", "parameter energy", "'" + energy + "' is neither", "Write site or primary.");
        }
        return energy.equals("primary");
    }

    private static Map<String, @Nullable Object> json(FacilitySavings savings) {
        Map<String, @Nullable Object> json = savings.figures().document();
        json.put(
                "parts",
                savings.combined().parts().stream().map(SavingsResource::json).toList());
        Map<String, @Nullable Object> energies = new LinkedHashMap<>();
        savings.energyByPart().forEach((name, kwh) -> energies.put(name, ModelFigures.number(kwh)));
        json.put("energyByPart", energies);
        json.put("accountedFor", savings.check());
        json.put("notIncluded", savings.combined().notIncluded());
        json.put("leftOut", savings.combined().leftOut());
        json.put("factorEntries", savings.factorEntries());
        return json;
    }

    private static Map<String, @Nullable Object> json(Combined.Part part) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("enpi", part.enpi());
        json.put("baseline", part.baseline());
        json.put("energySource", part.energySource());
        json.put("primaryFactor", ModelFigures.number(part.primaryFactor()));
        json.put("reportingKwh", ModelFigures.number(part.reportingKwh()));
        return json;
    }
}
