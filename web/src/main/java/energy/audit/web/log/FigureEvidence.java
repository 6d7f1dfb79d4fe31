package energy.audit.web.log;

import energy.audit.consumption.Consumption;
import energy.audit.consumption.EnergyAmount;
import energy.audit.consumption.Interval;
import energy.audit.consumption.Resolution;
import energy.audit.evidence.Hash;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.Merkle;
import energy.audit.evidence.OpenedBatch;
import energy.audit.ingest.Bracket;
import energy.audit.ingest.Ingest;
import energy.audit.ingest.Reading;
import energy.audit.kernel.AgentId;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.Fault;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.kernel.Refusal;
import energy.audit.log.LogProofs;
import energy.audit.log.StoredEntry;
import energy.audit.log.TenantLog;
import energy.audit.metering.Agent;
import energy.audit.metering.Channel;
import energy.audit.metering.Meter;
import energy.audit.metering.Metering;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Follows a figure back: register readings at its ends, the signed batches that hold them, and their place in the log. */
@ApplicationScoped
class FigureEvidence {
    private static final Duration HOURLY_UP_TO = Duration.ofHours(50);
    private static final Duration DAILY_UP_TO = Duration.ofDays(100);

    private final Metering metering;
    private final Consumption consumption;
    private final Ingest ingest;
    private final TenantLog log;

    @Inject
    FigureEvidence(Metering metering, Consumption consumption, Ingest ingest, TenantLog log) {
        this.metering = metering;
        this.consumption = consumption;
        this.ingest = ingest;
        this.log = log;
    }

    /**
     * @param period ends with the newest reading at the latest
     * @param ends readings next to the period's two ends
     */
    record Trail(
            Meter meter,
            Channel channel,
            Period period,
            Optional<EnergyAmount> energy,
            Resolution resolution,
            List<Interval> intervals,
            List<Bracket> ends,
            List<Batch> batches,
            long logSize,
            Hash root) {}

    /**
     * A log entry that holds a reading of the figure.
     *
     * @param signed whether its signature was checked just now against a key enrolled for its agent
     * @param included whether its leaf leads to the root over the log's size
     */
    record Batch(
            long index,
            Instant admittedAt,
            String agent,
            long sequence,
            Hash batch,
            Optional<Hash> key,
            boolean signed,
            Hash leaf,
            int pathLength,
            boolean included) {}

    /** Runs inside a tenant. */
    Trail follow(ChannelId id, Period asked) {
        Meter meter = metering.meters(id.site()).stream()
                .filter(each -> each.id().equals(id.meter()))
                .findFirst()
                .orElseThrow(() -> unknown(id));
        Channel channel = meter.channels().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> unknown(id));
        Instant newest = Optional.ofNullable(ingest.latest(List.of(id)).get(id))
                .map(Reading::at)
                .orElse(asked.to());
        Instant end = newest.isBefore(asked.to()) && newest.isAfter(asked.from()) ? newest : asked.to();
        Period period = Period.of(asked.from(), end);
        Optional<EnergyAmount> energy = consumption.energyBySource(id.site(), period).stream()
                .flatMap(source -> source.meters().stream())
                .filter(each -> each.channel().equals(id.value()))
                .map(each -> each.energyKwh())
                .findFirst();
        Resolution resolution = period.duration().compareTo(HOURLY_UP_TO) <= 0
                ? Resolution.HOUR
                : period.duration().compareTo(DAILY_UP_TO) <= 0 ? Resolution.DAY : Resolution.MONTH;
        List<Bracket> ends = ingest.brackets(id, List.of(period.from(), period.to()), LogSize.NEWEST);
        LogProofs proofs = log.proofs(log.size());
        return new Trail(
                meter,
                channel,
                period,
                energy,
                resolution,
                consumption.intervals(id, resolution, period, LogSize.NEWEST),
                ends,
                batches(ends, proofs),
                proofs.size(),
                proofs.root());
    }

    private List<Batch> batches(List<Bracket> ends, LogProofs proofs) {
        TreeSet<Long> indexes = new TreeSet<>();
        for (Bracket end : ends) {
            end.atOrBefore().ifPresent(reading -> indexes.add(reading.logIndex()));
            end.atOrAfter().ifPresent(reading -> indexes.add(reading.logIndex()));
        }
        List<Agent> enrolled = metering.enrolments();
        List<Batch> batches = new ArrayList<>();
        for (StoredEntry entry : log.entries(List.copyOf(indexes))) {
            batches.add(batch(entry, enrolled, proofs));
        }
        return batches;
    }

    private static Batch batch(StoredEntry entry, List<Agent> enrolled, LogProofs proofs) {
        try {
            OpenedBatch opened = OpenedBatch.parse(entry.payload());
            AgentId agent = AgentId.of(opened.body().getAgent());
            Optional<Agent> signer = enrolled.stream()
                    .filter(each -> each.id().equals(agent) && opened.signedBy(each.key()))
                    .findFirst();
            Hash leaf = Merkle.leaf(entry.bytes());
            List<Hash> path = proofs.inclusion(entry.index());
            return new Batch(
                    entry.index(),
                    entry.admittedAt(),
                    agent.value(),
                    opened.body().getSequence(),
                    opened.hash(),
                    signer.map(each -> Hash.sha256(each.key().raw())),
                    signer.isPresent(),
                    leaf,
                    path.size(),
                    Merkle.includes(leaf, entry.index(), proofs.size(), path, proofs.root()));
        } catch (MalformedEvidence e) {
            throw new Fault(
                    "DAMAGED_ENTRY",
                    "entry " + entry.index() + " of the log",
                    "its payload is not a signed batch: " + e.getMessage(),
                    "Compare the database with a backup; run the verifier over a report of that time.",
                    e);
        }
    }

    private static Refusal unknown(ChannelId id) {
        return Refusal.notFound(
                "NO_CHANNEL",
                "channel " + id,
                "no metering configuration of its site names it",
                "Look at the site's list of meters.");
    }
}
