package energy.audit.report;

import com.google.protobuf.InvalidProtocolBufferException;
import energy.audit.analysis.report.FigureValue;
import energy.audit.evidence.ExchangesInForce;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.MeteringConfiguration;
import energy.audit.ingest.Ingest;
import energy.audit.kernel.Fault;
import energy.audit.kernel.LogSize;
import energy.audit.log.StoredEntry;
import energy.audit.log.TenantLog;
import energy.audit.performance.Standing;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds what the figures of a report's indicators need: entries, batches at the ends of every interval, differences. */
final class EnpiEvidence {
    private final TenantLog log;
    private final Ingest ingest;
    private final Collection<StoredEntry> attached;
    private final ExchangesInForce exchanges;
    private final List<EnpiCase> cases;
    private final EnpiImports imports;
    private final LogSize size;

    /** @param attached the metering configurations of the printed sites are among them, ascending */
    EnpiEvidence(
            TenantLog log,
            LogSize size,
            Ingest ingest,
            EnpiImports imports,
            Collection<StoredEntry> attached,
            ExchangesInForce exchanges,
            List<Standing> standings,
            FigurePlan plan,
            LocalDate first,
            LocalDate last) {
        this.log = log;
        this.size = size;
        this.imports = imports;
        this.ingest = ingest;
        this.attached = List.copyOf(attached);
        this.exchanges = exchanges;
        this.cases = EnpiCase.of(standings, plan.sites(), first, last);
    }

    private List<EnpiCase> printable() {
        return cases.stream().filter(each -> each.whyNot().isEmpty()).toList();
    }

    /** Definitions, baselines, decisions, imports. */
    List<StoredEntry> entries() {
        List<Long> indexes = printable().stream()
                .flatMap(each -> each.entries().stream())
                .distinct()
                .toList();
        List<StoredEntry> entries = new ArrayList<>(indexes.isEmpty() ? List.of() : log.entries(indexes));
        printable().forEach(each -> entries.addAll(imports.entries(each, size)));
        return entries;
    }

    /** Registers over the reporting intervals. */
    List<PrintedChannel> channels() {
        List<PrintedChannel> channels = new ArrayList<>();
        printable().forEach(each -> channels.addAll(each.ofReporting(configurations(each, Long.MAX_VALUE), exchanges)));
        return channels;
    }

    /** Lets a search attach what decides the inputs of the baselines. */
    void attachBaselines(EvidenceSearch search) {
        for (EnpiCase each : printable()) {
            LogSize then = LogSize.of(each.baseline().logSize());
            search.attachAll(
                    new EvidenceSearch(ingest, log, then).find(ofBaseline(each)).batches());
        }
    }

    /** The figures, from what a search has attached and found. @param before figures that the report has without them */
    EnpiSections sections(EvidenceSearch search, Map<String, FigureValue> now, int before) {
        EnpiSections sections = new EnpiSections(before);
        for (EnpiCase each : cases) {
            if (each.whyNot().isPresent()) {
                sections.addWithout(each, each.whyNot().get());
                continue;
            }
            LogSize proposed = LogSize.of(each.baseline().logSize());
            Map<String, FigureValue> then = new HashMap<>(search.values(ofBaseline(each), proposed));
            then.putAll(imports.values(each, each.inputs(), proposed));
            if (each.confirmed(then)) {
                Map<String, FigureValue> known = new HashMap<>(now);
                known.putAll(imports.values(each, each.intervals(), size));
                sections.add(each, then, known);
            } else {
                sections.addWithout(each, "enpi.not.confirmed");
            }
        }
        return sections;
    }

    private List<PrintedChannel> ofBaseline(EnpiCase each) {
        long then = each.baseline().logSize();
        return each.ofBaseline(configurations(each, then), exchanges.asOf(then));
    }

    private List<MeteringConfiguration> configurations(EnpiCase of, long size) {
        Map<Long, MeteringConfiguration> known = new TreeMap<>();
        for (StoredEntry entry : attached) {
            if (entry.kind() == EntryKind.METERING_CONFIGURATION && entry.index() < size) {
                try {
                    MeteringConfiguration configuration = MeteringConfiguration.parseFrom(entry.payload());
                    if (configuration.getSite().equals(of.site().site())) {
                        known.put(entry.index(), configuration);
                    }
                } catch (InvalidProtocolBufferException e) {
                    throw new Fault(
                            "LOG_DAMAGED",
                            "entry " + entry.index() + " of the log",
                            "its payload is no readable configuration: " + e.getMessage(),
                            "Stop issuing reports; compare the log with a backup.",
                            e);
                }
            }
        }
        return List.copyOf(known.values());
    }
}
