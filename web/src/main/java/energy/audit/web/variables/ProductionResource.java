package energy.audit.web.variables;

import energy.audit.analysis.table.BadRows;
import energy.audit.analysis.variable.ProductionText;
import energy.audit.evidence.wire.ProductionImport;
import energy.audit.evidence.wire.ProductionRow;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.metering.Metering;
import energy.audit.variables.VariableSummary;
import energy.audit.variables.VariableValue;
import energy.audit.variables.Variables;
import energy.audit.web.rest.Body;
import energy.audit.web.rest.Entrance;
import energy.audit.web.rest.LogIndex;
import energy.audit.web.rest.Page;
import energy.audit.web.rest.Query;
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
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What was made, by product and period, as another system delivers it. */
@Path("/tenants/{tenant}/production")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class ProductionResource {
    @Inject
    Entrance entrance;

    @Inject
    Variables variables;

    @Inject
    Metering metering;

    /** {@code value} decimal text. */
    public record ValueJson(String variable, String from, String to, String value, String unit, long logIndex) {
        static ValueJson of(VariableValue value) {
            return new ValueJson(
                    value.variable(),
                    value.period().from().toString(),
                    value.period().to().toString(),
                    value.value().orElseThrow().toPlainString(),
                    value.unit(),
                    value.logIndex());
        }
    }

    /** What there is of a variable; {@code corrected}: periods that were delivered more than once. */
    public record VariableJson(String variable, String unit, long values, long corrected, String from, String to) {
        static VariableJson of(VariableSummary summary) {
            return new VariableJson(
                    summary.variable(),
                    summary.unit(),
                    summary.values(),
                    summary.corrected(),
                    summary.period().from().toString(),
                    summary.period().to().toString());
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "Take in a delivery {site, source, importId, rows: [{variable, unit, from, to, value | withdrawn}]}; plain"
                            + " dates are local to the site, to included. The same importId again is the same delivery")
    public LogIndex take(@PathParam("tenant") String tenant, String text) {
        Body body = Body.of("production", text).onlyFields("site", "source", "importId", "rows");
        String site = body.text("site");
        return entrance.in(tenant, () -> {
            ZoneId zone = metering.site(SiteId.of(site)).zone();
            ProductionImport.Builder delivery = ProductionImport.newBuilder()
                    .setTenant(tenant)
                    .setSite(site)
                    .setSource(body.text("source"))
                    .setImportId(body.text("importId"));
            body.list("rows").forEach(row -> delivery.addRows(row(row, zone)));
            return new LogIndex(variables.importValues(delivery.build()));
        });
    }

    @POST
    @Consumes("text/csv")
    @Operation(
            summary =
                    "The same as text: variable,unit,from,to,value; plain dates are local to the site, to included; an empty"
                            + " value takes one back. A refusal lists every bad row in errors")
    public LogIndex takeText(
            @PathParam("tenant") String tenant,
            @QueryParam("site") @Nullable String site,
            @QueryParam("source") @Nullable String source,
            @QueryParam("importId") @Nullable String importId,
            String csv) {
        SiteId asked = SiteId.of(Query.needed("site", site));
        ProductionImport.Builder delivery = ProductionImport.newBuilder()
                .setTenant(tenant)
                .setSite(asked.value())
                .setSource(Query.needed("source", source))
                .setImportId(Query.needed("importId", importId));
        return entrance.in(tenant, () -> {
            List<Integer> lines = new ArrayList<>();
            try {
                for (ProductionText.Row row :
                        ProductionText.read(csv, metering.site(asked).zone())) {
                    lines.add(row.line());
                    delivery.addRows(ProductionRow.newBuilder()
                            .setVariable(row.variable())
                            .setUnit(row.unit())
                            .setFromMs(row.from().toEpochMilli())
                            .setToMs(row.to().toEpochMilli())
                            .setValue(row.value().orElse(""))
                            .setWithdrawn(row.value().isEmpty()));
                }
            } catch (BadRows e) {
                throw Refusal.badRows("import " + importId + " of " + source, 0, e.faults(), WeatherResource.AGAIN);
            }
            return new LogIndex(variables.importValues(delivery.build(), lines));
        });
    }

    private static ProductionRow row(Body row, ZoneId zone) {
        row.onlyFields("variable", "unit", "from", "to", "value", "withdrawn");
        String to = row.text("to");
        boolean day = to.length() == "2026-11-23".length();
        return ProductionRow.newBuilder()
                .setVariable(row.text("variable"))
                .setUnit(row.text("unit"))
                .setFromMs(Query.instant("from", row.text("from"), zone).toEpochMilli())
                .setToMs((day
                                ? Query.date("to", to)
                                        .plusDays(1)
                                        .atStartOfDay(zone)
                                        .toInstant()
                                : Query.instant("to", to, zone))
                        .toEpochMilli())
                .setValue(row.optionalText("value").orElse(""))
                .setWithdrawn(row.flag("withdrawn"))
                .build();
    }

    @GET
    @Operation(summary = "Values in force of one variable, as known now or at a log size")
    public Page<ValueJson> values(
            @PathParam("tenant") String tenant,
            @QueryParam("site") @Nullable String site,
            @QueryParam("variable") @Nullable String variable,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("asKnownAt") @Nullable String asKnownAt) {
        SiteId asked = SiteId.of(Query.needed("site", site));
        String name = Query.needed("variable", variable);
        LogSize size = asKnownAt == null ? LogSize.NEWEST : LogSize.of(Query.whole("asKnownAt", asKnownAt));
        return entrance.in(tenant, () -> {
            ZoneId zone = metering.site(asked).zone();
            return Page.whole(variables.values(asked, name, Query.period(from, to, zone), size).stream()
                    .map(ValueJson::of)
                    .toList());
        });
    }

    @GET
    @Path("/variables")
    @Operation(summary = "The variables of a site")
    public Page<VariableJson> list(@PathParam("tenant") String tenant, @QueryParam("site") @Nullable String site) {
        SiteId asked = SiteId.of(Query.needed("site", site));
        return entrance.in(
                tenant,
                () -> Page.whole(variables.variables(asked).stream()
                        .map(VariableJson::of)
                        .toList()));
    }
}
