package energy.audit.report;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import energy.audit.analysis.report.FigureValue;
import energy.audit.analysis.report.ReportArithmetic;
import energy.audit.evidence.ExchangesInForce;
import energy.audit.evidence.GapsInForce;
import energy.audit.evidence.Hash;
import energy.audit.evidence.LogEntries;
import energy.audit.evidence.MalformedEvidence;
import energy.audit.evidence.VerificationKey;
import energy.audit.evidence.wire.AgentEnrolment;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.EvidenceBundle;
import energy.audit.evidence.wire.Figure;
import energy.audit.evidence.wire.MeterExchange;
import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.evidence.wire.ProvenEntry;
import energy.audit.evidence.wire.ReportFigures;
import energy.audit.evidence.wire.SignedBatch;
import energy.audit.evidence.wire.SignedGap;
import energy.audit.evidence.wire.TenantOpened;
import energy.audit.ingest.Ingest;
import energy.audit.kernel.Fault;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Refusal;
import energy.audit.log.LogProofs;
import energy.audit.log.StoredEntry;
import energy.audit.log.TenantLog;
import energy.audit.performance.Performance;
import energy.audit.report.ReportContent.EvidenceFacts;
import energy.audit.report.ReportContent.SigningAgent;
import energy.audit.variables.Variables;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Computes a report's figures from a prefix of the log, and gathers the evidence that they rest on. */
final class ReportSealing {
    private final TenantLog log;
    private final Ingest ingest;
    private final Performance performance;
    private final Variables variables;

    ReportSealing(TenantLog log, Ingest ingest, Performance performance, Variables variables) {
        this.log = log;
        this.ingest = ingest;
        this.performance = performance;
        this.variables = variables;
    }

    SealedContent sealed(ReportRequest request, LogSize size, Instant issuedAt) {
        List<StoredEntry> enrolled = log.entries(EntryKind.AGENT_ENROLMENT, size);
        List<StoredEntry> opened = log.entries(EntryKind.TENANT_OPENED, size);
        TreeMap<Long, StoredEntry> entries = new TreeMap<>();
        opened.forEach(entry -> entries.put(entry.index(), entry));
        enrolled.forEach(entry -> entries.put(entry.index(), entry));

        Map<String, List<MeteringConfiguration>> bySite = new LinkedHashMap<>();
        for (StoredEntry entry : log.entries(EntryKind.METERING_CONFIGURATION, size)) {
            MeteringConfiguration configuration = read(MeteringConfiguration.parser(), entry);
            if (wanted(request, configuration.getSite())) {
                bySite.computeIfAbsent(configuration.getSite(), site -> new ArrayList<>())
                        .add(configuration);
                entries.put(entry.index(), entry);
            }
        }
        if (bySite.isEmpty()) {
            throw Refusal.notFound(
                    "NO_METERING",
                    request.site().map(site -> "report of site " + site).orElse("report of all sites"),
                    "no metering configuration of it is in the first " + size.entries() + " entries of the log",
                    "Name a configured site, or a larger log size.");
        }
        ExchangesInForce exchanges = exchanges(request, size, entries);
        FigurePlan plan = FigurePlan.of(bySite.values(), request.from(), request.to());
        List<GapsInForce.Logged> gaps = gaps(request, size, plan, entries);
        EnpiEvidence enpis = new EnpiEvidence(
                log,
                size,
                ingest,
                new EnpiImports(log, variables),
                entries.values(),
                exchanges,
                performance.standings(size),
                plan,
                request.from(),
                request.to());
        enpis.entries().forEach(entry -> entries.put(entry.index(), entry));
        EvidenceSearch search = new EvidenceSearch(ingest, log, size);
        enpis.attachBaselines(search);
        List<PrintedChannel> channels = new ArrayList<>(channels(plan, bySite, exchanges));
        channels.addAll(enpis.channels());
        EvidenceSearch.Found found = search.find(channels);
        EnpiSections sections =
                enpis.sections(search, found.values(), plan.figures().size());
        found.batches().forEach(entry -> entries.put(entry.index(), entry));

        LogProofs proofs = log.proofs(size);
        TenantOpened tenant = read(TenantOpened.parser(), opened.get(0));
        ReportFigures figures = ReportFigures.newBuilder()
                .setReportId(reportId(request, proofs, issuedAt).toString())
                .setTenant(tenant.getTenant())
                .setTenantName(tenant.getName())
                .addAllSites(plan.sites().stream().map(SitePlan::site).toList())
                .setFromMs(plan.from().toEpochMilli())
                .setToMs(plan.to().toEpochMilli())
                .setLogSize(size.entries())
                .setLogRoot(ByteString.copyFrom(proofs.root().bytes()))
                .setIssuedAtMs(issuedAt.toEpochMilli())
                .addAllFigures(valued(plan.figures(), found.values()))
                .addAllFigures(sections.figures())
                .addAllSignedGaps(
                        gaps.stream().map(GapsInForce.Logged::logIndex).toList())
                .build();
        String checkpoint = log.checkpointAt(size);
        EvidenceBundle.Builder bundle = EvidenceBundle.newBuilder()
                .setFigures(figures)
                .setCheckpoint(ByteString.copyFrom(checkpoint, StandardCharsets.UTF_8))
                .setLogPublicKey(ByteString.copyFrom(log.verificationKey().raw()));
        for (StoredEntry entry : entries.values()) {
            ProvenEntry.Builder proven =
                    ProvenEntry.newBuilder().setIndex(entry.index()).setEntry(ByteString.copyFrom(entry.bytes()));
            proofs.inclusion(entry.index()).forEach(hash -> proven.addInclusion(ByteString.copyFrom(hash.bytes())));
            bundle.addEntries(proven);
        }
        EvidenceFacts facts = new EvidenceFacts(
                checkpoint,
                size.entries(),
                proofs.root().hex(),
                Hash.sha256(log.verificationKey().raw()).hex(),
                agents(enrolled, found),
                entries.size());
        return new SealedContent(
                new ReportContent(figures, plan, sections.chapters(), found.quality(), gaps, facts, Optional.empty()),
                figures.toByteArray(),
                bundle.build().toByteArray(),
                List.copyOf(entries.values()));
    }

