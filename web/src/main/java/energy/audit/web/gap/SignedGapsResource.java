package energy.audit.web.gap;

import energy.audit.evidence.wire.SignedGap;
import energy.audit.gap.Gaps;
import energy.audit.gap.LoggedGap;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.SiteId;
import energy.audit.metering.Metering;
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
import java.time.Instant;
import java.time.ZoneId;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Gaps that people have signed for. */
@Path("/tenants/{tenant}/signed-gaps")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class SignedGapsResource {
    @Inject
    Entrance entrance;

    @Inject
    Gaps gaps;

    @Inject
    Metering metering;

    /** {@code meter} null: every meter; {@code inForce} false: a later entry speaks of the same meter and period. */
    public record SignedGapJson(
            long logIndex,
            String site,
            @Nullable String meter,
            String from,
            String to,
            String reason,
            String by,
            boolean withdrawn,
            boolean inForce) {
        static SignedGapJson of(LoggedGap gap) {
            return new SignedGapJson(
                    gap.logIndex(),
                    gap.site().value(),
                    gap.meter().orElse(null),
                    gap.period().from().toString(),
                    gap.period().to().toString(),
                    gap.reason(),
                    gap.by(),
                    gap.withdrawn(),
                    gap.inForce());
        }
    }

    @GET
    @Operation(
            summary = "What people have signed for at a site, in the order of the log, as known now or at a log size")
    public Page<SignedGapJson> list(
            @PathParam("tenant") String tenant,
            @QueryParam("site") @Nullable String site,
            @QueryParam("asKnownAt") @Nullable String asKnownAt) {
        SiteId asked = SiteId.of(Query.needed("site", site));
        LogSize size = asKnownAt == null ? LogSize.NEWEST : LogSize.of(Query.whole("asKnownAt", asKnownAt));
        return entrance.in(tenant, () -> {
            metering.site(asked);
            return Page.whole(
                    gaps.signed(asked, size).stream().map(SignedGapJson::of).toList());
        });
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "Sign that there is no data, and why: {site, meter?, from, to, reason}; fromLocal and toLocal instead:"
                            + " local to the site. Refused where there are readings. The same again makes no second entry")
    public LogIndex sign(@PathParam("tenant") String tenant, String text) {
        return enter(tenant, text, false);
    }

    @POST
    @Path("/withdrawals")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Take back what was signed for exactly that meter and period: {site, meter?, from, to, reason}")
    public LogIndex withdraw(@PathParam("tenant") String tenant, String text) {
        return enter(tenant, text, true);
    }

    private LogIndex enter(String tenant, String text, boolean withdrawn) {
        Body body =
                Body.of("signed gap", text).onlyFields("site", "meter", "from", "to", "fromLocal", "toLocal", "reason");
        SiteId site = SiteId.of(body.text("site"));
        return entrance.in(tenant, () -> {
            ZoneId zone = metering.site(site).zone();
            return new LogIndex(gaps.sign(SignedGap.newBuilder()
                    .setTenant(tenant)
                    .setSite(site.value())
                    .setMeter(body.optionalText("meter").orElse(""))
                    .setFromMs(instant(body, "from", zone).toEpochMilli())
                    .setToMs(instant(body, "to", zone).toEpochMilli())
                    .setReason(body.optionalText("reason").orElse(""))
                    .setWithdrawn(withdrawn)
                    .build()));
        });
    }

    private static Instant instant(Body body, String field, ZoneId zone) {
        return body.optionalLocalInstant(field + "Local", zone).orElseGet(() -> body.instant(field));
    }
}
