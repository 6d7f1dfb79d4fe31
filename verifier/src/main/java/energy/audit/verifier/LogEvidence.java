package energy.audit.verifier;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import energy.audit.evidence.AttachedReadings;
import energy.audit.evidence.Checkpoint;
import energy.audit.evidence.ExchangesInForce;
import energy.audit.evidence.GapsInForce;
import energy.audit.evidence.Hash;
import energy.audit.evidence.LogEntries;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.Merkle;
import energy.audit.evidence.OpenedBatch;
import energy.audit.evidence.VerificationKey;
import energy.audit.evidence.wire.AgentEnrolment;
import energy.audit.evidence.wire.Batch;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.EvidenceBundle;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.LogEntry;
import energy.audit.evidence.wire.MeterExchange;
import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.evidence.wire.ProvenEntry;
import energy.audit.evidence.wire.SignedGap;
import energy.audit.evidence.wire.TenantOpened;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Checks the log's side of a report: checkpoint, inclusion, enrolments, batches; keeps what held. */
final class LogEvidence {
    private final EvidenceBundle bundle;
    private final String tenant;
    private final TrustAnchors trust;
    private final Set<String> namedAsUnpinned = new HashSet<>();
    private final Findings findings;
    private final AttachedReadings readings = new AttachedReadings();
    private final Configurations configurations = new Configurations();
    private final ExchangesInForce exchanges = new ExchangesInForce();
    private final GapsInForce gaps = new GapsInForce();
    private final EnpiEntries enpis = new EnpiEntries();
    private final ImportedVariables imports = new ImportedVariables();
    private final Enrolments enrolments = new Enrolments();
    private final Map<Long, VerifiedBatch> batches = new TreeMap<>();
    private final List<Included> openings = new ArrayList<>();
    private Optional<Checkpoint> checkpoint = Optional.empty();
    private Optional<VerificationKey> logKey = Optional.empty();

    LogEvidence(EvidenceBundle bundle, TrustAnchors trust, Findings findings) {
        this.bundle = bundle;
        this.tenant = bundle.getFigures().getTenant();
        this.trust = trust;
        this.findings = findings;
    }

    EvidenceBundle bundle() {
        return bundle;
    }

    AttachedReadings readings() {
        return readings;
    }

    Configurations configurations() {
        return configurations;
    }

    ExchangesInForce exchanges() {
        return exchanges;
    }

    GapsInForce gaps() {
        return gaps;
    }

    EnpiEntries enpis() {
        return enpis;
    }

    /** Registers and imported variables as the attached entries below a log size know them. */
    KnownRegisters registers(long size) {
        return new KnownRegisters(readings, configurations.asOf(size), exchanges.asOf(size), imports.asOf(size), size);
    }

    /** Verified batches by log index. */
    Map<Long, VerifiedBatch> batches() {
        return batches;
    }

    /** The checkpoint, once its signature held. */
    Optional<Checkpoint> checkpoint() {
        return checkpoint;
    }

    Optional<VerificationKey> logKey() {
        return logKey;
    }

    void check() {
        try {
            openCheckpoint();
        } catch (MalformedEvidence e) {
            findings.problem(e);
            return;
        }
        List<Included> included = included();
        int before = findings.count();
        for (Included entry : included) {
            take(entry);
        }
        for (Included entry : included) {
            if (entry.entry.getKind() == EntryKind.TELEMETRY_BATCH) {
                takeBatch(entry);
            }
        }
        checkChains();
        checkOpening();
        checkSites();
        PrintedGaps.check(bundle.getFigures(), gaps, findings);
        if (findings.count() == before) {
            findings.passed(batches.size() + " batches, each signed by its agent's enrolled key (" + enrolments.agents()
                    + " agents); " + configurations.count() + " metering configurations"
                    + (exchanges.count() == 0 ? "" : ", " + exchanges.count() + " entries of meter exchanges"));
        }
    }

