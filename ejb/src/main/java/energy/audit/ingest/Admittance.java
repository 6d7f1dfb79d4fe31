package energy.audit.ingest;

import energy.audit.evidence.Hash;
import energy.audit.evidence.LogEntries;
import energy.audit.evidence.OpenedBatch;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.Gap;
import energy.audit.fleet.Fleet;
import energy.audit.ingest.Admission.Answer;
import energy.audit.ingest.Admission.Duplicate;
import energy.audit.ingest.Admission.Quarantined;
import energy.audit.ingest.Admission.Reason;
import energy.audit.ingest.Admission.Stored;
import energy.audit.ingest.ClaimTable.Claim;
import energy.audit.ingest.ClaimTable.Place;
import energy.audit.ingest.Envelope.Sender;
import energy.audit.ingest.Examination.Finding;
import energy.audit.ingest.Examination.Refused;
import energy.audit.kernel.AgentId;
import energy.audit.kernel.ChannelId;
import energy.audit.kernel.LogSize;
import energy.audit.log.Appended;
import energy.audit.log.EntryDraft;
import energy.audit.log.LogProofs;
import energy.audit.log.StoredEntry;
import energy.audit.log.TenantLog;
import energy.audit.metering.Agent;
import energy.audit.metering.Metering;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One transaction of one tenant: steps 6 and 7 for some of its messages. Examined before the log is locked, decided after
 * it, so that transactions of a tenant take turns only where they must.
 */
final class Admittance {
    private final TenantLog log;
    private final Metering metering;
    private final Fleet fleet;
    private final IngestTables tables;
    private final Instant now;

    private final List<Case> cases = new ArrayList<>();
    private final Map<Place, Claim> claims = new HashMap<>();
    private final List<IngestAlarm> alarms = new ArrayList<>();

    /** A message on its way through. */
    private static final class Case {
        final Envelope envelope;
        final Sender sender;
        final Finding finding;
        Optional<Refused> refused;
        boolean fresh;

        Case(Envelope envelope, Sender sender, Finding finding) {
            this.envelope = envelope;
            this.sender = sender;
            this.finding = finding;
            this.refused = finding.refused();
        }

        OpenedBatch batch() {
            return finding.batch().orElseThrow();
        }

        Place place() {
            return new Place(sender.agent(), batch().body().getSequence());
        }
    }

    Admittance(TenantLog log, Metering metering, Fleet fleet, IngestTables tables, Instant now) {
        this.log = log;
        this.metering = metering;
        this.fleet = fleet;
        this.tables = tables;
        this.now = now;
    }

    /** @return outcomes in the order of the messages, all of which name this tenant in their topic */
    List<Admission> admit(List<Envelope> envelopes) {
        List<Agent> enrolments = metering.enrolments();
        for (Envelope envelope : envelopes) {
            Sender sender = envelope.sender().orElseThrow();
            cases.add(new Case(envelope, sender, Examination.of(envelope, sender, enrolments)));
        }
        log.lock();
        List<Agent> inForce = metering.enrolments();
        if (!inForce.equals(enrolments)) {
            // a key was changed or revoked meanwhile: what is appended after its entry must be signed as that entry
            // says
            cases.replaceAll(c -> new Case(c.envelope, c.sender, Examination.of(c.envelope, c.sender, inForce)));
        }
        decide();
        List<Case> fresh = cases.stream().filter(c -> c.fresh).toList();
        Optional<Appended> appended = fresh.isEmpty() ? Optional.empty() : Optional.of(append(fresh));
        appended.ifPresent(a -> store(fresh, a));

        LogProofs proofs = appended.map(Appended::proofs).orElseGet(() -> log.proofs(LogSize.NEWEST));
        String checkpoint = appended.map(Appended::checkpoint).orElseGet(log::checkpoint);
        watchWitnesses(fresh, proofs);
        noteContacts();
        alarms.forEach(tables.quarantine()::raise);
        return answers(new Receipts(log, proofs, checkpoint), appended.map(Appended::admittedAt));
    }

    List<IngestAlarm> alarms() {
        return alarms;
    }

