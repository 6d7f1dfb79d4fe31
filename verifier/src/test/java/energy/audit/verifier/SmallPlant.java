package energy.audit.verifier;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import energy.audit.evidence.BatchSealer;
import energy.audit.evidence.Checkpoint;
import energy.audit.evidence.Columns;
import energy.audit.evidence.Hash;
import energy.audit.evidence.LogEntries;
import energy.audit.evidence.Merkle;
import energy.audit.evidence.MerkleLog;
import energy.audit.evidence.MerkleNodes;
import energy.audit.evidence.OpenedKeyChange;
import energy.audit.evidence.SealedBatch;
import energy.audit.evidence.SigningKey;
import energy.audit.evidence.wire.AgentEnrolment;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.Channel;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.EvidenceBundle;
import energy.audit.evidence.wire.ExchangedRegister;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.Meter;
import energy.audit.evidence.wire.MeterExchange;
import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.evidence.wire.ProvenEntry;
import energy.audit.evidence.wire.RegisterKind;
import energy.audit.evidence.wire.ReportFigures;
import energy.audit.evidence.wire.SignedGap;
import energy.audit.evidence.wire.TenantOpened;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A site with an incomer (0.1 kWh a count) and a gas intake (0.01 m3 a count, 10 kWh a m3), one agent, and its tenant's
 * log. Everything that a test wants to be wrong can be made wrong before the bundle is built.
 */
final class SmallPlant {
    static final String MAIN = "hall.main.active-energy-import";
    static final String GAS = "hall.gas.gas-volume";
    static final Instant MAY = Instant.parse("2026-04-30T22:00:00Z");
    static final Instant JUNE = Instant.parse("2026-05-31T22:00:00Z");
    static final Instant JULY = Instant.parse("2026-06-30T22:00:00Z");

    final SigningKey logKey = SigningKey.ofSeed(Hash.sha256(new byte[] {1}).bytes());
    final SigningKey agentKey = SigningKey.ofSeed(Hash.sha256(new byte[] {2}).bytes());
    private final List<byte[]> entries = new ArrayList<>();
    private final Set<Long> withheld = new TreeSet<>();
    private final Nodes nodes = new Nodes();
    private final MerkleLog log = new MerkleLog(nodes);
    private final ReportFigures.Builder figures = ReportFigures.newBuilder();
    private long sequence;
    private Hash previous = Hash.ZERO;

    /** Opened, and nothing else. */
    static SmallPlant tenantOnly() {
        SmallPlant plant = new SmallPlant();
        plant.append(
                EntryKind.TENANT_OPENED,
                "admin",
                TenantOpened.newBuilder().setTenant("demo").setName("Demo").build());
        return plant;
    }

    /** Opened, agent enrolled, metering configured; no reading yet. */
    static SmallPlant opened() {
        SmallPlant plant = tenantOnly();
        plant.enrol("hall-agent", plant.agentKey, false);
        plant.configure(Instant.parse("2026-01-01T00:00:00Z"), "0.1", "10");
        return plant;
    }

    /** May used 250.0 kWh of electricity and 12.0 kWh of gas, June 100.0 kWh of electricity over a rollover. */
    static SmallPlant withTwoMonths() {
        SmallPlant plant = opened();
        plant.reads(MAY, 997_000L, 500L);
        plant.reads(JUNE, 999_500L, 620L);
        plant.reads(JULY, 500L, 620L);
        plant.figure("F0001", "main", MAIN, MAY, JUNE, "kWh", "250.0", "");
        plant.figure("F0002", "gas", GAS, MAY, JUNE, "kWh", "12.0", "");
        plant.figure(
                "F0003",
                "main",
                MAIN,
                JUNE,
                JULY,
                "kWh",
                "100.0",
                "rollover at 2026-06-30T22:00:00Z: from 999500 over 1000000 to 500");
        plant.figures.addFigures(Figure.newBuilder()
                .setId("F0004")
                .setLabel("gas")
                .setSite("hall")
                .setEnergySource("gas")
                .setFromMs(MAY.toEpochMilli())
                .setToMs(JUNE.toEpochMilli())
                .setUnit("kWh")
                .setValue("12.0")
                .setQuality("measured")
                .setCoverage("1")
                .setFormula("sum/v1")
                .addTerms("F0002"));
        return plant;
    }

