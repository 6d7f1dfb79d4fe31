package energy.audit.report;

import com.google.protobuf.InvalidProtocolBufferException;
import energy.audit.analysis.report.EnpiRow;
import energy.audit.analysis.report.FigureValue;
import energy.audit.evidence.wire.EntryKind;
import energy.audit.evidence.wire.ProductionImport;
import energy.audit.evidence.wire.WeatherImport;
import energy.audit.kernel.Fault;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.log.StoredEntry;
import energy.audit.log.TenantLog;
import energy.audit.performance.RelevantVariable;
import energy.audit.variables.AlignedValue;
import energy.audit.variables.VariableSource;
import energy.audit.variables.Variables;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was imported and planned for an indicator: the entries that say so, and values of its variables. */
final class EnpiImports {
    private final TenantLog log;
    private final Variables variables;

    EnpiImports(TenantLog log, Variables variables) {
        this.log = log;
        this.variables = variables;
    }

    /**
     * Every entry that speaks of an imported variable of the indicator, those too that correct or withdraw, so that whoever
     * has them finds the same ones in force.
     */
    List<StoredEntry> entries(EnpiCase of, LogSize size) {
        Map<Long, StoredEntry> found = new TreeMap<>();
        for (RelevantVariable variable : of.enpi().variables()) {
            variable.imported()
                    .ifPresent(source -> log.entries(kind(source), size).stream()
                            .filter(entry -> speaks(entry, of.site().site(), source))
                            .forEach(entry -> found.put(entry.index(), entry)));
        }
        return List.copyOf(found.values());
    }

    private static EntryKind kind(VariableSource source) {
        if (source instanceof VariableSource.Production) {
            return EntryKind.PRODUCTION_IMPORT;
        }
        return source instanceof VariableSource.OperatingHours || source instanceof VariableSource.ShiftHours
                ? EntryKind.SHIFT_PLAN
                : EntryKind.WEATHER_IMPORT;
    }

    private static boolean speaks(StoredEntry entry, String site, VariableSource source) {
        try {
            if (source instanceof VariableSource.Production production) {
                ProductionImport message = ProductionImport.parseFrom(entry.payload());
                return message.getSite().equals(site)
                        && message.getRowsList().stream()
                                .anyMatch(row -> row.getVariable().equals(production.variable()));
            }
            if (kind(source) == EntryKind.SHIFT_PLAN) {
                return energy.audit.evidence.wire.ShiftPlan.parseFrom(entry.payload())
                        .getSite()
                        .equals(site);
            }
            String station = source instanceof VariableSource.DegreeDays days
                    ? days.station()
                    : ((VariableSource.MeanTemperature) source).station();
            WeatherImport message = WeatherImport.parseFrom(entry.payload());
            return message.getSite().equals(site) && message.getStation().equals(station);
        } catch (InvalidProtocolBufferException e) {
            throw new Fault(
                    "LOG_DAMAGED",
                    "entry " + entry.index() + " of the log",
                    "its payload is no readable import: " + e.getMessage(),
                    "Stop issuing reports; compare the log with a backup.",
                    e);
        }
    }

    /** Values over stretches, by {@link EnpiCase#name(RelevantVariable, Instant, Instant)}. */
    Map<String, FigureValue> values(EnpiCase of, List<EnpiCase.Stretch> stretches, LogSize size) {
        Map<String, FigureValue> values = new HashMap<>();
        for (RelevantVariable variable : of.enpi().variables()) {
            variable.imported().filter(source -> !stretches.isEmpty()).ifPresent(source -> {
                Map<Period, AlignedValue> aligned = aligned(of, source, stretches, size);
                for (EnpiCase.Stretch each : stretches) {
                    AlignedValue value =
                            Objects.requireNonNull(aligned.get(Period.of(each.from(), each.to())), variable.id());
                    values.put(
                            of.name(variable, each.from(), each.to()),
                            EnpiRow.imported(
                                    value.value(),
                                    value.coverage(),
                                    Duration.between(each.from(), each.to()),
                                    value.split() && source instanceof VariableSource.Production));
                }
            });
        }
        return values;
    }

    /** All at once: stretches are days or months of the site, and so is what lies between them. */
    private Map<Period, AlignedValue> aligned(
            EnpiCase of, VariableSource source, List<EnpiCase.Stretch> stretches, LogSize size) {
        Set<Instant> ends = new TreeSet<>();
        stretches.forEach(each -> ends.addAll(List.of(each.from(), each.to())));
        Map<Period, AlignedValue> aligned = new HashMap<>();
        variables
                .aligned(of.enpi().site(), source, List.copyOf(ends), size)
                .forEach(value -> aligned.put(value.period(), value));
        return aligned;
    }
}