    /** The exchanges of the wanted sites' meters; their entries are attached. */
    private ExchangesInForce exchanges(ReportRequest request, LogSize size, Map<Long, StoredEntry> entries) {
        ExchangesInForce exchanges = new ExchangesInForce();
        for (StoredEntry entry : log.entries(EntryKind.METER_EXCHANGE, size)) {
            MeterExchange exchange = read(MeterExchange.parser(), entry);
            if (wanted(request, exchange.getSite())) {
                try {
                    exchanges.add(entry.index(), exchange);
                } catch (MalformedEvidence e) {
                    throw damaged(entry, e);
                }
                entries.put(entry.index(), entry);
            }
        }
        return exchanges;
    }

    /** What people have signed for at the wanted sites; all entries are attached, those that count are printed. */
    private List<GapsInForce.Logged> gaps(
            ReportRequest request, LogSize size, FigurePlan plan, Map<Long, StoredEntry> entries) {
        GapsInForce gaps = new GapsInForce();
        for (StoredEntry entry : log.entries(EntryKind.SIGNED_GAP, size)) {
            SignedGap gap = read(SignedGap.parser(), entry);
            if (wanted(request, gap.getSite())) {
                try {
                    gaps.add(entry.index(), entry.actor(), gap);
                } catch (MalformedEvidence e) {
                    throw damaged(entry, e);
                }
                entries.put(entry.index(), entry);
            }
        }
        return gaps.printed(
                plan.sites().stream().map(SitePlan::site).toList(),
                plan.from().toEpochMilli(),
                plan.to().toEpochMilli());
    }

    private static boolean wanted(ReportRequest request, String site) {
        return request.site().map(asked -> asked.value().equals(site)).orElse(true);
    }