    /**
     * In May the incomer went from 997,000 to 998,500 on the old meter and from 20 to 1,020 on the new one: 250.0 kWh.
     * The exchange was first entered with a wrong count.
     */
    static SmallPlant withExchange() {
        SmallPlant plant = opened();
        Instant cut = Instant.parse("2026-05-12T09:30:00Z");
        plant.reads(MAY, 997_000L, 500L);
        plant.reads(cut.minusSeconds(600), 998_490L, 540L);
        plant.reads(cut.plusSeconds(600), 31L, 541L);
        plant.reads(JUNE, 1_020L, 620L);
        plant.exchange(cut, 998_500, 21);
        plant.exchange(cut, 998_500, 20);
        plant.figure(
                "F0001",
                "main",
                MAIN,
                MAY,
                JUNE,
                "kWh",
                "250.0",
                "exchange at 2026-05-12T09:30:00Z: old meter ended at 998500, new meter began at 20");
        return plant;
    }

    long enrol(String agent, SigningKey key, boolean revoked) {
        return append(
                EntryKind.AGENT_ENROLMENT,
                "admin",
                AgentEnrolment.newBuilder()
                        .setTenant("demo")
                        .setAgent(agent)
                        .setSite("hall")
                        .setPublicKey(ByteString.copyFrom(key.verificationKey().raw()))
                        .setRevoked(revoked)
                        .build());
    }

    /** The agent's key changes, as it announces, before its next batch. */
    AgentEnrolment.Builder keyChange(SigningKey from, SigningKey to) {
        long first = sequence + 1;
        return AgentEnrolment.newBuilder()
                .setTenant("demo")
                .setAgent("hall-agent")
                .setSite("hall")
                .setPublicKey(ByteString.copyFrom(to.verificationKey().raw()))
                .setFirstSequence(first)
                .setKeyChange(ByteString.copyFrom(
                        OpenedKeyChange.announce("demo", "hall-agent", from, to, first, 1_780_000_000_000L)));
    }

    long configure(Instant effective, String multiplier, String calorific) {
        return configure(effective, multiplier, calorific, "");
    }

    /** @param maxCountsPerHour of both registers; empty: unknown */
    long configure(Instant effective, String multiplier, String calorific, String maxCountsPerHour) {
        Channel.Builder main = Channel.newBuilder()
                .setId(MAIN)
                .setQuantity("active-energy-import")
                .setUnit("kWh")
                .setKind(RegisterKind.COUNTER)
                .setEncoding("uint32")
                .setMultiplier(multiplier)
                .setOffset("0")
                .setModulus("1000000")
                .setMaxCountsPerHour(maxCountsPerHour)
                .setEnergyKwhPerUnit("1");
        Channel.Builder gas = main.clone()
                .setId(GAS)
                .setQuantity("gas-volume")
                .setUnit("m3")
                .setMultiplier("0.01")
                .setEnergyKwhPerUnit(calorific);
        return append(
                EntryKind.METERING_CONFIGURATION,
                "admin",
                MeteringConfiguration.newBuilder()
                        .setTenant("demo")
                        .setSite("hall")
                        .setSiteName("Hall")
                        .setZone("Europe/Berlin")
                        .setEffectiveFromMs(effective.toEpochMilli())
                        .addMeters(Meter.newBuilder()
                                .setId("main")
                                .setEnergySource("electricity")
                                .addChannels(main))
                        .addMeters(Meter.newBuilder()
                                .setId("gas")
                                .setEnergySource("gas")
                                .addChannels(gas))
                        .build());
    }

    /** The incomer's register goes from one meter to another. */
    long exchange(Instant at, long oldFinal, long newInitial) {
        return append(
                EntryKind.METER_EXCHANGE,
                "emma",
                mainExchange(at)
                        .addRegisters(ExchangedRegister.newBuilder()
                                .setChannel(MAIN)
                                .setOldFinalCount(oldFinal)
                                .setNewInitialCount(newInitial))
                        .build());
    }

    /** There was no exchange of the incomer at that instant. */
    long withdrawExchange(Instant at) {
        return append(
                EntryKind.METER_EXCHANGE,
                "emma",
                mainExchange(at).setWithdrawn(true).build());
    }

    /** Somebody signs for a gap of the incomer, and the report prints it. */
    long signGap(Instant from, Instant to, String reason, boolean withdrawn) {
        return append(
                EntryKind.SIGNED_GAP,
                "emma",
                SignedGap.newBuilder()
                        .setTenant("demo")
                        .setSite("hall")
                        .setMeter("main")
                        .setFromMs(from.toEpochMilli())
                        .setToMs(to.toEpochMilli())
                        .setReason(reason)
                        .setWithdrawn(withdrawn)
                        .build());
    }

