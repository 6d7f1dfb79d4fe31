package energy.audit;

import com.google.protobuf.ByteString;
import energy.audit.evidence.BatchSealer;
import energy.audit.evidence.Columns;
import energy.audit.evidence.Hash;
import energy.audit.evidence.SealedBatch;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.Channel;
import energy.audit.evidence.wire.ClockState;
import energy.audit.evidence.wire.ExchangedRegister;
import energy.audit.evidence.wire.Gap;
import energy.audit.evidence.wire.GapCause;
import energy.audit.evidence.wire.Meter;
import energy.audit.evidence.wire.MeterExchange;
import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.evidence.wire.RegisterKind;
import energy.audit.ingest.Admission;
import energy.audit.ingest.Envelope;
import energy.audit.kernel.AgentId;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.SiteId;
import energy.audit.kernel.TenantId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A site with an agent that logs registers at quarter hours, one batch a local day. Its registers are a function of
 * time, so that a test knows what they showed at any instant; the main meter rolls over several times a year.
 */
public final class LoggedPlant {
    public static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    public static final SiteId SITE = SiteId.of("hall");
    public static final ChannelId MAIN = ChannelId.of("hall.main.active-energy-import");
    public static final ChannelId REACTIVE = ChannelId.of("hall.main.reactive-energy-import");
    public static final ChannelId PRESS = ChannelId.of("hall.press.active-energy-import");
    public static final ChannelId GAS = ChannelId.of("hall.gas.gas-volume");
    public static final ChannelId WATER = ChannelId.of("hall.water.water-volume");
    public static final ChannelId POWER = ChannelId.of("hall.main.active-power");
    public static final long MAIN_MODULUS = 10_000_000;

    public final TenantId tenant;
    public final SigningKey key = SigningKey.generate(new SecureRandom());
    private final House house;
    private final BatchSealer sealer = new BatchSealer(key);
    private long sequence;
    private Optional<Exchanged> exchanged = Optional.empty();
    private Hash previous = Hash.ZERO;

    private LoggedPlant(House house, String tenant) {
        this.house = house;
        this.tenant = house.tenant(tenant);
    }

    /** A tenant with an enrolled agent and, from the beginning of 2025 on, a metering configuration. */
    public static LoggedPlant in(House house, String tenant) {
        LoggedPlant plant = unconfigured(house, tenant);
        plant.configure(configuration(tenant, Instant.parse("2024-12-31T23:00:00Z"), "10.55"));
        return plant;
    }

    public static LoggedPlant unconfigured(House house, String tenant) {
        LoggedPlant plant = new LoggedPlant(house, tenant);
        house.in(
                plant.tenant,
                () -> house.metering.enrolAgent(AgentId.of("hall-logger"), SITE, plant.key.verificationKey()));
        return plant;
    }

    public long configure(MeteringConfiguration configuration) {
        return house.in(tenant, () -> house.metering.configure(configuration));
    }

    public static MeteringConfiguration configuration(String tenant, Instant from, String gasKwhPerCubicMetre) {
        return MeteringConfiguration.newBuilder()
                .setTenant(tenant)
                .setSite(SITE.value())
                .setSiteName("Hall")
                .setZone(ZONE.getId())
                .setEffectiveFromMs(from.toEpochMilli())
                .addMeters(meter("main", "Main incomer", "electricity", "")
                        .addChannels(counter(MAIN, "kWh", "0.1", Long.toString(MAIN_MODULUS), "1"))
                        .addChannels(counter(REACTIVE, "kvarh", "0.1", "4294967296", ""))
                        .addChannels(Channel.newBuilder()
                                .setId(POWER.value())
                                .setQuantity("active-power")
                                .setUnit("kW")
                                .setKind(RegisterKind.GAUGE)
                                .setEncoding("int32")
                                .setMultiplier("0.1")
                                .setOffset("0")))
                .addMeters(meter("press", "Press", "electricity", "main")
                        .addChannels(counter(PRESS, "kWh", "0.01", "4294967296", "1")))
                .addMeters(meter("gas", "Gas intake", "gas", "")
                        .addChannels(counter(GAS, "m3", "0.01", "4294967296", gasKwhPerCubicMetre)))
                .addMeters(meter("water", "Water intake", "water", "")
                        .addChannels(counter(WATER, "m3", "0.001", "4294967296", "")))
                .build();
    }

    private static Meter.Builder meter(String id, String name, String source, String parent) {
        return Meter.newBuilder()
                .setId(id)
                .setName(name)
                .setEnergySource(source)
                .setParent(parent)
                .setSerial("SN-" + id);
    }

    private static Channel.Builder counter(
            ChannelId id, String unit, String multiplier, String modulus, String kwhPerUnit) {
        return Channel.newBuilder()
                .setId(id.value())
                .setQuantity(id.quantity())
                .setUnit(unit)
                .setKind(RegisterKind.COUNTER)
                .setEncoding("uint32")
                .setMultiplier(multiplier)
                .setOffset("0")
                .setModulus(modulus)
                .setMaxCountsPerHour("60000")
                .setEnergyKwhPerUnit(kwhPerUnit);
    }

    /** The main incomer is exchanged; its reactive register goes on at the same count. */
    public static MeterExchange.Builder exchange(String tenant, Instant at, long oldFinal, long newInitial) {
        return MeterExchange.newBuilder()
                .setTenant(tenant)
                .setSite(SITE.value())
                .setMeter("main")
                .setAtMs(at.toEpochMilli())
                .addRegisters(ExchangedRegister.newBuilder()
                        .setChannel(MAIN.value())
                        .setOldFinalCount(oldFinal)
                        .setNewInitialCount(newInitial))
                .addRegisters(ExchangedRegister.newBuilder()
                        .setChannel(REACTIVE.value())
                        .setOldFinalCount(cumulated(REACTIVE, at))
                        .setNewInitialCount(cumulated(REACTIVE, at)))
                .setOldSerial("SN-main")
                .setNewSerial("SN-main-2")
                .setTechnician("T. Nolan")
                .setReason("calibration period over");
    }

