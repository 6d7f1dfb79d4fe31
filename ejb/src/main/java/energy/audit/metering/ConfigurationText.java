package energy.audit.metering;

import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.evidence.wire.RegisterKind;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads a configuration's message into values, and refuses one that says something impossible. Pure. */
final class ConfigurationText {
    private static final Set<String> SOURCES = Set.of("electricity", "gas", "water", "heat", "none");
    private static final Set<String> ENCODINGS =
            Set.of("int16", "uint16", "int32", "uint32", "int64", "uint64", "float32");

    private final MeteringConfiguration message;
    private final SiteId site;

    ConfigurationText(MeteringConfiguration message) {
        this.message = message;
        this.site = SiteId.of(message.getSite());
    }

    /** Every channel that it names, checked. */
    List<ChannelId> channels() {
        return values(0, id -> 1).meters().stream()
                .flatMap(meter -> meter.channels().stream())
                .map(Channel::id)
                .toList();
    }

    /**
     * The configuration as values.
     *
     * @param logIndex the entry that holds it
     * @param number gives each channel's number
     */
    SiteConfiguration values(long logIndex, Function<ChannelId, Integer> number) {
        if (message.getEffectiveFromMs() == 0 || message.getMetersCount() == 0) {
            throw bad("it", "has no effective-from instant or no meter");
        }
        Set<String> meters = new HashSet<>();
        Set<ChannelId> channels = new HashSet<>();
        List<Meter> read = new ArrayList<>();
        for (energy.audit.evidence.wire.Meter meter : message.getMetersList()) {
            if (!meters.add(meter.getId())) {
                throw bad("meter " + meter.getId(), "is there twice");
            }
            if (!SOURCES.contains(meter.getEnergySource())) {
                throw bad(
                        "meter " + meter.getId(),
                        "has energy source '" + meter.getEnergySource() + "'; known are " + String.join(", ", SOURCES));
            }
            List<Channel> ofMeter = new ArrayList<>();
            for (energy.audit.evidence.wire.Channel channel : meter.getChannelsList()) {
                Channel value = channel(meter.getId(), channel, number);
                if (!channels.add(value.id())) {
                    throw bad("channel " + value.id(), "is there twice");
                }
                ofMeter.add(value);
            }
            read.add(new Meter(
                    site,
                    meter.getId(),
                    meter.getName().isBlank() ? meter.getId() : meter.getName(),
                    meter.getEnergySource(),
                    Optional.of(meter.getParent()).filter(parent -> !parent.isEmpty()),
                    meter.getSerial(),
                    ofMeter));
        }
        checkParents(read);
        return new SiteConfiguration(
                new Site(site, message.getSiteName().isBlank() ? site.value() : message.getSiteName(), zone()),
                logIndex,
                Instant.ofEpochMilli(message.getEffectiveFromMs()),
                read,
                floorArea());
    }

    private Optional<BigDecimal> floorArea() {
        String text = message.getFloorAreaM2();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.matches("\\d{1,9}(\\.\\d{1,3})?") || new BigDecimal(text).signum() == 0) {
            throw bad("it", "has floor area '" + text + "': square metres above 0 with a point are needed");
        }
        return Optional.of(new BigDecimal(text));
    }

    private Channel channel(
            String meter, energy.audit.evidence.wire.Channel channel, Function<ChannelId, Integer> number) {
        ChannelId id = ChannelId.of(channel.getId());
        if (!id.site().equals(site)
                || !id.meter().equals(meter)
                || !id.quantity().equals(channel.getQuantity())) {
            throw bad("channel " + id, "is not named {site}.{meter}.{quantity} of where it stands");
        }
        if (channel.getKind() != RegisterKind.COUNTER && channel.getKind() != RegisterKind.GAUGE) {
            throw bad("channel " + id, "is neither COUNTER nor GAUGE");
        }
        if (!ENCODINGS.contains(channel.getEncoding())) {
            throw bad("channel " + id, "has encoding '" + channel.getEncoding() + "'");
        }
        BigDecimal multiplier =
                decimal(id, "multiplier", channel.getMultiplier()).orElse(BigDecimal.ONE);
        if (multiplier.signum() == 0) {
            throw bad("channel " + id, "has multiplier 0");
        }
        return new Channel(
                number.apply(id),
                id,
                channel.getQuantity(),
                channel.getUnit(),
                channel.getKind() == RegisterKind.COUNTER,
                channel.getEncoding(),
                multiplier,
                decimal(id, "offset", channel.getOffset()).orElse(BigDecimal.ZERO),
                whole(id, "modulus", channel.getModulus()),
                whole(id, "max_counts_per_hour", channel.getMaxCountsPerHour()).stream()
                        .mapToLong(BigInteger::longValueExact)
                        .findFirst(),
                decimal(id, "energy_kwh_per_unit", channel.getEnergyKwhPerUnit()));
    }

    private void checkParents(List<Meter> meters) {
        Map<String, Meter> byId = new HashMap<>();
        meters.forEach(meter -> byId.put(meter.id(), meter));
        for (Meter meter : meters) {
            Set<String> way = new HashSet<>();
            Optional<String> above = Optional.of(meter.id());
            while (above.isPresent()) {
                String id = above.get();
                if (!way.add(id)) {
                    throw bad("meter " + meter.id(), "lies below itself");
                }
                Meter next = byId.get(id);
                if (next == null) {
                    throw bad("meter " + meter.id(), "lies below '" + id + "', which is not there");
                }
                above = next.parent();
            }
        }
    }

    private ZoneId zone() {
        try {
            return ZoneId.of(message.getZone());
        } catch (DateTimeException e) {
            throw bad("zone '" + message.getZone() + "'", "is no IANA zone: " + e.getMessage());
        }
    }

    private Optional<BigDecimal> decimal(ChannelId channel, String field, String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            throw bad("channel " + channel, field + " '" + text + "' is no decimal number: " + e.getMessage());
        }
    }

    private Optional<BigInteger> whole(ChannelId channel, String field, String text) {
        try {
            Optional<BigInteger> number = text.isEmpty() ? Optional.empty() : Optional.of(new BigInteger(text));
            if (number.isPresent() && number.get().signum() <= 0) {
                throw bad("channel " + channel, field + " '" + text + "' is not above 0");
            }
            return number;
        } catch (NumberFormatException e) {
            throw bad("channel " + channel, field + " '" + text + "' is no whole number: " + e.getMessage());
        }
    }

    private Refusal bad(String what, String why) {
        return Refusal.invalid(
                "BAD_CONFIGURATION",
                "metering configuration of " + message.getSite(),
                what + " " + why,
                "Correct it and send it again; nothing was changed.");
    }
}
