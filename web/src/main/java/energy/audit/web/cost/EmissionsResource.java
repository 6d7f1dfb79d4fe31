package energy.audit.web.cost;

import energy.audit.analysis.carbon.EmissionFactor.Basis;
import energy.audit.analysis.carbon.EmissionFactor.Scope;
import energy.audit.analysis.carbon.Emissions;
import energy.audit.carbon.Carbon;
import energy.audit.carbon.SiteEmissions;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
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
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What a site's energy emits. */
@Path("/tenants/{tenant}/emissions")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class EmissionsResource {
    @Inject
    Entrance entrance;

    @Inject
    Carbon carbon;

    /** Totals in kg CO2e, null where no line belongs to them; {@code factorEntries} log entries of the tables. */
    public record EmissionsJson(
            @Nullable TotalJson scope1,
            @Nullable TotalJson scope2Location,
            @Nullable TotalJson scope2Market,
            @Nullable TotalJson scope3,
            @Nullable String energyKwh,
            List<LineJson> lines,
            List<String> gaps,
            List<IntensityJson> intensities,
            List<Long> factorEntries) {
        static EmissionsJson of(SiteEmissions site) {
            Emissions emissions = site.emissions();
            return new EmissionsJson(
                    total(emissions, Scope.SCOPE_1, Basis.ACTIVITY),
                    total(emissions, Scope.SCOPE_2, Basis.LOCATION),
                    total(emissions, Scope.SCOPE_2, Basis.MARKET),
                    total(emissions, Scope.SCOPE_3, Basis.ACTIVITY),
                    text(site.energyKwh()),
                    emissions.lines().stream().map(LineJson::of).toList(),
                    emissions.gaps().stream().map(Emissions.Gap::sentence).toList(),
                    site.intensities().stream().map(IntensityJson::of).toList(),
                    site.entries());
        }

        private static @Nullable TotalJson total(Emissions emissions, Scope scope, Basis basis) {
            return emissions
                    .total(scope, basis)
                    .map(total -> new TotalJson(
                            total.kgCo2e().toPlainString(), total.quality().name()))
                    .orElse(null);
        }
    }

    /** PARTIAL: something of this scope has no figure or no factor. */
    public record TotalJson(String kgCo2e, String quality) {}

    /** {@code until} the first day after it. */
    public record LineJson(
            String energySource,
            String from,
            String until,
            String energyKwh,
            String quality,
            String scope,
            String basis,
            String kgCo2ePerKwh,
            String source,
            String edition,
            String gwp,
            String kgCo2e) {
        static LineJson of(Emissions.Line line) {
            return new LineJson(
                    line.activity().activity(),
                    line.activity().from().toString(),
                    line.activity().until().toString(),
                    line.activity().amount().orElseThrow().toPlainString(),
                    line.activity().quality().name(),
                    line.factor().scope().name(),
                    line.factor().basis().name(),
                    line.factor().kgCo2ePerUnit().toPlainString(),
                    line.factor().source(),
                    line.factor().edition(),
                    line.factor().gwpSet(),
                    line.kgCo2e().toPlainString());
        }
    }

    /** Null where the amount, the energy or the emissions are not known for the whole period. */
    public record IntensityJson(
            String per,
            String unit,
            @Nullable String amount,
            @Nullable String kwhPer,
            @Nullable String kgCo2ePer) {
        static IntensityJson of(SiteEmissions.Intensity intensity) {
            return new IntensityJson(
                    intensity.per(),
                    intensity.unit(),
                    text(intensity.amount()),
                    text(intensity.kwhPer()),
                    text(intensity.kgCo2ePer()));
        }
    }

    @GET
    @Operation(
            summary =
                    "Emissions of a site's energy by month, source and factor; scope 2 by location and by market; from and to"
                            + " are days, both included")
    public EmissionsJson emissions(
            @PathParam("tenant") String tenant,
            @QueryParam("site") @Nullable String site,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        SiteId asked = SiteId.of(Query.needed("site", site));
        LocalDate first = Query.date("from", Query.needed("from", from));
        LocalDate last = Query.date("to", Query.needed("to", to));
        return entrance.in(
                tenant,
                () -> carbon.of(asked, first, last)
                        .map(EmissionsJson::of)
                        .orElseThrow(() -> Refusal.invalid(
                                "EMPTY_PERIOD",
                                "emissions of " + asked + " from " + first + " to " + last,
                                "it has not begun, or ends before it begins",
                                "Change from or to.")));
    }

    private static @Nullable String text(Optional<BigDecimal> number) {
        return number.map(BigDecimal::toPlainString).orElse(null);
    }
}
