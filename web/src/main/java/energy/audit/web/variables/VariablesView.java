package energy.audit.web.variables;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.SiteId;
import energy.audit.variables.AlignedValue;
import energy.audit.variables.Delivery;
import energy.audit.variables.PlannedShifts;
import energy.audit.variables.StationSummary;
import energy.audit.variables.ValueVersion;
import energy.audit.variables.VariableSource;
import energy.audit.variables.VariableSummary;
import energy.audit.variables.Variables;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the page about a site's variables shows.
 *
 * @param chosen of the sources; empty: nothing was imported
 * @param values of it, interval by interval
 * @param versions of what was delivered more than once of it
 */
record VariablesView(
        List<VariableSummary> production,
        List<StationSummary> stations,
        List<PlannedShifts> plans,
        List<VariableSource> sources,
        Optional<VariableSource> chosen,
        List<AlignedValue> values,
        List<ValueVersion> versions,
        List<Delivery> deliveries,
        boolean mayImport) {
    private static final int MOST_DELIVERIES = 50;

    /** Where people in Europe begin to heat, and to cool: a choice for a first look, every indicator states its own. */
    private static final BigDecimal HEATING_BASE = new BigDecimal("15");

    private static final BigDecimal COOLING_BASE = new BigDecimal("22");

    /** @param asked text of a source; one that is not there is the first */
    static VariablesView read(
            Variables variables, Access access, SiteId site, Optional<String> asked, List<Instant> boundaries) {
        List<VariableSource> sources = variables.sources(site, HEATING_BASE, COOLING_BASE);
        Optional<VariableSource> chosen = sources.stream()
                .filter(source -> asked.map(source.text()::equals).orElse(true))
                .findFirst()
                .or(() -> sources.stream().findFirst());
        return new VariablesView(
                variables.variables(site),
                variables.stations(site),
                variables.shiftPlans(site, LogSize.NEWEST),
                sources,
                chosen,
                chosen.map(source -> variables.aligned(site, source, boundaries, LogSize.NEWEST))
                        .orElse(List.of()),
                chosen.filter(VariableSource.Production.class::isInstance)
                        .map(VariableSource.Production.class::cast)
                        .map(source -> variables.versions(site, source.variable()))
                        .orElse(List.of()),
                variables.deliveries(site, LogSize.NEWEST, MOST_DELIVERIES),
                access.may(Permission.IMPORT_PRODUCTION));
    }
}
