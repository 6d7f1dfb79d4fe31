package energy.audit.web.consumption;

import energy.audit.consumption.Consumption;
import energy.audit.consumption.SiteLive;
import energy.audit.kernel.SiteId;
import energy.audit.web.rest.Entrance;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** A site as its newest readings show it. */
@Path("/tenants/{tenant}/sites/{site}/live")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class LiveResource {
    @Inject
    Entrance entrance;

    @Inject
    Consumption consumption;

    /** Electricity of the site's boundary; times ISO 8601 UTC. */
    public record Live(
            String site,
            String zone,
            String asOf,
            @Nullable String newest,
            @Nullable BigDecimal powerKw,
            Amounts todayKwh,
            Amounts lastWeekKwh,
            List<MeterLive> meters) {
        static Live of(SiteLive live) {
            return new Live(
                    live.site().value(),
                    live.zone().getId(),
                    live.asOf().toString(),
                    live.newest().map(Instant::toString).orElse(null),
                    live.powerKw().orElse(null),
                    Amounts.of(live.todayKwh()),
                    Amounts.of(live.lastWeekKwh()),
                    live.meters().stream().map(MeterLive::of).toList());
        }
    }

    /** One meter with the newest reading of each channel. */
    public record MeterLive(
            String meter,
            String name,
            String energySource,
            @Nullable String parent,
            Amounts todayKwh,
            Amounts lastWeekKwh,
            List<ChannelLive> channels) {
        static MeterLive of(SiteLive.MeterLive live) {
            return new MeterLive(
                    live.meter(),
                    live.name(),
                    live.energySource(),
                    live.parent().isEmpty() ? null : live.parent(),
                    Amounts.of(live.todayKwh()),
                    Amounts.of(live.lastWeekKwh()),
                    live.values().stream().map(ChannelLive::of).toList());
        }
    }

    /** Newest reading of a channel. */
    public record ChannelLive(
            String channel,
            String quantity,
            String unit,
            String at,
            long count,
            @Nullable BigDecimal value,
            long logIndex) {
        static ChannelLive of(SiteLive.ChannelLive live) {
            return new ChannelLive(
                    live.channel(),
                    live.quantity(),
                    live.unit(),
                    live.at().toString(),
                    live.count(),
                    live.value().orElse(null),
                    live.logIndex());
        }
    }

    @GET
    @Operation(summary = "Newest readings of a site, and its electricity since local midnight against last week")
    public Live live(@PathParam("tenant") String tenant, @PathParam("site") String site) {
        return entrance.in(tenant, () -> Live.of(consumption.live(SiteId.of(site))));
    }
}
