package energy.audit.web.metering;

import energy.audit.kernel.SiteId;
import energy.audit.metering.Channel;
import energy.audit.metering.Meter;
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
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Meters of a site with their channels, newest configuration. */
@Path("/tenants/{tenant}/meters")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class MetersResource {
    @Inject
    Entrance entrance;

    @Inject
    Metering metering;

    /** {@code parent} null: at the boundary of the site. */
    public record MeterJson(
            String id,
            String site,
            String name,
            String energySource,
            @Nullable String parent,
            String serial,
            List<ChannelJson> channels) {
        static MeterJson of(Meter meter) {
            return new MeterJson(
                    meter.id(),
                    meter.site().value(),
                    meter.name(),
                    meter.energySource(),
                    meter.parent().orElse(null),
                    meter.serial(),
                    meter.channels().stream().map(ChannelJson::of).toList());
        }
    }

    /** Value in {@code unit} = count x multiplier + offset; decimal numbers as text, exact. */
    public record ChannelJson(
            String id,
            String quantity,
            String unit,
            boolean counter,
            String encoding,
            String multiplier,
            String offset,
            @Nullable String modulus,
            @Nullable String energyKwhPerUnit) {
        static ChannelJson of(Channel channel) {
            return new ChannelJson(
                    channel.id().value(),
                    channel.quantity(),
                    channel.unit(),
                    channel.counter(),
                    channel.encoding(),
                    channel.multiplier().toPlainString(),
                    channel.offset().toPlainString(),
                    channel.modulus().map(Object::toString).orElse(null),
                    channel.energyKwhPerUnit().map(BigDecimal::toPlainString).orElse(null));
        }
    }

    @GET
    @Operation(summary = "Meters of a site, as the newest configuration has them")
    public Page<MeterJson> list(@PathParam("tenant") String tenant, @QueryParam("site") @Nullable String site) {
        SiteId asked = SiteId.of(Query.needed("site", site));
        return entrance.in(tenant, () -> {
            metering.site(asked);
            return Page.whole(metering.meters(asked).stream().map(MeterJson::of).toList());
        });
    }
}