    /**
     * Exchanges the main incomer: from an instant on its register shows what it counted since, and what it showed at
     * first. Batches that are logged later follow it; the entry itself is left to the caller.
     */
    public MeterExchange exchangeMain(Instant at, long newInitial) {
        exchanged = Optional.of(new Exchanged(at, newInitial - cumulated(MAIN, at)));
        return exchange(tenant.value(), at, count(MAIN, at), newInitial).build();
    }

    private record Exchanged(Instant at, long shift) {}

    private long shown(ChannelId channel, Instant at) {
        return exchanged
                .filter(each -> channel.equals(MAIN) && !at.isBefore(each.at()))
                .map(each -> (cumulated(channel, at) + each.shift()) % MAIN_MODULUS)
                .orElseGet(() -> count(channel, at));
    }

    /** What a register has counted since 2025 began, without rollover. */
    public static long cumulated(ChannelId channel, Instant at) {
        double hours =
                Duration.between(Instant.parse("2025-01-01T00:00:00Z"), at).toSeconds() / 3600.0;
        double rate = channel.equals(MAIN) ? 9_000 : channel.equals(PRESS) ? 21_000 : channel.equals(GAS) ? 700 : 310;
        // a daily and a weekly swing that never turns the register backwards
        double swing = rate * (2 * Math.sin(hours / 24 * 2 * Math.PI) + 6 * Math.sin(hours / 168 * 2 * Math.PI));
        return 5_000_000 + (long) Math.floor(hours * rate + swing);
    }

    /** What a register shows. */
    public static long count(ChannelId channel, Instant at) {
        if (channel.equals(POWER)) {
            long hour = cumulated(MAIN, at.plusSeconds(1800)) - cumulated(MAIN, at.minusSeconds(1800));
            return hour;
        }
        return channel.equals(MAIN) ? cumulated(channel, at) % MAIN_MODULUS : cumulated(channel, at);
    }

    /** Sends the quarter hours of local days, both included, one batch a day. */
    public void logDays(LocalDate first, LocalDate last) {
        logDays(first, last, at -> true);
    }

    /** The same, without readings at the instants that do not pass. */
    public void logDays(LocalDate first, LocalDate last, Predicate<Instant> read) {
        List<Envelope> envelopes = new ArrayList<>();
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            Instant from = day.atStartOfDay(ZONE).toInstant();
            Instant to = day.plusDays(1).atStartOfDay(ZONE).toInstant();
            List<Instant> instants = new ArrayList<>();
            for (Instant at = from; at.isBefore(to); at = at.plusSeconds(900)) {
                if (read.test(at)) {
                    instants.add(at);
                }
            }
            if (!instants.isEmpty()) {
                envelopes.add(sealed(instants, Map.of(), List.of()));
            }
        }
        admit(envelopes);
    }

    /** Sends one batch with all registers at these instants; some with counts of their own. */
    public void log(List<Instant> instants, Map<ChannelId, Map<Instant, Long>> other) {
        admit(List.of(sealed(instants, other, List.of())));
    }

    /** Sends a batch that signs a gap of all channels. */
    public void logGap(Instant from, Instant to, GapCause cause) {
        Gap gap = Gap.newBuilder()
                .setFromMs(from.toEpochMilli())
                .setToMs(to.toEpochMilli())
                .setCause(cause)
                .build();
        admit(List.of(sealed(List.of(to), Map.of(), List.of(gap))));
    }

    private void admit(List<Envelope> envelopes) {
        for (Admission admission : house.ingest.admit(envelopes)) {
            if (!(admission instanceof Admission.Stored)) {
                throw new IllegalStateException("a batch of the test was not stored: " + admission);
            }
        }
    }

    private Envelope sealed(List<Instant> instants, Map<ChannelId, Map<Instant, Long>> other, List<Gap> gaps) {
        Batch.Builder body = Batch.newBuilder()
                .setTenant(tenant.value())
                .setAgent("hall-logger")
                .setSite(SITE.value())
                .setSequence(++sequence)
                .setPreviousSha256(previous.byteString())
                .setMappingSha256(Hash.ZERO.byteString())
                .addAllGaps(gaps)
                .setClock(ClockState.newBuilder()
                        .setSynchronised(true)
                        .setBootId(ByteString.copyFrom(new byte[16]))
                        .setSealedAtMs(instants.get(instants.size() - 1).toEpochMilli()))
                .addAxes(Columns.axis(
                        instants.stream().mapToLong(Instant::toEpochMilli).toArray()));
        for (ChannelId channel : List.of(MAIN, REACTIVE, PRESS, GAS, WATER, POWER)) {
            Map<Instant, Long> instead = new LinkedHashMap<>(other.getOrDefault(channel, Map.of()));
            Long[] counts = instants.stream()
                    .map(at -> instead.getOrDefault(at, shown(channel, at)))
                    .toArray(Long[]::new);
            body.addColumns(Columns.encode(channel.value(), 0, counts));
        }
        SealedBatch sealed = sealer.seal(body.build());
        previous = sealed.hash();
        return new Envelope("t." + tenant + ".hall-logger.batch", sealed.bytes(), Optional.empty());
    }
}