    private void openCheckpoint() throws MalformedEvidence {
        VerificationKey attached;
        try {
            attached = VerificationKey.of(bundle.getLogPublicKey().toByteArray());
        } catch (IllegalArgumentException e) {
            throw new MalformedEvidence("log key", "evidence.pb", String.valueOf(e.getMessage()));
        }
        if (trust.logKey().isPresent() && !trust.logKey().get().equals(attached)) {
            throw new MalformedEvidence(
                    "log key",
                    "evidence.pb",
                    "it is " + attached + ", the trusted one is "
                            + trust.logKey().get());
        }
        logKey = Optional.of(attached);
        String note = bundle.getCheckpoint().toStringUtf8();
        if (!ByteString.copyFrom(note, StandardCharsets.UTF_8).equals(bundle.getCheckpoint())) {
            throw new MalformedEvidence("checkpoint", "evidence.pb", "it is not UTF-8 text");
        }
        Checkpoint claimed = Checkpoint.claimed(note);
        String keyName = trust.installation().map(Checkpoint::keyNameOf).orElse(claimed.keyName());
        Checkpoint opened = Checkpoint.open(note, keyName, attached);
        if (!opened.origin().equals(keyName + "/" + tenant)) {
            throw new MalformedEvidence(
                    "checkpoint", "origin", "'" + opened.origin() + "' is not the log of tenant " + tenant);
        }
        if (opened.size() != bundle.getFigures().getLogSize()
                || !opened.root().byteString().equals(bundle.getFigures().getLogRoot())) {
            throw new MalformedEvidence(
                    "checkpoint",
                    "size and root",
                    "it is of size " + opened.size() + ", root " + opened.root() + "; the figures name size "
                            + bundle.getFigures().getLogSize() + " or another root");
        }
        checkpoint = Optional.of(opened);
        findings.passed("the log's checkpoint (size " + opened.size() + ") is signed by the log's key");
    }

    /** An entry that is proven to be in the log. */
    private record Included(long index, LogEntry entry) {}

    private List<Included> included() {
        Checkpoint head = checkpoint.orElseThrow();
        List<Included> included = new ArrayList<>();
        Map<Long, Boolean> seen = new HashMap<>();
        for (ProvenEntry proven : bundle.getEntriesList()) {
            String thing = "log entry " + Long.toUnsignedString(proven.getIndex());
            try {
                byte[] bytes = proven.getEntry().toByteArray();
                List<Hash> path = new ArrayList<>();
                for (ByteString hash : proven.getInclusionList()) {
                    path.add(hash(hash));
                }
                if (!Merkle.includes(Merkle.leaf(bytes), proven.getIndex(), head.size(), path, head.root())) {
                    findings.problem(thing, "it is not in the log that the checkpoint stands for");
                } else if (seen.put(proven.getIndex(), true) != null) {
                    findings.problem(thing, "it is attached twice");
                } else {
                    included.add(new Included(proven.getIndex(), LogEntry.parseFrom(bytes)));
                }
            } catch (InvalidProtocolBufferException e) {
                findings.problem(thing, "it cannot be read: " + e.getMessage());
            } catch (IllegalArgumentException e) {
                findings.problem(thing, "its inclusion proof holds something that is no hash");
            }
        }
        included.sort(Comparator.comparingLong(Included::index));
        if (included.size() == bundle.getEntriesCount()) {
            findings.passed(included.size() + " attached entries are proven to be in that log");
        }
        return included;
    }

    private static Hash hash(ByteString bytes) {
        return Hash.of(bytes.toByteArray());
    }

    private void take(Included entry) {
        String thing = "log entry " + entry.index;
        try {
            if (entry.entry.getKind() == EntryKind.TENANT_OPENED) {
                openings.add(entry);
            } else if (entry.entry.getKind() == EntryKind.AGENT_ENROLMENT) {
                enrolments.add(
                        entry.index, AgentEnrolment.parseFrom(entry.entry.getPayload()), tenant, trust, findings);
            } else if (entry.entry.getKind() == EntryKind.METERING_CONFIGURATION) {
                MeteringConfiguration configuration = MeteringConfiguration.parseFrom(entry.entry.getPayload());
                if (configuration.getTenant().equals(tenant)) {
                    configurations.add(entry.index, configuration);
                } else {
                    findings.problem(thing, "it configures meters of tenant " + configuration.getTenant());
                }
            } else if (entry.entry.getKind() == EntryKind.METER_EXCHANGE) {
                MeterExchange exchange = MeterExchange.parseFrom(entry.entry.getPayload());
                if (exchange.getTenant().equals(tenant)) {
                    exchanges.add(entry.index, exchange);
                } else {
                    findings.problem(thing, "it exchanges a meter of tenant " + exchange.getTenant());
                }
            } else if (EnpiEntries.KINDS.contains(entry.entry.getKind())) {
                enpis.add(entry.index, entry.entry, tenant);
            } else if (ImportedVariables.KINDS.contains(entry.entry.getKind())) {
                imports.add(entry.index, entry.entry, tenant);
            } else if (entry.entry.getKind() == EntryKind.SIGNED_GAP) {
                SignedGap gap = SignedGap.parseFrom(entry.entry.getPayload());
                if (gap.getTenant().equals(tenant)) {
                    gaps.add(entry.index, entry.entry.getActor(), gap);
                } else {
                    findings.problem(thing, "it is about a gap of tenant " + gap.getTenant());
                }
            }
        } catch (MalformedEvidence e) {
            findings.problem(thing, e);
        } catch (InvalidProtocolBufferException e) {
            findings.problem(thing, "its content cannot be read: " + e.getMessage());
        }
    }

