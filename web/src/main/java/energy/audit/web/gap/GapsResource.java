package energy.audit.web.gap;

import energy.audit.gap.Gaps;
import energy.audit.gap.Hole;
import energy.audit.gap.LoggedGap;
import energy.audit.kernel.SiteId;
import energy.audit.metering.Metering;
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
import java.time.ZoneId;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Hours without a measured figure. */
@Path("/tenants/{tenant}/gaps")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class GapsResource {
    @Inject
    Entrance entrance;

    @Inject
    Gaps gaps;

    @Inject
    Metering metering;

    /** {@code unreadFrom} to {@code unreadTo}: the longest stretch without a reading; {@code agentSays} the cause that the agent has signed; {@code signedEntries} log entries of what people have signed. */
    public record HoleJson(
            String meter,
            String channel,
            String from,
            String to,
            String quality,
            @Nullable String unreadFrom,
            @Nullable String unreadTo,
            @Nullable String agentSays,
            List<Long> signedEntries) {
        static HoleJson of(Hole hole) {
            return new HoleJson(
                    hole.meter(),
                    hole.channel().value(),
                    hole.period().from().toString(),
                    hole.period().to().toString(),
                    hole.quality().name(),
                    hole.unread().map(unread -> unread.from().toString()).orElse(null),
                    hole.unread().map(unread -> unread.to().toString()).orElse(null),
                    hole.told().map(gap -> gap.cause().name()).orElse(null),
                    hole.signed().stream().map(LoggedGap::logIndex).toList());
        }
    }

    @GET
    @Operation(
            summary =
                    "Rows of hours in which a counter of a site has no measured figure, newest first, and who says why;"
                            + " at most 100 days")
    public Page<HoleJson> holes(
            @PathParam("tenant") String tenant,
            @QueryParam("site") @Nullable String site,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        SiteId asked = SiteId.of(Query.needed("site", site));
        return entrance.in(tenant, () -> {
            ZoneId zone = metering.site(asked).zone();
            return Page.whole(gaps.holes(asked, Query.period(from, to, zone)).stream()
                    .map(HoleJson::of)
                    .toList());
        });
    }
}