    private static MeterExchange.Builder mainExchange(Instant at) {
        return MeterExchange.newBuilder()
                .setTenant("demo")
                .setSite("hall")
                .setMeter("main")
                .setAtMs(at.toEpochMilli())
                .setOldSerial("SN-1")
                .setNewSerial("SN-2")
                .setTechnician("T. Nolan")
                .setReason("calibration period over");
    }

    /** One batch of the agent with both registers at an instant; null: no reading. Returns its log index. */
    long reads(Instant at, @Nullable Long main, @Nullable Long gas) {
        return sends(nextBatch(at, main, gas).build(), agentKey);
    }

    Batch.Builder nextBatch(Instant at, @Nullable Long main, @Nullable Long gas) {
        sequence++;
        return Batch.newBuilder()
                .setTenant("demo")
                .setAgent("hall-agent")
                .setSite("hall")
                .setSequence(sequence)
                .setPreviousSha256(previous.byteString())
                .addAxes(Columns.axis(at.toEpochMilli()))
                .addColumns(Columns.encode(MAIN, 0, new @Nullable Long[] {main}))
                .addColumns(Columns.encode(GAS, 0, new @Nullable Long[] {gas}));
    }

    long sends(Batch batch, SigningKey key) {
        SealedBatch sealed = new BatchSealer(key).seal(batch);
        previous = sealed.hash();
        return append(LogEntries.batchEntry(batch.getAgent(), 1_780_000_000_000L, sealed.bytes()));
    }

    long append(EntryKind kind, String actor, Message payload) {
        return append(LogEntries.entry(kind, 1_780_000_000_000L, actor, payload.toByteArray()));
    }

    private long append(byte[] entry) {
        entries.add(entry);
        return log.append(Merkle.leaf(entry));
    }

    Figure.Builder figure(
            String id, String meter, String channel, Instant from, Instant to, String unit, String value, String note) {
        return figures.addFiguresBuilder()
                .setId(id)
                .setLabel(meter)
                .setSite("hall")
                .setMeter(meter)
                .setEnergySource(meter.equals("gas") ? "gas" : "electricity")
                .setFromMs(from.toEpochMilli())
                .setToMs(to.toEpochMilli())
                .setUnit(unit)
                .setValue(value)
                .setQuality("measured")
                .setCoverage("1")
                .setFormula("register-difference/v1")
                .setChannel(channel)
                .setNote(note);
    }

    /** The figures, to be changed. */
    ReportFigures.Builder figures() {
        return figures;
    }

    /** Leaves an entry out of the bundle; it stays in the log. */
    void withhold(long index) {
        withheld.add(index);
    }

    Checkpoint head() {
        return new Checkpoint(Checkpoint.originOf("plant-7", "demo"), entries.size(), log.root(entries.size()));
    }

    ConsistencyProof proof(long from) {
        return new ConsistencyProof(from, entries.size(), log.consistency(from, entries.size()));
    }

    String note() {
        return head().signedNote(head().keyName(), logKey);
    }

    EvidenceBundle.Builder bundle() {
        long size = entries.size();
        ReportFigures complete = figures.setReportId("R-1")
                .setTenant("demo")
                .setTenantName("Demo")
                .clearSites()
                .addSites("hall")
                .setLogSize(size)
                .setLogRoot(log.root(size).byteString())
                .setFromMs(MAY.toEpochMilli())
                .setToMs(JULY.toEpochMilli())
                .setIssuedAtMs(1_780_000_100_000L)
                .build();
        EvidenceBundle.Builder bundle = EvidenceBundle.newBuilder()
                .setFigures(complete)
                .setCheckpoint(ByteString.copyFromUtf8(note()))
                .setLogPublicKey(ByteString.copyFrom(logKey.verificationKey().raw()));
        for (int i = 0; i < size; i++) {
            if (!withheld.contains((long) i)) {
                ProvenEntry.Builder proven =
                        ProvenEntry.newBuilder().setIndex(i).setEntry(ByteString.copyFrom(entries.get(i)));
                log.inclusion(i, size).forEach(hash -> proven.addInclusion(hash.byteString()));
                bundle.addEntries(proven);
            }
        }
        return bundle;
    }

    private static final class Nodes implements MerkleNodes {
        private final Map<String, Hash> hashes = new HashMap<>();
        private long size;

        @Override
        public Hash node(int level, long index) {
            return Objects.requireNonNull(hashes.get(level + "/" + index));
        }

        @Override
        public void put(int level, long index, Hash hash) {
            hashes.put(level + "/" + index, hash);
            size += level == 0 ? 1 : 0;
        }

        @Override
        public long size() {
            return size;
        }
    }
}
