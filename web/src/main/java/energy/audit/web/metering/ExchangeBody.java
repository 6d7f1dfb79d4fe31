package energy.audit.web.metering;

import energy.audit.evidence.wire.ExchangedRegister;
import energy.audit.evidence.wire.MeterExchange;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.metering.Channel;
import energy.audit.metering.Metering;
import energy.audit.web.rest.Body;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Reads a meter exchange: the fields of the message MeterExchange with lowerCamel names. For people with a display before
 * them the time may be the site's local one, and a count may be a value in the register's unit. Runs inside the tenant.
 */
final class ExchangeBody {
    private final Metering metering;

    ExchangeBody(Metering metering) {
        this.metering = metering;
    }

    MeterExchange read(String tenant, Body body) {
        body.onlyFields(
                "site",
                "meter",
                "at",
                "atLocal",
                "registers",
                "oldSerial",
                "newSerial",
                "technician",
                "reason",
                "withdrawn",
                "confirmed");
        SiteId site = SiteId.of(body.text("site"));
        Instant at = at(body, metering.site(site).zone());
        MeterExchange.Builder exchange = MeterExchange.newBuilder()
                .setTenant(tenant)
                .setSite(site.value())
                .setMeter(body.text("meter"))
                .setAtMs(at.toEpochMilli())
                .setOldSerial(body.optionalText("oldSerial").orElse(""))
                .setNewSerial(body.optionalText("newSerial").orElse(""))
                .setTechnician(body.optionalText("technician").orElse(""))
                .setReason(body.optionalText("reason").orElse(""))
                .setWithdrawn(body.flag("withdrawn"));
        body.list("registers").forEach(register -> exchange.addRegisters(register(register, at)));
        return exchange.build();
    }

    static Instant at(Body body, ZoneId zone) {
        return body.optionalLocalInstant("atLocal", zone).orElseGet(() -> body.instant("at"));
    }

    private ExchangedRegister register(Body body, Instant at) {
        body.onlyFields("channel", "oldFinalCount", "newInitialCount", "oldFinalValue", "newInitialValue");
        ChannelId channel = ChannelId.of(body.text("channel"));
        return ExchangedRegister.newBuilder()
                .setChannel(channel.value())
                .setOldFinalCount(count(body, "oldFinal", channel, at.minusMillis(1)))
                .setNewInitialCount(count(body, "newInitial", channel, at))
                .build();
    }

    private long count(Body body, String name, ChannelId channel, Instant scaledAt) {
        Optional<BigDecimal> value = body.optionalDecimal(name + "Value");
        if (value.isEmpty()) {
            return body.optionalLong(name + "Count").orElseThrow(() -> missing(channel, name));
        }
        Channel scale = metering.configurationAt(channel.site(), scaledAt, LogSize.NEWEST)
                .flatMap(configuration -> configuration.channel(channel))
                .orElseThrow(() -> body.refusal(name + "Value", "no configuration of " + channel + " says its scale"));
        return scale.count(value.get())
                .orElseThrow(() -> body.refusal(
                        name + "Value",
                        "a count of the register is " + scale.multiplier().toPlainString() + " " + scale.unit()
                                + ", so that it cannot show this"));
    }

    private static Refusal missing(ChannelId channel, String name) {
        return Refusal.invalid(
                "MISSING_FIELD",
                "meter exchange, register " + channel + ", field " + name + "Count",
                "it is missing",
                "Add the register's raw count, or " + name + "Value in the register's unit.");
    }
}