    /** Which are new, which were here before, which are forks. */
    private void decide() {
        Set<Place> asked = new HashSet<>();
        for (Case c : cases) {
            if (c.refused.isEmpty()) {
                asked.add(c.place());
                asked.add(c.place().previous());
                asked.add(c.place().next());
            }
        }
        if (asked.isEmpty()) {
            return;
        }
        claims.putAll(tables.claims().claims(asked));
        for (Case c : cases) {
            if (c.refused.isPresent()) {
                continue;
            }
            Claim claim = claims.get(c.place());
            if (claim == null) {
                c.fresh = true;
                Hash previous = Hash.of(c.batch().body().getPreviousSha256().toByteArray());
                claims.put(c.place(), new Claim(c.place(), c.batch().hash(), previous, -1));
            } else if (!claim.hash().equals(c.batch().hash())) {
                String detail = "sequence " + c.place().sequence() + " of " + c.sender.agent()
                        + " belongs to the batch " + claim.hash().hex() + "; this one is "
                        + c.batch().hash().hex();
                c.refused = Optional.of(new Refused(Reason.FORK, detail));
                raise(c, IngestAlarm.Kind.FORK, detail);
            }
        }
        cases.stream().filter(c -> c.fresh).forEach(this::checkChain);
    }

    /** A hole is allowed, since arrival order is free; a neighbour that is here must fit. */
    private void checkChain(Case c) {
        Claim own = claims.get(c.place());
        Claim before = claims.get(c.place().previous());
        Claim after = claims.get(c.place().next());
        if (own == null) {
            throw new IllegalStateException("a new batch without a claim: " + c.place());
        }
        if (before != null && !before.hash().equals(own.previous())) {
            raise(
                    c,
                    IngestAlarm.Kind.CHAIN_BREAK,
                    "it follows " + own.previous().hex() + ", stored is "
                            + before.hash().hex());
        }
        if (after != null && !after.previous().equals(own.hash())) {
            raise(
                    c,
                    IngestAlarm.Kind.CHAIN_BREAK,
                    "the batch after it follows " + after.previous().hex() + ", it is "
                            + own.hash().hex());
        }
    }

    private Appended append(List<Case> fresh) {
        Appended appended = log.append(fresh.stream()
                .map(c -> new EntryDraft(
                        EntryKind.TELEMETRY_BATCH,
                        LogEntries.actorOf(c.sender.agent().value()),
                        c.envelope.payload()))
                .toList());
        List<Claim> taken = new ArrayList<>();
        for (int i = 0; i < fresh.size(); i++) {
            Place place = fresh.get(i).place();
            long index = appended.indexes().get(i);
            claims.computeIfPresent(place, (p, claim) -> new Claim(p, claim.hash(), claim.previous(), index));
            taken.add(claims.get(place));
        }
        tables.claims().insert(taken);
        return appended;
    }

    /** Readings, gaps and the marks of touched hours. */
    private void store(List<Case> fresh, Appended appended) {
        Set<ChannelId> channels = new HashSet<>();
        int expected = 0;
        for (Case c : fresh) {
            for (var column : c.batch().channels()) {
                channels.add(ChannelId.of(column.channel()));
                expected += column.counts().length;
            }
            c.batch().body().getGapsList().stream()
                    .filter(gap -> !gap.getChannel().isEmpty())
                    .forEach(gap -> channels.add(ChannelId.of(gap.getChannel())));
        }
        Map<String, Integer> numbers = new HashMap<>();
        if (!channels.isEmpty()) {
            metering.channelNumbers(channels).forEach((id, number) -> numbers.put(id.value(), number));
        }
        ReadingColumns readings = new ReadingColumns(expected);
        List<GapTable.NewGap> gaps = new ArrayList<>();
        for (int i = 0; i < fresh.size(); i++) {
            long index = appended.indexes().get(i);
            Batch body = fresh.get(i).batch().body();
            if (!body.getMapping().isEmpty()) {
                tables.mappings().insert(index, body);
            }
            AgentId agent = fresh.get(i).sender.agent();
            tables.commissionings().insert(index, body, key -> wasKeyOf(agent, key));
            for (var column : fresh.get(i).batch().channels()) {
                readings.add(numbers.getOrDefault(column.channel(), 0), column, index);
            }
            for (int g = 0; g < body.getGapsCount(); g++) {
                Gap gap = body.getGaps(g);
                int number =
                        gap.getChannel().isEmpty() ? GapTable.EVERY_CHANNEL : numbers.getOrDefault(gap.getChannel(), 0);
                gaps.add(new GapTable.NewGap(index, g, body.getAgent(), number, gap));
            }
        }
        if (readings.size() > 0) {
            tables.readings().insert(readings);
            tables.touched().mark(readings.touched(), appended.size());
        }
        if (!gaps.isEmpty()) {
            tables.gaps().insert(gaps);
        }
    }

