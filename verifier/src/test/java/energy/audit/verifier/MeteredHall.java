package energy.audit.verifier;

import energy.audit.evidence.wire.Channel;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.Meter;
import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.evidence.wire.RegisterKind;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** The meters of a random plant with an indicator. */
final class MeteredHall {
    private final SmallPlant plant;
    private final ZoneId zone;
    private final List<String> channels;

    MeteredHall(SmallPlant plant, ZoneId zone, List<String> channels) {
        this.plant = plant;
        this.zone = zone;
        this.channels = channels;
    }

    void configure(LocalDate from, String calorific) {
        MeteringConfiguration.Builder configuration = MeteringConfiguration.newBuilder()
                .setTenant("demo")
                .setSite("hall")
                .setSiteName("Hall")
                .setZone(zone.getId())
                .setEffectiveFromMs(from.atStartOfDay(zone).toInstant().toEpochMilli());
        meter(configuration, "main", channels.get(0), "kWh", "0.1", "1");
        meter(configuration, "gas", channels.get(1), "m3", "0.01", calorific);
        meter(configuration, "line", channels.get(2), "t", "0.001", "");
        meter(configuration, "pieces", channels.get(3), "1", "1", "");
        plant.append(EntryKind.METERING_CONFIGURATION, "admin", configuration.build());
    }

    private static void meter(
            MeteringConfiguration.Builder configuration,
            String id,
            String channel,
            String unit,
            String multiplier,
            String kwhPerUnit) {
        configuration.addMeters(Meter.newBuilder()
                .setId(id)
                .setEnergySource(kwhPerUnit.isEmpty() ? "none" : "electricity")
                .addChannels(Channel.newBuilder()
                        .setId(channel)
                        .setQuantity(channel.substring(channel.lastIndexOf('.') + 1))
                        .setUnit(unit)
                        .setKind(RegisterKind.COUNTER)
                        .setEncoding("uint32")
                        .setMultiplier(multiplier)
                        .setOffset("0")
                        .setModulus("1000000")
                        .setEnergyKwhPerUnit(kwhPerUnit)));
    }
}
