package energy.audit.web.ingest;

import energy.audit.ingest.Ingest;
import energy.audit.ingest.Readings;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.kernel.Refusal;
import energy.audit.metering.Channel;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Register counts as they were read. */
@Path("/tenants/{tenant}/readings")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class ReadingsResource {
    private static final int MOST = 10_000;

    @Inject
    Entrance entrance;

    @Inject
    Ingest ingest;

    @Inject
    Metering metering;

    /** {@code count} as on the wire; {@code value} scaled to the channel's unit. */
    public record ReadingJson(
            String at, long count, @Nullable BigDecimal value, long logIndex) {}

    @GET
    @Operation(summary = "Readings of a channel from an instant (included) to another (excluded)")
    public Page<ReadingJson> list(
            @PathParam("tenant") String tenant,
            @QueryParam("channel") @Nullable String channel,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("asKnownAt") @Nullable String asKnownAt,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        ChannelId asked = ChannelId.of(Query.needed("channel", channel));
        LogSize size = Query.logSize(asKnownAt);
        int most = Query.limit(limit, MOST);
        return entrance.in(tenant, () -> {
            Channel described = metering.channel(asked)
                    .orElseThrow(() -> Refusal.notFound(
                            "NO_CHANNEL",
                            "channel " + asked,
                            "no metering configuration of its site names it",
                            "Look at the site's list of meters."));
            Period period = Query.period(
                    cursor == null ? from : cursor,
                    to,
                    metering.site(asked.site()).zone());
            return page(ingest.readings(asked, period, size), described, most);
        });
    }

    private static Page<ReadingJson> page(Readings readings, Channel channel, int most) {
        List<ReadingJson> shown = new ArrayList<>();
        for (int i = 0; i < Math.min(most, readings.size()); i++) {
            shown.add(new ReadingJson(
                    Instant.ofEpochMilli(readings.atMs()[i]).toString(),
                    readings.counts()[i],
                    channel.scaled(readings.counts()[i]).orElse(null),
                    readings.logIndexes()[i]));
        }
        return new Page<>(
                shown,
                readings.size() > most
                        ? Instant.ofEpochMilli(readings.atMs()[most]).toString()
                        : null);
    }
}