    private void takeBatch(Included entry) {
        String thing = "log entry " + entry.index;
        try {
            OpenedBatch batch = OpenedBatch.parse(entry.entry.getPayload().toByteArray());
            Batch body = batch.body();
            thing = batch + " (log entry " + entry.index + ")";
            Optional<Enrolments.Enrolled> enrolled = enrolments.of(entry.index, body.getAgent(), body.getSequence());
            Optional<Enrolments.Unpinned> unpinned = enrolments.unpinned(body.getAgent());
            if (enrolled.isEmpty() && unpinned.isPresent()) {
                if (namedAsUnpinned.add(body.getAgent())) {
                    findings.problem(unpinned.get().thing(), unpinned.get().why());
                }
            } else if (enrolled.isEmpty()) {
                findings.problem(thing, "no valid enrolment of this agent before it is attached");
            } else if (enrolled.get().entry().getRevoked()) {
                findings.problem(thing, "the agent's key had been revoked before");
            } else if (!batch.signedBy(enrolled.get().key())) {
                findings.problem(thing, "it is not signed by the key that was enrolled for the agent");
            } else if (!body.getTenant().equals(tenant)
                    || !body.getSite().equals(enrolled.get().entry().getSite())
                    || !entry.entry.getActor().equals(LogEntries.actorOf(body.getAgent()))) {
                findings.problem(
                        thing,
                        "tenant, site or actor (" + body.getTenant() + ", " + body.getSite() + ", "
                                + entry.entry.getActor() + ") are not those of the enrolment");
            } else if (batch.channels().stream()
                    .anyMatch(channel -> !channel.channel().startsWith(body.getSite() + "."))) {
                findings.problem(thing, "it speaks of channels of another site than " + body.getSite());
            } else {
                batches.put(
                        entry.index,
                        new VerifiedBatch(
                                entry.index,
                                entry.entry.getAdmittedAtMs(),
                                batch,
                                enrolled.get().key()));
                readings.add(entry.index, batch);
            }
        } catch (MalformedEvidence e) {
            findings.problem(thing, e);
        }
    }

    /** The log's first entry says whose it is; no figure needs it, the reader does. */
    private void checkOpening() {
        String thing = "opening of the log";
        if (openings.size() != 1 || openings.get(0).index != 0) {
            findings.problem(
                    thing, "the entry that opened the tenant's log, at index 0, must be attached, and no other");
            return;
        }
        try {
            TenantOpened opened = TenantOpened.parseFrom(openings.get(0).entry.getPayload());
            String printed = bundle.getFigures().getTenantName();
            if (!opened.getTenant().equals(tenant) || !opened.getName().equals(printed)) {
                findings.problem(
                        thing,
                        "it is of tenant " + opened.getTenant() + ", '" + opened.getName() + "'; the report says "
                                + tenant + ", '" + printed + "'");
            }
        } catch (InvalidProtocolBufferException e) {
            findings.problem(thing, "its content cannot be read: " + e.getMessage());
        }
    }

    /** Every site that the report says it is about is described by an attached configuration, and there is no other. */
    private void checkSites() {
        List<String> sites = bundle.getFigures().getSitesList();
        for (String site : sites) {
            if (!configurations.describes(site)) {
                findings.problem("site " + site, "no metering configuration of it is attached");
            }
        }
        for (Figure figure : bundle.getFigures().getFiguresList()) {
            if (!figure.getSite().isEmpty() && !sites.contains(figure.getSite())) {
                findings.problem(
                        figure.getId(),
                        "it is of site " + figure.getSite() + ", which is not among the report's sites " + sites);
            }
        }
    }

    /** Of one agent no sequence number may occur twice, and neighbours must be chained by hash. */
    private void checkChains() {
        Map<String, TreeMap<Long, VerifiedBatch>> byAgent = new HashMap<>();
        for (VerifiedBatch batch : batches.values()) {
            Batch body = batch.batch().body();
            TreeMap<Long, VerifiedBatch> chain = byAgent.computeIfAbsent(body.getAgent(), agent -> new TreeMap<>());
            VerifiedBatch other = chain.put(body.getSequence(), batch);
            if (other != null) {
                findings.problem(
                        batch.batch().toString(),
                        "its sequence number is also that of log entry " + other.logIndex()
                                + ": a cloned agent or a replay");
            }
        }
        for (TreeMap<Long, VerifiedBatch> chain : byAgent.values()) {
            for (VerifiedBatch batch : chain.values()) {
                Batch body = batch.batch().body();
                VerifiedBatch previous = chain.get(body.getSequence() - 1);
                if (previous != null && !previous.batch().hash().byteString().equals(body.getPreviousSha256())) {
                    findings.problem(
                            batch.batch().toString(),
                            "it does not continue the batch before it, which is attached too");
                }
            }
        }
    }
}
