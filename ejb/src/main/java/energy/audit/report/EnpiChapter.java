package energy.audit.report;

import energy.audit.analysis.report.EnpiFormula;
import java.util.List;
import java.util.Map;

/**
 * What the pages say of one indicator: which figure stands where.
 *
 * @param whyNot key of the sentence that says why it has no figures; empty: it has
 * @param coefficients in the order of the model
 * @param statistics ids of the figures about the whole model
 * @param lines one for each interval
 * @param totals ids of the figures about the whole period; without savings where there is no claim
 * @param against why there is no claim, in words; empty where there is one
 * @param modelAgainst which rules the model breaks; empty: none
 */
record EnpiChapter(
        EnpiCase of,
        String whyNot,
        List<Coefficient> coefficients,
        Map<EnpiFormula, String> statistics,
        List<Line> lines,
        Map<EnpiFormula, String> totals,
        List<String> against,
        List<String> modelAgainst) {
    EnpiChapter {
        coefficients = List.copyOf(coefficients);
        statistics = Map.copyOf(statistics);
        lines = List.copyOf(lines);
        totals = Map.copyOf(totals);
        against = List.copyOf(against);
        modelAgainst = List.copyOf(modelAgainst);
    }

    static EnpiChapter without(EnpiCase of, String whyNot) {
        return new EnpiChapter(of, whyNot, List.of(), Map.of(), List.of(), Map.of(), List.of(), List.of());
    }

    /** Ids of figures; standard error and p are empty for models that have none. */
    record Coefficient(String name, String estimate, String standardError, String p) {}

    /** An interval. @param variables ids in the order of the indicator's variables */
    record Line(EnpiCase.Stretch interval, String energy, List<String> variables, String expected, String cusum) {
        Line {
            variables = List.copyOf(variables);
        }
    }
}