    /** Whether an agent has, or had, this key: a record may wait while the agent changes its key. */
    private boolean wasKeyOf(AgentId agent, byte[] rawKey) {
        return metering.enrolments().stream()
                .anyMatch(enrolled -> enrolled.id().equals(agent)
                        && Arrays.equals(enrolled.key().raw(), rawKey));
    }

    /** Compares what agents have seen of the log with the log. */
    private void watchWitnesses(List<Case> fresh, LogProofs proofs) {
        for (Case c : fresh) {
            long seen = c.batch().body().getWitnessed().getSize();
            if (seen < 1) {
                continue;
            }
            byte[] root = c.batch().body().getWitnessed().getRoot().toByteArray();
            if (seen > proofs.size()) {
                raise(
                        c,
                        IngestAlarm.Kind.WITNESS_DISAGREES,
                        "it has seen " + seen + " entries, the log has " + proofs.size());
            } else if (!Arrays.equals(proofs.rootAt(seen).bytes(), root)) {
                raise(
                        c,
                        IngestAlarm.Kind.WITNESS_DISAGREES,
                        "at size " + seen + " it has seen root "
                                + HexFormat.of().formatHex(root) + ", the log has "
                                + proofs.rootAt(seen).hex());
            }
        }
    }

    private void noteContacts() {
        Map<String, Batch> newest = new LinkedHashMap<>();
        for (Case c : cases) {
            if (c.refused.isEmpty()) {
                Batch body = c.batch().body();
                newest.merge(body.getAgent(), body, (a, b) -> a.getSequence() >= b.getSequence() ? a : b);
            }
        }
        if (!newest.isEmpty()) {
            tables.contacts().note(newest.values(), now);
            fleet.heard(
                    cases.stream()
                            .filter(c -> c.refused.isEmpty())
                            .map(c -> c.batch().body())
                            .toList(),
                    now);
        }
    }

    private List<Admission> answers(Receipts receipts, Optional<Instant> admittedNow) {
        Map<Long, Instant> admittedAt = new HashMap<>();
        cases.stream().filter(c -> c.fresh).forEach(c -> admittedNow.ifPresent(at -> admittedAt.put(index(c), at)));
        List<Long> earlier = cases.stream()
                .filter(c -> c.refused.isEmpty() && !c.fresh)
                .map(this::index)
                .filter(index -> !admittedAt.containsKey(index))
                .distinct()
                .toList();
        if (!earlier.isEmpty()) {
            for (StoredEntry entry : log.entries(earlier)) {
                admittedAt.put(entry.index(), entry.admittedAt());
            }
        }
        List<Admission> admissions = new ArrayList<>();
        for (Case c : cases) {
            admissions.add(c.refused
                    .map(refused -> quarantined(c, refused, receipts))
                    .orElseGet(() -> admitted(c, receipts, admittedAt)));
        }
        return admissions;
    }

    private Admission admitted(Case c, Receipts receipts, Map<Long, Instant> admittedAt) {
        long index = index(c);
        Instant at = admittedAt.getOrDefault(index, now);
        Answer answer = c.fresh ? receipts.stored(c.batch(), index, at) : receipts.duplicate(c.batch(), index, at);
        return c.fresh ? new Stored(index, Optional.of(answer)) : new Duplicate(index, Optional.of(answer));
    }

    private Admission quarantined(Case c, Refused refused, Receipts receipts) {
        Optional<Answer> answer = c.finding.batch().map(batch -> receipts.quarantined(c.sender, batch, refused));
        return new Quarantined(
                refused.reason(),
                refused.detail(),
                c.finding.batch().map(b -> b.body().getSequence()).orElse(0L),
                UUID.randomUUID(),
                answer);
    }

    private long index(Case c) {
        Claim claim = claims.get(c.place());
        if (claim == null || claim.logIndex() < 0) {
            throw new IllegalStateException("an admitted batch without a place in the log: " + c.place());
        }
        return claim.logIndex();
    }

    private void raise(Case c, IngestAlarm.Kind kind, String detail) {
        alarms.add(new IngestAlarm(kind, now, c.sender.agent(), c.place().sequence(), detail));
    }
}
