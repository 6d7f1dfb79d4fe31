package energy.audit.web.cost;

import energy.audit.evidence.wire.FactorTable;
import energy.audit.factor.Factors;
import energy.audit.factor.LoggedTable;
import energy.audit.kernel.LogSize;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Tariffs and emission factors, each version of each table. */
@Path("/tenants/{tenant}/factor-tables")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class FactorTablesResource {
    @Inject
    Entrance entrance;

    @Inject
    Factors factors;

    /** {@code site} null: every site without a table of its own; {@code inForce} false: a later entry has the same id. */
    public record TableJson(
            long logIndex,
            String id,
            String kind,
            @Nullable String site,
            String energySource,
            String currency,
            String source,
            String csv,
            String reason,
            String by,
            String at,
            boolean withdrawn,
            boolean inForce) {
        static TableJson of(LoggedTable table) {
            return new TableJson(
                    table.logIndex(),
                    table.id(),
                    table.kind().text(),
                    table.site().map(Object::toString).orElse(null),
                    table.energySource(),
                    table.currency(),
                    table.source(),
                    table.csv(),
                    table.reason(),
                    table.by(),
                    table.at().toString(),
                    table.withdrawn(),
                    table.inForce());
        }
    }

    @GET
    @Operation(summary = "Every version of every table in the order of the log, as known now or at a log size")
    public Page<TableJson> list(
            @PathParam("tenant") String tenant, @QueryParam("asKnownAt") @Nullable String asKnownAt) {
        LogSize size = asKnownAt == null ? LogSize.NEWEST : LogSize.of(Query.whole("asKnownAt", asKnownAt));
        return entrance.in(
                tenant,
                () -> Page.whole(
                        factors.versions(size).stream().map(TableJson::of).toList()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "Enter a table or a new version of one: {id, kind: emission-factors | primary-energy-factors | tariff, site?, energySource and"
                            + " currency and source (of a tariff), csv, reason}. Lines that cannot be read are named; the same again"
                            + " makes no second entry")
    public LogIndex enter(@PathParam("tenant") String tenant, String text) {
        Body body = Body.of("factor table", text)
                .onlyFields("id", "kind", "site", "energySource", "currency", "source", "csv", "reason");
        FactorTable table = FactorTable.newBuilder()
                .setTenant(tenant)
                .setId(body.text("id"))
                .setKind(body.text("kind"))
                .setSite(body.optionalText("site").orElse(""))
                .setEnergySource(body.optionalText("energySource").orElse(""))
                .setCurrency(body.optionalText("currency").orElse(""))
                .setSource(body.optionalText("source").orElse(""))
                .setCsv(body.text("csv"))
                .setReason(body.optionalText("reason").orElse(""))
                .build();
        return entrance.in(tenant, () -> new LogIndex(factors.enter(table)));
    }

    @POST
    @Path("/withdrawals")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Take a table back, for all times: {id, reason}; what was computed with it stays reproducible")
    public LogIndex withdraw(@PathParam("tenant") String tenant, String text) {
        Body body = Body.of("factor table", text).onlyFields("id", "reason");
        return entrance.in(tenant, () -> {
            LoggedTable held = factors.versions(LogSize.NEWEST).stream()
                    .filter(table -> table.inForce() && table.id().equals(body.text("id")))
                    .findFirst()
                    .orElseThrow(() -> body.refusal("id", "there is no such table"));
            return new LogIndex(factors.enter(FactorTable.newBuilder()
                    .setTenant(tenant)
                    .setId(held.id())
                    .setKind(held.kind().text())
                    .setSite(held.site().map(Object::toString).orElse(""))
                    .setEnergySource(held.energySource())
                    .setCurrency(held.currency())
                    .setSource(held.source())
                    .setReason(body.optionalText("reason").orElse(""))
                    .setWithdrawn(true)
                    .build()));
        });
    }
}