    /**
     * A function of what is printed and when: the same report of the same second is the same report. RFC 9562 version 8,
     * from SHA-256.
     */
    private UUID reportId(ReportRequest request, LogProofs proofs, Instant issuedAt) {
        String said = String.join(
                "\n",
                log.origin(),
                Long.toString(proofs.size()),
                proofs.root().hex(),
                request.site().map(Object::toString).orElse(""),
                request.from().toString(),
                request.to().toString(),
                request.format().name(),
                request.comparedWith()
                        .map(size -> Long.toString(size.entries()))
                        .orElse(""),
                request.language().toLanguageTag(),
                issuedAt.toString());
        ByteBuffer hash = ByteBuffer.wrap(
                Hash.sha256(said.getBytes(StandardCharsets.UTF_8)).bytes());
        long high = hash.getLong() & ~0xF000L | 0x8000L;
        long low = hash.getLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low);
    }

    private static List<PrintedChannel> channels(
            FigurePlan plan, Map<String, List<MeteringConfiguration>> configurations, ExchangesInForce exchanges) {
        Map<String, List<Figure>> byChannel = new LinkedHashMap<>();
        for (Figure figure : plan.figures()) {
            if (figure.getFormula().equals(ReportArithmetic.REGISTER_DIFFERENCE)) {
                byChannel
                        .computeIfAbsent(figure.getChannel(), channel -> new ArrayList<>())
                        .add(figure);
            }
        }
        List<PrintedChannel> channels = new ArrayList<>();
        byChannel.forEach((channel, figures) -> channels.add(PrintedChannel.of(
                channel, figures, configurations.getOrDefault(figures.get(0).getSite(), List.of()), exchanges)));
        return channels;
    }

    /** Fills the plan: differences as computed, then the sums over them, in the order of the plan. */
    static List<Figure> valued(List<Figure> planned, Map<String, FigureValue> differences) {
        Map<String, FigureValue> values = new HashMap<>(differences);
        for (Figure figure : planned) {
            if (figure.getFormula().equals(ReportArithmetic.SUM)) {
                List<FigureValue> terms = figure.getTermsList().stream()
                        .map(term -> java.util.Objects.requireNonNull(values.get(term), term))
                        .toList();
                values.put(figure.getId(), ReportArithmetic.sum(figure.getTermsList(), terms));
            }
        }
        List<Figure> figures = new ArrayList<>();
        for (Figure figure : planned) {
            FigureValue value = java.util.Objects.requireNonNull(values.get(figure.getId()), figure.getId());
            figures.add(figure.toBuilder()
                    .setValue(value.value())
                    .setQuality(value.quality())
                    .setCoverage(value.coverage())
                    .setNote(value.note())
                    .build());
        }
        return figures;
    }

    private static List<SigningAgent> agents(List<StoredEntry> enrolled, EvidenceSearch.Found found) {
        Map<String, Integer> batches = new HashMap<>();
        for (StoredEntry entry : found.batches()) {
            String keyId = HexFormat.of()
                    .formatHex(read(SignedBatch.parser(), entry).getKeyId().toByteArray());
            batches.merge(entry.actor() + " " + keyId, 1, Integer::sum);
        }
        Map<String, SigningAgent> agents = new TreeMap<>();
        for (StoredEntry entry : enrolled) {
            AgentEnrolment enrolment = read(AgentEnrolment.parser(), entry);
            String fingerprint =
                    Hash.sha256(enrolment.getPublicKey().toByteArray()).hex();
            String keyId = fingerprint.substring(0, 2 * VerificationKey.KEY_ID_LENGTH);
            int count = batches.getOrDefault(LogEntries.actorOf(enrolment.getAgent()) + " " + keyId, 0);
            if (count > 0) {
                agents.put(
                        enrolment.getAgent() + " " + fingerprint,
                        new SigningAgent(enrolment.getAgent(), enrolment.getSite(), fingerprint, count));
            }
        }
        return List.copyOf(agents.values());
    }

    private static <T> T read(com.google.protobuf.Parser<T> parser, StoredEntry entry) {
        try {
            return parser.parseFrom(entry.payload());
        } catch (InvalidProtocolBufferException e) {
            throw damaged(entry, e);
        }
    }

    private static Fault damaged(StoredEntry entry, Exception cause) {
        return new Fault(
                "LOG_DAMAGED",
                "entry " + entry.index() + " of the log",
                "its payload is no readable " + entry.kind() + ": " + cause.getMessage(),
                "Stop issuing reports; compare the log with a backup.",
                cause);
    }
}
