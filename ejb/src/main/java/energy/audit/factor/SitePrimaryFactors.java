package energy.audit.factor;

import energy.audit.analysis.performance.PrimaryFactor;
import java.util.List;

/** @param entries log entries of the tables that the factors are of */
public record SitePrimaryFactors(List<PrimaryFactor> factors, List<Long> entries) {
    public SitePrimaryFactors {
        factors = List.copyOf(factors);
        entries = List.copyOf(entries);
    }
}
