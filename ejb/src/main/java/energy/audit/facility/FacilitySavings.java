package energy.audit.facility;

import energy.audit.analysis.document.SavingsFigures;
import energy.audit.performance.Combined;
import java.util.List;
import java.util.Map;

/**
 * Savings of a site.
 *
 * @param figures with the check whether 95 % of the energy is accounted for
 * @param energyByPart energy of the reporting period in the unit of the figures, of each indicator, and of what none accounts for
 * @param check whether the indicators account for enough of it, in words, also where they do
 * @param factorEntries log entries of the tables that primary-energy factors are of; none for site energy
 */
public record FacilitySavings(
        Combined combined,
        SavingsFigures figures,
        Map<String, Double> energyByPart,
        String check,
        List<Long> factorEntries) {
    public FacilitySavings {
        factorEntries = List.copyOf(factorEntries);
    }
}
