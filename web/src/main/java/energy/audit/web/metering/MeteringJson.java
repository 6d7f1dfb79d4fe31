package energy.audit.web.metering;

import energy.audit.evidence.wire.Channel;
import energy.audit.evidence.wire.Meter;
import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.evidence.wire.RegisterKind;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.TenantId;
import energy.audit.web.access.JsonFields;

/** A metering configuration as JSON, in the shape of the log's own message. */
final class MeteringJson {
    private MeteringJson() {}

    static MeteringConfiguration read(TenantId tenant, JsonFields json) {
        String named = json.text("tenant", tenant.value());
        if (!named.equals(tenant.value())) {
            throw Refusal.invalid(
                    "OTHER_TENANT",
                    "metering configuration of tenant " + named,
                    "it was sent to tenant " + tenant,
                    "Send it to its own tenant.");
        }
        MeteringConfiguration.Builder configuration = MeteringConfiguration.newBuilder()
                .setTenant(tenant.value())
                .setSite(json.text("site"))
                .setSiteName(json.text("siteName"))
                .setZone(json.text("zone"))
                .setEffectiveFromMs(json.instant("effectiveFrom").toEpochMilli());
        for (JsonFields meter : json.objects("meters")) {
            configuration.addMeters(meter(meter));
        }
        return configuration.build();
    }

    private static Meter meter(JsonFields json) {
        Meter.Builder meter = Meter.newBuilder()
                .setId(json.text("id"))
                .setName(json.text("name"))
                .setEnergySource(json.text("energySource", "none"))
                .setParent(json.text("parent", ""))
                .setSerial(json.text("serial", ""));
        for (JsonFields channel : json.objects("channels")) {
            meter.addChannels(channel(channel));
        }
        return meter.build();
    }

    private static Channel channel(JsonFields json) {
        return Channel.newBuilder()
                .setId(json.text("id"))
                .setQuantity(json.text("quantity"))
                .setUnit(json.text("unit"))
                .setKind(kind(json))
                .setEncoding(json.text("encoding"))
                .setMultiplier(json.text("multiplier", "1"))
                .setOffset(json.text("offset", "0"))
                .setModulus(json.text("modulus", ""))
                .setMaxCountsPerHour(json.text("maxCountsPerHour", ""))
                .setEnergyKwhPerUnit(json.text("energyKwhPerUnit", ""))
                .build();
    }

    private static RegisterKind kind(JsonFields json) {
        String kind = json.text(json.has("registerKind") ? "registerKind" : "kind");
        if (kind.equals("COUNTER")) {
            return RegisterKind.COUNTER;
        }
        if (kind.equals("GAUGE")) {
            return RegisterKind.GAUGE;
        }
        throw Refusal.invalid(
                "BAD_FIELD",
                json.what() + " " + json.text("id") + ", kind '" + kind + "'",
                "a register is a COUNTER or a GAUGE",
                "Write one of the two.");
    }
}
