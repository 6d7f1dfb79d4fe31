package energy.audit.factor;

import energy.audit.analysis.carbon.EmissionFactors;
import java.util.List;

/** @param entries log entries of the tables that the factors are of */
public record SiteFactors(EmissionFactors factors, List<Long> entries) {
    public SiteFactors {
        entries = List.copyOf(entries);
    }
}
