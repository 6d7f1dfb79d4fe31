package energy.audit.analysis.performance;

import energy.audit.analysis.regression.Series;
import java.util.List;

/**
 * Energy and relevant variables of the intervals of one period.
 *
 * @param energy measured, one unit throughout
 * @param variables in the same order in all periods of a comparison
 */
public record PeriodData(Series energy, List<Series> variables) {
    public PeriodData {
        variables = List.copyOf(variables);
        for (Series variable : variables) {
            if (variable.size() != energy.size()) {
                throw new IllegalArgumentException(variable.name() + " has " + variable.size() + " values, "
                        + energy.name() + " has " + energy.size());
            }
        }
    }
}
