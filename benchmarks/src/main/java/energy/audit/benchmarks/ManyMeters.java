package energy.audit.benchmarks;

import com.google.protobuf.ByteString;
import energy.audit.access.Caller;
import energy.audit.evidence.BatchSealer;
import energy.audit.evidence.Columns;
import energy.audit.evidence.Hash;
import energy.audit.evidence.SealedBatch;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.Channel;
import energy.audit.evidence.wire.ClockState;
import energy.audit.evidence.wire.Meter;
import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.evidence.wire.RegisterKind;
import energy.audit.ingest.Admission;
import energy.audit.ingest.Envelope;
import energy.audit.kernel.AgentId;
import energy.audit.kernel.SiteId;
import energy.audit.kernel.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A site of many meters whose registers are read each quarter hour: one signed batch a day, through the real door. */
final class ManyMeters {
    static final TenantId TENANT = TenantId.of("bench");
    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private static final SiteId SITE = SiteId.of("works");
    private static final String AGENT = "works-logger";
    private static final int DAYS_AT_ONCE = 7;
    private static final long QUARTER_SECONDS = 900;

    private final ReportBackend backend;
    private final int meters;
    private final SigningKey key;

    ManyMeters(ReportBackend backend, int meters, SigningKey key) {
        this.backend = backend;
        this.meters = meters;
        this.key = key;
    }

    /** Opens the tenant, enrols the agent, describes the meters. */
    void open(LocalDate from) {
        backend.access.openTenant(new Caller("bench", Set.of(Caller.INSTALLATION_ADMIN)), TENANT, "Bench works");
        MeteringConfiguration.Builder configuration = MeteringConfiguration.newBuilder()
                .setTenant(TENANT.value())
                .setSite(SITE.value())
                .setSiteName("Works")
                .setZone(ZONE.getId())
                .setEffectiveFromMs(from.atStartOfDay(ZONE).toInstant().toEpochMilli());
        for (int i = 0; i < meters; i++) {
            configuration.addMeters(meter(i));
        }
        backend.access.asSystem("bench", TENANT, () -> {
            backend.metering.enrolAgent(AgentId.of(AGENT), SITE, key.verificationKey());
            return backend.metering.configure(configuration.build());
        });
    }

    /** @return readings that were stored */
    long log(LocalDate first, LocalDate last) {
        BatchSealer sealer = new BatchSealer(key);
        Hash previous = Hash.ZERO;
        long sequence = 0;
        long readings = 0;
        List<Envelope> waiting = new ArrayList<>();
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            List<Long> instants = new ArrayList<>();
            Instant end = day.plusDays(1).atStartOfDay(ZONE).toInstant();
            for (Instant at = day.atStartOfDay(ZONE).toInstant();
                    at.isBefore(end);
                    at = at.plusSeconds(QUARTER_SECONDS)) {
                instants.add(at.toEpochMilli());
            }
            SealedBatch sealed = sealer.seal(batch(++sequence, previous, instants));
            previous = sealed.hash();
            readings += (long) instants.size() * meters;
            waiting.add(new Envelope("t." + TENANT + "." + AGENT + ".batch", sealed.bytes(), Optional.empty()));
            if (waiting.size() == DAYS_AT_ONCE || day.equals(last)) {
                admit(waiting);
                waiting.clear();
            }
        }
        return readings;
    }

    private void admit(List<Envelope> envelopes) {
        for (Admission admission : backend.ingest.admit(envelopes)) {
            if (!(admission instanceof Admission.Stored)) {
                throw new IllegalStateException("a batch of the benchmark was not stored: " + admission);
            }
        }
    }

    private Batch batch(long sequence, Hash previous, List<Long> instants) {
        long[] atMs = instants.stream().mapToLong(Long::longValue).toArray();
        Batch.Builder body = Batch.newBuilder()
                .setTenant(TENANT.value())
                .setAgent(AGENT)
                .setSite(SITE.value())
                .setSequence(sequence)
                .setPreviousSha256(previous.byteString())
                .setMappingSha256(Hash.ZERO.byteString())
                .setClock(ClockState.newBuilder()
                        .setSynchronised(true)
                        .setBootId(ByteString.copyFrom(new byte[16]))
                        .setSealedAtMs(atMs[atMs.length - 1]))
                .addAxes(Columns.axis(atMs));
        for (int i = 0; i < meters; i++) {
            Long[] counts = new Long[atMs.length];
            for (int k = 0; k < counts.length; k++) {
                counts[k] = count(i, atMs[k]);
            }
            body.addColumns(Columns.encode(channel(i), 0, counts));
        }
        return body.build();
    }

    /** Steadily up, each meter at its own pace, with a daily swing. */
    private static long count(int meter, long atMs) {
        double hours = atMs / 3_600_000.0;
        double pace = 500 + 37.0 * meter;
        return (long) Math.floor(pace * (hours + 2 * Math.sin(hours / 24 * 2 * Math.PI))) % 4_294_967_296L;
    }

    private static String channel(int meter) {
        return SITE + ".m" + meter + (meter % 10 == 9 ? ".gas-volume" : ".active-energy-import");
    }

    private static Meter meter(int i) {
        boolean gas = i % 10 == 9;
        return Meter.newBuilder()
                .setId("m" + i)
                .setName("Meter " + i)
                .setEnergySource(gas ? "gas" : "electricity")
                .setParent(i == 0 || gas ? "" : "m0")
                .setSerial("SN-" + i)
                .addChannels(Channel.newBuilder()
                        .setId(channel(i))
                        .setQuantity(gas ? "gas-volume" : "active-energy-import")
                        .setUnit(gas ? "m3" : "kWh")
                        .setKind(RegisterKind.COUNTER)
                        .setEncoding("uint32")
                        .setMultiplier("0.01")
                        .setOffset("0")
                        .setModulus("4294967296")
                        .setMaxCountsPerHour("60000")
                        .setEnergyKwhPerUnit(gas ? "10.55" : "1"))
                .build();
    }
}
