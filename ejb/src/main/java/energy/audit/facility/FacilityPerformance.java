package energy.audit.facility;

import energy.audit.access.Access;
import energy.audit.access.Permission;
import energy.audit.analysis.document.SavingsFigures;
import energy.audit.analysis.performance.AccountedEnergy;
import energy.audit.analysis.performance.PrimaryFactor;
import energy.audit.analysis.regression.Verdict;
import energy.audit.consumption.Consumption;
import energy.audit.consumption.EnergyAmount;
import energy.audit.factor.Factors;
import energy.audit.factor.SitePrimaryFactors;
import energy.audit.kernel.LogSize;
import energy.audit.kernel.Period;
import energy.audit.kernel.Refusal;
import energy.audit.kernel.SiteId;
import energy.audit.metering.Metering;
import energy.audit.performance.Combined;
import energy.audit.performance.Comparison;
import energy.audit.performance.Performance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Adds a site's indicators up, and asks what they leave out. */
@ApplicationScoped
public class FacilityPerformance {
    /** Below it what is left is rounding. */
    private static final double NOTHING_KWH = 0.5;

    private final Access access;
    private final Metering metering;
    private final Consumption consumption;
    private final Factors factors;
    private final Performance performance;

    @Inject
    public FacilityPerformance(
            Access access, Metering metering, Consumption consumption, Factors factors, Performance performance) {
        this.access = access;
        this.metering = metering;
        this.consumption = consumption;
        this.factors = factors;
        this.performance = performance;
    }

    /**
     * Savings of a site over a reporting period, as known now.
     *
     * @param enpis ids; empty: every indicator of the site
     * @param primary in primary energy, by the factors that hold through the whole period; else in site energy
     */
    public FacilitySavings savings(SiteId site, List<String> enpis, Comparison comparison, boolean primary) {
        access.require(Permission.SEE);
        SitePrimaryFactors held =
                primary ? factors.primaryFactors(site, LogSize.NEWEST) : new SitePrimaryFactors(List.of(), List.of());
        Map<String, BigDecimal> bySource = new LinkedHashMap<>();
        held.factors().stream()
                .filter(factor -> factor.holdsThrough(comparison.first(), comparison.last()))
                .forEach(factor -> bySource.put(factor.energySource(), factor.factor()));
        if (primary && bySource.isEmpty()) {
            throw noFactor(site, comparison, held.factors());
        }
        Combined combined = performance.combined(site, enpis, comparison, bySource, LogSize.NEWEST);
        Map<String, Double> energies = new LinkedHashMap<>();
        combined.parts().forEach(part -> energies.put(part.enpi(), part.primaryFactor() * part.reportingKwh()));
        Set<String> counted = combined.parts().stream().map(Combined.Part::enpi).collect(Collectors.toSet());
        List<String> unknown = addTheRest(site, comparison, combined, bySource, primary, energies);
        Verdict accounted = unknown.isEmpty()
                ? AccountedEnergy.of(energies, counted, AccountedEnergy.SEP_SHARE)
                : Verdict.of(unknown);
        SavingsFigures figures = combined.figures();
        return new FacilitySavings(
                combined,
                new SavingsFigures(
                        figures.performance(),
                        figures.site(),
                        accounted,
                        figures.adjusted(),
                        figures.meaning(),
                        figures.course(),
                        figures.unit()),
                energies,
                unknown.isEmpty()
                        ? AccountedEnergy.sentence(energies, counted, AccountedEnergy.SEP_SHARE)
                        : String.join(" ", unknown),
                held.entries());
    }

    /** @return sentences about energies whose amount cannot be told, so that the check cannot be made */
    private List<String> addTheRest(
            SiteId site,
            Comparison comparison,
            Combined combined,
            Map<String, BigDecimal> factorOf,
            boolean primary,
            Map<String, Double> energies) {
        ZoneId zone = metering.site(site).zone();
        Period period = Period.of(
                comparison.first().atStartOfDay(zone).toInstant(),
                comparison.last().plusDays(1).atStartOfDay(zone).toInstant());
        List<String> unknown = new ArrayList<>();
        for (String source : consumption.boundarySources(site)) {
            if (source.equals("none") || source.equals("water")) {
                continue;
            }
            EnergyAmount all = consumption.boundaryEnergy(site, source, period);
            BigDecimal factor = primary ? factorOf.get(source) : BigDecimal.ONE;
            if (all.value().isEmpty() || factor == null) {
                unknown.add("How much of the energy is accounted for cannot be told: "
                        + (factor == null
                                ? "no primary-energy factor of " + source + " holds through the period."
                                : "the energy of " + source + " at the boundary has no figure."));
                continue;
            }
            double rest = all.value().get().doubleValue()
                    - combined.parts().stream()
                            .filter(part -> part.energySource().equals(source))
                            .mapToDouble(Combined.Part::reportingKwh)
                            .sum();
            if (rest > NOTHING_KWH) {
                energies.put("other " + source, factor.doubleValue() * rest);
            }
        }
        return unknown;
    }

    private static Refusal noFactor(SiteId site, Comparison comparison, List<PrimaryFactor> held) {
        String known = held.stream()
                .map(each -> each.energySource() + " from " + each.from() + " until " + each.until())
                .collect(Collectors.joining("; "));
        return Refusal.conflict(
                "NO_FACTOR",
                "primary energy of site " + site,
                "no primary-energy factor holds from " + comparison.first() + " to " + comparison.last()
                        + (known.isEmpty() ? "" : "; there are: " + known),
                "Enter a table of kind primary-energy-factors, or ask for site energy.");
    }
}
