package energy.audit.web.metering;

import energy.audit.consumption.Consumption;
import energy.audit.consumption.ExchangeCheck;
import energy.audit.evidence.wire.MeterExchange;
import energy.audit.ingest.Reading;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.SiteId;
import energy.audit.metering.Channel;
import energy.audit.metering.LoggedExchange;
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
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Meters that were exchanged, with what both showed. */
@Path("/tenants/{tenant}/meter-exchanges")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class MeterExchangesResource {
    @Inject
    Entrance entrance;

    @Inject
    Metering metering;

    @Inject
    Consumption consumption;

    /** {@code inForce} false: a later entry speaks of the same meter and instant. */
    public record ExchangeJson(
            long logIndex,
            String site,
            String meter,
            String at,
            List<RegisterJson> registers,
            String oldSerial,
            String newSerial,
            String technician,
            String reason,
            boolean withdrawn,
            boolean inForce) {
        static ExchangeJson of(LoggedExchange exchange) {
            return new ExchangeJson(
                    exchange.logIndex(),
                    exchange.site().value(),
                    exchange.meter(),
                    exchange.at().toString(),
                    exchange.registers().stream()
                            .map(each -> new RegisterJson(
                                    each.channel().value(), each.oldFinalCount(), each.newInitialCount()))
                            .toList(),
                    exchange.oldSerial(),
                    exchange.newSerial(),
                    exchange.technician(),
                    exchange.reason(),
                    exchange.withdrawn(),
                    exchange.inForce());
        }
    }

    /** Raw counts. */
    public record RegisterJson(String channel, long oldFinalCount, long newInitialCount) {}

    /** What the readings say of it; {@code at} as it was understood. */
    public record CheckJson(String at, List<RegisterCheckJson> registers) {}

    /** A reading next to the exchange is null where there is none. */
    public record RegisterCheckJson(
            String channel,
            String unit,
            @Nullable ReadingJson lastOld,
            @Nullable ReadingJson firstNew,
            List<DoubtJson> doubts) {}

    /** {@code value} decimal text in the register's unit. */
    public record ReadingJson(
            String at, long count, @Nullable String value) {}

    /** {@code field} oldFinalCount or newInitialCount; {@code kind} BACKWARDS or TOO_MUCH. */
    public record DoubtJson(String field, String kind) {}

    @GET
    @Operation(summary = "Exchanges of a site's meters in the order of the log, those that were replaced too")
    public Page<ExchangeJson> list(@PathParam("tenant") String tenant, @QueryParam("site") @Nullable String site) {
        SiteId asked = SiteId.of(Query.needed("site", site));
        return entrance.in(tenant, () -> {
            metering.site(asked);
            return Page.whole(metering.exchanges(asked, LogSize.NEWEST).stream()
                    .map(ExchangeJson::of)
                    .toList());
        });
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "Enter a meter exchange {site, meter, at, registers: [{channel, oldFinalCount, newInitialCount}], oldSerial?,"
                            + " newSerial?, technician, reason, withdrawn?, confirmed?}: every whole counter of the meter. atLocal"
                            + " instead of at: local to the site; oldFinalValue and newInitialValue instead of counts: in the"
                            + " register's unit. Header Idempotency-Key: the same request again answers as before")
    public LogIndex enter(
            @PathParam("tenant") String tenant, @HeaderParam("Idempotency-Key") @Nullable String key, String text) {
        Body body = Body.of("meter exchange", text);
        return entrance.in(tenant, () -> {
            MeterExchange exchange = new ExchangeBody(metering).read(tenant, body);
            Optional<String> named = Optional.ofNullable(key).filter(each -> !each.isBlank());
            if (!body.flag("confirmed")) {
                consumption.requirePlausible(exchange);
            }
            return new LogIndex(metering.exchange(exchange, named));
        });
    }

    @POST
    @Path("/check")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Compare a meter exchange with the readings next to it, without entering it")
    public CheckJson check(@PathParam("tenant") String tenant, String text) {
        Body body = Body.of("meter exchange", text);
        return entrance.in(tenant, () -> {
            MeterExchange exchange = new ExchangeBody(metering).read(tenant, body);
            return new CheckJson(
                    java.time.Instant.ofEpochMilli(exchange.getAtMs()).toString(),
                    consumption.check(exchange).stream().map(this::json).toList());
        });
    }

    private RegisterCheckJson json(ExchangeCheck check) {
        Optional<Channel> channel = metering.channel(check.channel());
        return new RegisterCheckJson(
                check.channel().value(),
                channel.map(Channel::unit).orElse(""),
                check.lastOld().map(reading -> json(check.channel(), reading)).orElse(null),
                check.firstNew().map(reading -> json(check.channel(), reading)).orElse(null),
                check.doubts().stream()
                        .map(doubt -> new DoubtJson(
                                doubt.count().field(), doubt.kind().name()))
                        .toList());
    }

    private ReadingJson json(ChannelId channel, Reading reading) {
        return new ReadingJson(
                reading.at().toString(),
                reading.count(),
                metering.configurationAt(channel.site(), reading.at(), LogSize.NEWEST)
                        .flatMap(configuration -> configuration.channel(channel))
                        .flatMap(scale -> scale.scaled(reading.count()))
                        .map(java.math.BigDecimal::toPlainString)
                        .orElse(null));
    }
}
