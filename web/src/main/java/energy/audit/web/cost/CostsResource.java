package energy.audit.web.cost;

import energy.audit.analysis.cost.Bill;
import energy.audit.cost.Costs;
import energy.audit.cost.SupplyCost;
import energy.audit.kernel.SiteId;
import energy.audit.web.rest.Entrance;
import energy.audit.web.rest.Page;
import energy.audit.web.rest.Query;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What a site's energy costs. */
@Path("/tenants/{tenant}/costs")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class CostsResource {
    @Inject
    Entrance entrance;

    @Inject
    Costs costs;

    /**
     * {@code total} null: no tariff holds. {@code missingQuarterHours} have no figure and are in no line, as are the days in
     * {@code daysWithoutTariff}.
     */
    public record SupplyJson(
            String energySource,
            @Nullable String currency,
            @Nullable String total,
            String quality,
            int missingQuarterHours,
            List<String> daysWithoutTariff,
            @Nullable Long tariffEntry,
            String contract,
            List<LineJson> lines) {
        static SupplyJson of(SupplyCost cost) {
            return new SupplyJson(
                    cost.source(),
                    cost.bill().map(bill -> bill.currency().getCurrencyCode()).orElse(null),
                    cost.bill().map(bill -> bill.total().toPlainString()).orElse(null),
                    cost.bill().map(bill -> bill.quality().name()).orElse("MISSING"),
                    cost.missing(),
                    cost.uncovered().stream().map(LocalDate::toString).toList(),
                    cost.entry().orElse(null),
                    cost.contract(),
                    cost.bill()
                            .map(bill -> bill.lines().stream().map(LineJson::of).toList())
                            .orElse(List.of()));
        }
    }

    /** {@code unit} of the quantity: kWh, kW or days. */
    public record LineJson(
            String month, String tariff, String name, String quantity, String unit, String price, String amount) {
        static LineJson of(Bill.Line line) {
            return new LineJson(
                    line.month().toString(),
                    line.tariff(),
                    line.name(),
                    line.quantity().toPlainString(),
                    line.unit(),
                    line.price().toPlainString(),
                    line.amount().toPlainString());
        }
    }

    @GET
    @Operation(summary = "The bill of each source of energy at a site's boundary; from and to are days, both included")
    public Page<SupplyJson> bill(
            @PathParam("tenant") String tenant,
            @QueryParam("site") @Nullable String site,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        SiteId asked = SiteId.of(Query.needed("site", site));
        LocalDate first = Query.date("from", Query.needed("from", from));
        LocalDate last = Query.date("to", Query.needed("to", to));
        return entrance.in(
                tenant,
                () -> Page.whole(costs.of(asked, first, last).stream()
                        .map(SupplyJson::of)
                        .toList()));
    }
}
