package energy.audit.web.metering;

import energy.audit.evidence.wire.Channel;
import energy.audit.evidence.wire.Meter;
import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.evidence.wire.RegisterKind;
import energy.audit.kernel.Refusal;
import energy.audit.web.rest.Body;

/** Reads metering.json: the fields of the message MeteringConfiguration with lowerCamel names, times as ISO 8601. */
final class ConfigurationBody {
    private ConfigurationBody() {}

    static MeteringConfiguration read(String tenant, String text) {
        Body body = Body.of("metering configuration", text)
                .onlyFields("tenant", "site", "siteName", "zone", "effectiveFrom", "floorAreaM2", "meters");
        MeteringConfiguration.Builder configuration = MeteringConfiguration.newBuilder()
                .setTenant(body.optionalText("tenant").orElse(tenant))
                .setSite(body.text("site"))
                .setSiteName(body.text("siteName"))
                .setZone(body.text("zone"))
                .setFloorAreaM2(body.optionalText("floorAreaM2").orElse(""))
                .setEffectiveFromMs(body.instant("effectiveFrom").toEpochMilli());
        body.list("meters").forEach(meter -> configuration.addMeters(meter(meter)));
        return configuration.build();
    }

    private static Meter meter(Body body) {
        body.onlyFields("id", "name", "energySource", "parent", "serial", "channels");
        Meter.Builder meter = Meter.newBuilder()
                .setId(body.text("id"))
                .setName(body.text("name"))
                .setEnergySource(body.text("energySource"))
                .setParent(body.optionalText("parent").orElse(""))
                .setSerial(body.optionalText("serial").orElse(""));
        body.list("channels").forEach(channel -> meter.addChannels(channel(channel)));
        return meter.build();
    }

    private static Channel channel(Body body) {
        body.onlyFields(
                "id",
                "quantity",
                "unit",
                "kind",
                "encoding",
                "multiplier",
                "offset",
                "modulus",
                "maxCountsPerHour",
                "energyKwhPerUnit");
        return Channel.newBuilder()
                .setId(body.text("id"))
                .setQuantity(body.text("quantity"))
                .setUnit(body.text("unit"))
                .setKind(kind(body.text("id"), body.text("kind")))
                .setEncoding(body.text("encoding"))
                .setMultiplier(body.optionalText("multiplier").orElse("1"))
                .setOffset(body.optionalText("offset").orElse("0"))
                .setModulus(body.optionalText("modulus").orElse(""))
                .setMaxCountsPerHour(body.optionalText("maxCountsPerHour").orElse(""))
                .setEnergyKwhPerUnit(body.optionalText("energyKwhPerUnit").orElse(""))
                .build();
    }

    private static RegisterKind kind(String channel, String text) {
        return switch (text) {
            case "COUNTER" -> RegisterKind.COUNTER;
            case "GAUGE" -> RegisterKind.GAUGE;
            default ->
                throw Refusal.invalid(
                        "BAD_FIELD",
                        "channel " + channel + ", field kind = '" + text + "'",
                        "there is no such kind",
                        "Use COUNTER or GAUGE.");
        };
    }
}
