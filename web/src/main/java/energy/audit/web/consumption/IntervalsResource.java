package energy.audit.web.consumption;

import energy.audit.consumption.Consumption;
import energy.audit.consumption.Interval;
import energy.audit.consumption.Resolution;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
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

/** Consumption of a counter by quarter hour, hour, day or month. */
@Path("/tenants/{tenant}/intervals")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class IntervalsResource {
    private static final int MOST = 5_000;

    @Inject
    Entrance entrance;

    @Inject
    Consumption consumption;

    @Inject
    Metering metering;

    /** {@code amount} in the channel's unit; {@code energyKwh} null when the channel is not energy. */
    public record IntervalJson(
            String start,
            String end,
            @Nullable Long counts,
            @Nullable BigDecimal amount,
            @Nullable BigDecimal energyKwh,
            String quality,
            double coverage,
            int revision,
            long knownAtLogSize) {
        static IntervalJson of(Interval interval) {
            return new IntervalJson(
                    interval.start().toString(),
                    interval.end().toString(),
                    interval.counts().isPresent() ? interval.counts().getAsLong() : null,
                    interval.amount().orElse(null),
                    interval.energyKwh().orElse(null),
                    interval.quality().name(),
                    interval.coverage(),
                    interval.revision(),
                    interval.knownAtLogSize());
        }
    }

    @GET
    @Operation(summary = "Interval consumption of a channel, newest revision, or as known at a log size")
    public Page<IntervalJson> list(
            @PathParam("tenant") String tenant,
            @QueryParam("channel") @Nullable String channel,
            @QueryParam("resolution") @Nullable String resolution,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("asKnownAt") @Nullable String asKnownAt,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        ChannelId asked = ChannelId.of(Query.needed("channel", channel));
        Resolution length = Resolution.of(Query.needed("resolution", resolution));
        LogSize size = Query.logSize(asKnownAt);
        int most = Query.limit(limit, MOST);
        return entrance.in(tenant, () -> {
            var zone = metering.site(asked.site()).zone();
            Period period = Query.period(cursor == null ? from : cursor, to, zone);
            List<Interval> intervals = consumption.intervals(asked, length, period, size);
            List<IntervalJson> shown =
                    intervals.stream().limit(most).map(IntervalJson::of).toList();
            return new Page<>(
                    shown, intervals.size() > most ? intervals.get(most).start().toString() : null);
        });
    }
}
